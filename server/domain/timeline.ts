// Everything that happened to one merchant, newest first: ledger entries, visits, and the steps of its orders.
import { type Adjustment, AdjustmentModel } from '../../models/adjustment.ts';
import { type LedgerEntry, LedgerEntryModel } from '../../models/ledger.ts';
import { type Order, type OrderEvent, OrderModel } from '../../models/order.ts';
import { type Visit, VisitModel } from '../../models/visit.ts';
import type { Actor } from './actor.ts';
import { findMerchant } from './merchants.ts';

export type TimelineEvent =
  | { kind: 'entry'; at: Date; entry: LedgerEntry; adjustment: Adjustment | null }
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
  const visits = await VisitModel.find({ merchant }).sort({ receivedAt: -1 }).limit(eachKind).lean<Visit[]>();
  const orders = await OrderModel.find({ merchant }).sort({ openedAt: -1 }).limit(eachKind).lean<Order[]>();
  const events: TimelineEvent[] = [
    ...entries.map((entry) => ({
      kind: 'entry' as const,
      at: entry.effectiveFrom,
      entry,
      adjustment: adjustments.find(({ _id }) => _id === entry.adjustment) ?? null,
    })),
    ...visits.map((visit) => ({ kind: 'visit' as const, at: visit.receivedAt, visit })),
    ...orders.flatMap((order) =>
      order.history.map((event) => ({ kind: 'order' as const, at: event.at, order, event })),
    ),
  ];
  return events.sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, limit);
}
