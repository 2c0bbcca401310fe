// The stored status follows the clock: planned layers begin and temporary ones lapse. Single reads never wait for this.
import { type MerchantFacts, MerchantFactsModel } from '../../models/merchant-facts.ts';
import { type Merchant, MerchantModel, type Period } from '../../models/merchant.ts';
import { clock } from '../lib/clock.ts';
import { logger } from '../lib/logger.ts';
import { inTransaction } from '../lib/transaction.ts';
import { type Derive, deriveFrom } from './facts.ts';
import { markChanged } from './feed-marks.ts';
import { presentStretch } from './ledger-fold.ts';
import { shownVersion } from './show-on-list.ts';

/** What one turn moves at most. */
const atOnce = 1_000;

type Due = Pick<Merchant, '_id' | 'outlook' | 'nextAt' | 'rev' | 'doorCode'>;
type Move = { merchant: Due; present: Period; facts: MerchantFacts | null };

/** Moves every merchant whose time has come. Answers how many this process moved. */
export async function moveDueMerchants(): Promise<number> {
  let moved = 0;
  const stuck: string[] = [];
  for (;;) {
    const now = clock.now();
    const due = await dueMerchants(now, stuck);
    if (due.length === 0) return moved;
    const moves = await movesOf(due, now, stuck);
    if (moves.length > 0) moved += await make(moves);
    if (due.length < atOnce) return moved;
  }
}

/** Says the type as the index does: without it the index of due merchants is not used. */
async function dueMerchants(now: Date, without: string[]): Promise<Due[]> {
  const isDue = { $lte: now, $type: 'date' as const };
  const filter = { nextAt: isDue, ...(without.length > 0 && { _id: { $nin: without } }) };
  return MerchantModel.find(filter, { outlook: 1, nextAt: 1, rev: 1, doorCode: 1 })
    .sort({ nextAt: 1 })
    .limit(atOnce)
    .lean<Due[]>();
}

/** What each has to become. One that cannot be moved is logged and does not hold up the others. */
async function movesOf(due: Due[], now: Date, stuck: string[]): Promise<Move[]> {
  const wanted = due.map((merchant) => {
    const present = presentStretch(merchant.outlook, now);
    const isNew = present !== null && present.facts !== shownVersion(merchant);
    return { merchant, present, version: isNew ? `${merchant._id}/${present.facts}` : null };
  });
  const ids = wanted.flatMap(({ version }) => version ?? []);
  const versions = ids.length === 0 ? [] : await MerchantFactsModel.find({ _id: { $in: ids } }).lean();
  const known = new Map(versions.map((version) => [version._id, version as MerchantFacts]));
  return wanted.flatMap(({ merchant, present, version }) => {
    const facts = version === null ? null : known.get(version);
    if (present && facts !== undefined) return [{ merchant, present, facts }];
    logger.error(
      { merchant: merchant._id },
      'a merchant cannot move on: its period or its facts are missing',
    );
    stuck.push(merchant._id);
    return [];
  });
}

/** Each move is a condition on what was read: made once, whichever process comes first. */
async function make(moves: Move[]): Promise<number> {
  const derive = await deriveFrom(moves.flatMap(({ facts }) => facts?.facts ?? []));
  const updates = moves.map(({ merchant, present, facts }) => ({
    updateOne: {
      filter: { _id: merchant._id, nextAt: merchant.nextAt, rev: merchant.rev },
      update: {
        $set: {
          ...(facts && placed(facts, merchant, derive)),
          status: present.status,
          since: present.since,
          nextAt: present.to,
        },
        $inc: { rev: 1 },
      },
    },
  }));
  return inTransaction(async () => {
    const { modifiedCount } = await MerchantModel.bulkWrite(updates, {
      ordered: false,
      skipValidation: true,
    });
    if (modifiedCount > 0) await markChanged(moves.map(({ merchant }) => merchant._id));
    return modifiedCount;
  });
}

function placed({ facts }: MerchantFacts, { doorCode }: Due, derive: Derive) {
  return { ...facts, ...derive(facts, doorCode) };
}
