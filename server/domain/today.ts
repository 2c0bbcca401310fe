// What needs somebody's decision at the desk today: how many of each kind, since when the longest has waited, and where the rows are.
import type { Actor } from './actor.ts';
import { listObjections, type ObjectionQuery } from './objections.ts';
import { overdueSince } from './order-facts.ts';
import {
  type AdjustmentQuery,
  listAdjustments,
  listOrders,
  listVisits,
  type OrderQuery,
  type VisitQuery,
} from './records.ts';
import { addressOf } from './rows.ts';

export const decisions = [
  'approvals',
  'emergencies',
  'proposals',
  'objections',
  'overdue-orders',
  'submitted-orders',
  'flagged-visits',
  'unmatched-visits',
  'visits-without-photos',
] as const;

export type Decision = {
  kind: (typeof decisions)[number];
  count: number;
  /** The instant that presses most: since when the longest has waited; when an emergency lapses, when an objection is due. */
  clock: Date | null;
  /** The list that shows these very rows. */
  rows: string;
};

/** Within the actor's reach, as the lists are: each count is the total of its list. */
export async function decisionsFor(actor: Actor): Promise<Decision[]> {
  const adjustments = async (kind: Decision['kind'], query: AdjustmentQuery): Promise<Decision> => {
    const { items, total } = await listAdjustments(actor, { ...query, sort: 'draftedAt', limit: 1 });
    const [first] = items;
    const clock = kind === 'emergencies' ? first?.confirmBy : (first?.submittedAt ?? first?.draftedAt);
    return { kind, count: total, clock: clock ?? null, rows: addressOf('/adjustments', query) };
  };
  const orders = async (kind: Decision['kind'], query: OrderQuery): Promise<Decision> => {
    const sort = kind === 'overdue-orders' ? 'openedAt' : 'submittedAt';
    const { items, total } = await listOrders(actor, { ...query, sort, limit: 1 });
    const [first] = items;
    const clock = kind === 'overdue-orders' ? first && overdueSince(first) : first?.submittedAt;
    return { kind, count: total, clock: clock ?? null, rows: addressOf('/orders', query) };
  };
  const visits = async (kind: Decision['kind'], query: VisitQuery): Promise<Decision> => {
    const { items, total } = await listVisits(actor, { ...query, sort: 'receivedAt', limit: 1 });
    return { kind, count: total, clock: items[0]?.receivedAt ?? null, rows: addressOf('/visits', query) };
  };
  const objections = async (query: ObjectionQuery): Promise<Decision> => {
    const { items, total } = await listObjections(actor, { ...query, sort: 'due', limit: 1 });
    const clock = items[0]?.due ?? null;
    return { kind: 'objections', count: total, clock, rows: addressOf('/objections', query) };
  };
  return [
    await adjustments('approvals', { state: ['submitted'] }),
    await adjustments('emergencies', { unconfirmed: true }),
    await adjustments('proposals', { proposed: true, state: ['draft'] }),
    await objections({ state: ['open'] }),
    await orders('overdue-orders', { supervision: true }),
    await orders('submitted-orders', { state: ['submitted'] }),
    await visits('flagged-visits', { needsReview: true }),
    await visits('unmatched-visits', { unmatched: true }),
    await visits('visits-without-photos', { state: ['received'] }),
  ];
}
