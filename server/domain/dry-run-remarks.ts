// What a dry run points out beside its conflicts: open orders and visits at the shops, plans that stay or end. It hinders nothing.
import type { AdjustmentLine, Remark, RemarkCode } from '../../models/adjustment.ts';
import { type LedgerEntry, LedgerEntryModel } from '../../models/ledger.ts';
import { type Merchant, MerchantModel, type Status } from '../../models/merchant.ts';
import { type Order, OrderModel } from '../../models/order.ts';
import { type Visit, VisitModel } from '../../models/visit.ts';
import { clock } from '../lib/clock.ts';
import type { Filter } from './abilities.ts';
import { liveLayers, statusAt } from './ledger-fold.ts';
import { overtakenBy } from './whitelist-rules.ts';

/** Shops that a remark names; all of them are counted. */
export const shownShops = 20;

type Named = Pick<Merchant, '_id' | 'name'>;
type Shown = Pick<Merchant, '_id' | 'name' | 'outlook'>;
export type Painting = { to: Status; effectiveFrom: Date; effectiveTo: Date | null };

/** On shops that a status is painted over, and on those that show it already. */
export async function remarksOnStatus(
  shops: Named[],
  already: Shown[],
  painting: Painting,
): Promise<Remark[]> {
  const planned = await plannedAt(shops, painting.effectiveFrom);
  const overtaken = planned.map(({ merchant, layers }) => {
    const ends = overtakenBy(painting.to, layers, painting).length;
    return { merchant, ends, stays: layers.length - ends };
  });
  return [
    remark('open-orders', shops, await openOrders(shops)),
    remark('open-visits', shops, await openVisits(shops)),
    remark('plan-stays', shops, new Map(overtaken.map(({ merchant, stays }) => [merchant, stays]))),
    remark('plan-ends', shops, new Map(overtaken.map(({ merchant, ends }) => [merchant, ends]))),
    remark('already-ends', already, new Map(already.map((shop) => [shop._id, endsOf(shop, painting)]))),
  ].filter(({ shops: count }) => count > 0);
}

/** How often a shop leaves the status while it is meant to last: nobody paints the same status twice. */
function endsOf({ outlook }: Shown, { to, effectiveFrom, effectiveTo }: Painting): number {
  const meanwhile = outlook.filter(
    ({ from }) => from > effectiveFrom && (effectiveTo === null || from < effectiveTo),
  );
  return meanwhile.filter(({ status }) => status !== to).length;
}

/** On shops that a zone would mean, had they a place on file. */
export async function remarksOnUnplaced(filter: Filter): Promise<Remark[]> {
  const count = await MerchantModel.countDocuments(filter);
  if (count === 0) return [];
  const named = await MerchantModel.find(filter, { name: 1 })
    .sort({ name: 1 })
    .limit(shownShops)
    .lean<Named[]>();
  const merchants = named.map(({ _id, name }) => ({ merchant: _id, name }));
  return [{ code: 'unplaced', shops: count, count, merchants }];
}

/** On shops whose layers are taken away: where something painted later shows, which stays. */
export async function remarksOnUndo(
  shops: Named[],
  lines: Pick<AdjustmentLine, 'merchant' | 'cancels'>[],
): Promise<Remark[]> {
  const histories = await entriesOf(shops);
  const later = new Map(
    lines.map(({ merchant, cancels }) => [
      merchant,
      isCovered(histories.get(merchant) ?? [], cancels) ? 1 : 0,
    ]),
  );
  return [remark('later-stays', shops, later)].filter(({ shops: count }) => count > 0);
}

/** Whether none of the layers to be taken away shows, at the moment from which all of them have begun. */
function isCovered(entries: LedgerEntry[], cancels: number[]): boolean {
  const begun = entries.filter(({ n }) => cancels.includes(n)).map(({ effectiveFrom }) => effectiveFrom);
  const at = new Date(Math.max(clock.now().getTime(), ...begun.map((from) => from.getTime())));
  const shown = statusAt(entries, at);
  const facts = entries.find((entry) => entry.facts !== null && entry.facts === shown?.facts)?.n ?? 0;
  return shown !== null && !cancels.includes(shown.entry) && !cancels.includes(facts);
}

function remark(code: RemarkCode, shops: Named[], counts: Map<string, number>): Remark {
  const meant = shops.filter(({ _id }) => (counts.get(_id) ?? 0) > 0);
  return {
    code,
    shops: meant.length,
    count: meant.reduce((sum, { _id }) => sum + (counts.get(_id) ?? 0), 0),
    merchants: meant.slice(0, shownShops).map(({ _id, name }) => ({ merchant: _id, name })),
  };
}

async function openOrders(shops: Named[]): Promise<Map<string, number>> {
  const open = await OrderModel.find(
    { merchant: { $in: idsOf(shops) }, state: { $in: ['open', 'submitted'] satisfies Order['state'][] } },
    { merchant: 1 },
  ).lean<Pick<Order, 'merchant'>[]>();
  return countBy(open.map(({ merchant }) => merchant));
}

/** Visits whose photos have not all come, or with flags that nobody has looked at. */
async function openVisits(shops: Named[]): Promise<Map<string, number>> {
  const open = await VisitModel.find(
    { merchant: { $in: idsOf(shops) }, $or: [{ state: 'received' }, { needsReview: true }] },
    { merchant: 1 },
  ).lean<Pick<Visit, 'merchant'>[]>();
  return countBy(open.flatMap(({ merchant }) => merchant ?? []));
}

/** Layers of status that begin after an instant, and are not cancelled. */
async function plannedAt(shops: Named[], at: Date): Promise<{ merchant: string; layers: LedgerEntry[] }[]> {
  const planned = await LedgerEntryModel.distinct('merchant', {
    effectiveFrom: { $gt: at },
    merchant: { $in: idsOf(shops) },
    to: { $ne: null },
  });
  const histories = await entriesOf(planned.map((_id) => ({ _id })));
  return [...histories].map(([merchant, entries]) => ({
    merchant,
    layers: entries.filter(
      (entry) =>
        entry.to !== null &&
        entry.effectiveFrom > at &&
        liveLayers(entries, entry.effectiveFrom).includes(entry),
    ),
  }));
}

async function entriesOf(shops: Pick<Named, '_id'>[]): Promise<Map<string, LedgerEntry[]>> {
  const histories = new Map<string, LedgerEntry[]>();
  const entries = await LedgerEntryModel.find({ merchant: { $in: idsOf(shops) } })
    .sort({ merchant: 1, n: 1 })
    .lean<LedgerEntry[]>();
  for (const entry of entries)
    histories.set(entry.merchant, [...(histories.get(entry.merchant) ?? []), entry]);
  return histories;
}

const idsOf = (shops: Pick<Named, '_id'>[]): string[] => shops.map(({ _id }) => _id);

function countBy(merchants: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const merchant of merchants) counts.set(merchant, (counts.get(merchant) ?? 0) + 1);
  return counts;
}
