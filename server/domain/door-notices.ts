// Door codes on paper (门牌): the QR code with its mark, notices to print, and a new code where the old paper is lost or misused.
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { type MerchantPeriod, MerchantPeriodModel } from '../../models/merchant-period.ts';
import { clock } from '../lib/clock.ts';
import { makeDoorCode } from '../lib/door-code.ts';
import { doorMark, isGenuineMark } from '../lib/door-mark.ts';
import { ids } from '../lib/ids.ts';
import { Problem } from '../lib/problem.ts';
import { qrPng } from '../lib/qr-picture.ts';
import { doorNotices } from '../pages/door-notice.ts';
import { requireAbility } from './abilities.ts';
import type { Actor } from './actor.ts';
import { enacting } from './adjustments.ts';
import { recordAudit } from './audit.ts';
import { drawInLine } from './draw-in-line.ts';
import { environment } from './environment.ts';
import { deriveFrom, factsOf } from './facts.ts';
import { markChanged } from './feed-marks.ts';
import { areaNames } from './status.ts';
import { findMerchant, type MerchantQuery, presentFilter } from './merchants.ts';

/** Sheets of one print run: more than a street's, and still drawn in some seconds. */
export const mostNotices = 300;

/** What a door's QR code holds: the page's address, and the mark that shows who issued the code. */
export function markedLink(origin: string, doorCode: string): string {
  return `${pageOf(origin, doorCode)}?k=${doorMark(environment().signer, doorCode)}`;
}

/** The address of a shop's public page. */
export const pageOf = (origin: string, doorCode: string): string => `${origin}/s/${doorCode}`;

/** Whether the mark on a scanned paper is ours, for this very code. */
export function isOurMark(doorCode: string, mark: string): boolean {
  return isGenuineMark(environment().keys, doorCode, mark);
}

const fields = { name: 1, address: 1, doorCode: 1, district: 1 } as const;
type Printed = Pick<Merchant, 'name' | 'address' | 'doorCode' | 'district'>;
type File = { name: string; pdf: Buffer };

/** The notice of one shop as a PDF. */
export async function printNotice(actor: Actor, id: string, origin: string): Promise<File> {
  const merchant = await findMerchant(actor, id);
  return { name: `door-${merchant.doorCode}.pdf`, pdf: await draw([merchant], origin) };
}

/** The notices of all shops that a query finds, street by street. Throws `too-many-notices` beyond 300, `merchant-not-found` where it finds none. */
export async function printNotices(actor: Actor, query: MerchantQuery, origin: string): Promise<File> {
  const { filter } = await presentFilter(actor, query);
  const shops = await MerchantModel.find(filter, fields)
    .sort({ subdistrict: 1, address: 1, _id: 1 })
    .limit(mostNotices + 1)
    .lean<Printed[]>();
  if (shops.length > mostNotices) throw new Problem('too-many-notices', { limit: mostNotices });
  if (shops.length === 0) throw new Problem('merchant-not-found');
  return { name: `doors-${shops.length}.pdf`, pdf: await draw(shops, origin) };
}

async function draw(shops: Printed[], origin: string): Promise<Buffer> {
  const names = await areaNames(shops.map(({ district }) => district));
  return drawInLine(async () => {
    const notices = shops.map(async ({ name, address, doorCode, district }) => ({
      name,
      address,
      doorCode,
      organ: names.get(district) ?? district,
      page: pageOf(origin, doorCode),
      qr: await qrPng(markedLink(origin, doorCode)),
    }));
    return doorNotices(await Promise.all(notices), clock.now());
  });
}

/**
 * Gives a shop another code: its paper was lost, copied or hung on another door. The old code opens nothing any more, and its
 * page says that a new notice was issued. `rev` is the version that the caller saw; throws `stale-version` for another.
 */
export async function renewDoorCode(actor: Actor, id: string, rev: number, reason: string): Promise<string> {
  const merchant = await findMerchant(actor, id);
  const doorCode = makeDoorCode(ids.bytes(8));
  const renew = async () => {
    const present = await findMerchant(actor, id);
    requireAbility(actor, 'merchant.edit', present);
    if (present.rev !== rev) throw new Problem('stale-version', {}, { present: { rev: present.rev } });
    const facts = factsOf(present);
    const { text, grams } = (await deriveFrom([facts]))(facts, doorCode);
    await MerchantModel.updateOne(
      { _id: id },
      {
        $set: { doorCode, text, grams },
        $push: { formerDoorCodes: present.doorCode },
        $inc: { rev: 1 },
      },
    );
    await markChanged([id]);
    await renewPeriods(id, doorCode);
    await recordAudit(actor, 'merchant.door-code-renewed', id, {
      of: present,
      before: { doorCode: present.doorCode },
      after: { doorCode, reason },
    });
  };
  await enacting(merchant.district, renew, [id]);
  return doorCode;
}

/** Periods that are over keep the code of then. */
async function renewPeriods(merchant: string, doorCode: string): Promise<void> {
  const lasting = await MerchantPeriodModel.find({ merchant, to: { $gt: clock.now() } }).lean<
    MerchantPeriod[]
  >();
  const derive = await deriveFrom(lasting.map(factsOf));
  for (const period of lasting) {
    const { text } = derive(factsOf(period), doorCode);
    await MerchantPeriodModel.updateOne({ _id: period._id }, { $set: { doorCode, text } });
  }
}
