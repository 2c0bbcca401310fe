// Everything that happened to one merchant, newest first: ledger entries, visits, and the steps of its orders.
import { type Adjustment, AdjustmentModel } from '../../models/adjustment.ts';
import { type LedgerEntry, LedgerEntryModel } from '../../models/ledger.ts';
import { type MerchantPeriod, MerchantPeriodModel } from '../../models/merchant-period.ts';
import type { Status } from '../../models/merchant.ts';
import { type Order, type OrderEvent, OrderModel } from '../../models/order.ts';
import { type Visit, VisitModel } from '../../models/visit.ts';
import type { Actor } from './actor.ts';
import { findMerchant } from './merchants.ts';
import { type Related, relatedTo } from './related-shops.ts';

export type TimelineEvent =
  | {
      kind: 'entry';
      at: Date;
      entry: LedgerEntry;
      from: Status | null;
      adjustment: Adjustment | null;
      successor: Related | null;
    }
  | { kind: 'visit'; at: Date; visit: Visit }
  | { kind: 'order'; at: Date; order: Order; event: OrderEvent };

const eachKind = 200;

/** Throws `merchant-not-found` for a merchant out of scope. */
export async function timelineOf(actor: Actor, merchant: string, limit: number): Promise<TimelineEvent[]> {
  await findMerchant(actor, merchant);
  const entries = await LedgerEntryModel.find({ merchant })
    .sort({ n: -1 })
    .limit(eachKind)
    .lean<LedgerEntry[]>();
  const adjustments = await AdjustmentModel.find(
    { _id: { $in: entries.map(({ adjustment }) => adjustment) } },
    { conflicts: 0 },
  ).lean<Adjustment[]>();
  const periods = await MerchantPeriodModel.find({ merchant }, { from: 1, to: 1, status: 1 }).lean<
    MerchantPeriod[]
  >();
  const related = await relatedTo(
    actor,
    entries.flatMap(({ successor }) => successor ?? []),
  );
  const visits = await VisitModel.find({ merchant }).sort({ receivedAt: -1 }).limit(eachKind).lean<Visit[]>();
  const orders = await OrderModel.find({ merchant }).sort({ openedAt: -1 }).limit(eachKind).lean<Order[]>();
  // Oldest first, as one thing leads to the next: of what bears one instant, a visit comes before the orders it opens.
  const events: TimelineEvent[] = [
    ...entries.toReversed().map((entry) => ({
      kind: 'entry' as const,
      at: entry.effectiveFrom,
      entry,
      from: statusBefore(periods, entry.effectiveFrom),
      adjustment: adjustments.find(({ _id }) => _id === entry.adjustment) ?? null,
      successor: related.get(entry.successor?.merchant ?? '') ?? null,
    })),
    ...visits.toReversed().map((visit) => ({ kind: 'visit' as const, at: visit.receivedAt, visit })),
    ...orders
      .toReversed()
      .flatMap((order) =>
        order.history.map((event) => ({ kind: 'order' as const, at: event.at, order, event })),
      ),
  ];
  const inOrder = events.sort((a, b) => a.at.getTime() - b.at.getTime());
  return inOrder.toReversed().slice(0, limit);
}

/** What the shop was just before an instant, as the register has it now; null before its first entry. */
function statusBefore(periods: Pick<MerchantPeriod, 'from' | 'to' | 'status'>[], at: Date): Status | null {
  return periods.find(({ from, to }) => from < at && at <= to)?.status ?? null;
}
