// The stored status follows the clock: planned layers begin and temporary ones lapse. Single reads never wait for this.
import { MerchantFactsModel } from '../../models/merchant-facts.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { clock } from '../lib/clock.ts';
import { deriveFrom } from './facts.ts';
import { presentStretch } from './ledger-fold.ts';

const atOnce = 500;

/** Moves every merchant whose time has come. Answers how many this process moved. */
export async function moveDueMerchants(): Promise<number> {
  let moved = 0;
  for (;;) {
    const now = clock.now();
    const due = await MerchantModel.find({ nextAt: { $lte: now } })
      .sort({ nextAt: 1 })
      .limit(atOnce)
      .lean<Merchant[]>();
    for (const merchant of due) if (await moveMerchant(merchant, now)) moved += 1;
    if (due.length < atOnce) return moved;
  }
}

async function moveMerchant(merchant: Merchant, now: Date): Promise<boolean> {
  const present = presentStretch(merchant.outlook, now);
  if (!present) throw new Error(`merchant ${merchant._id} has no present status`);
  const version = await MerchantFactsModel.findById(`${merchant._id}/${present.facts}`).lean();
  if (!version) throw new Error(`merchant ${merchant._id} has no facts ${present.facts}`);
  const derive = await deriveFrom([version.facts]);
  const { modifiedCount } = await MerchantModel.updateOne(
    { _id: merchant._id, nextAt: merchant.nextAt, rev: merchant.rev },
    {
      $set: {
        ...version.facts,
        ...derive(version.facts, merchant.doorCode),
        status: present.status,
        since: present.since,
        nextAt: present.to,
      },
      $inc: { rev: 1 },
    },
  );
  return modifiedCount === 1;
}
