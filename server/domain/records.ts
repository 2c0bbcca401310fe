// Lists of visits, orders, adjustments and the audit trail within the caller's scope.
import {
  type Adjustment,
  type AdjustmentLine,
  AdjustmentLineModel,
  AdjustmentModel,
} from '../../models/adjustment.ts';
import { type AuditRecord, AuditRecordModel } from '../../models/audit-record.ts';
import { type Order, OrderModel } from '../../models/order.ts';
import { type Visit, VisitModel } from '../../models/visit.ts';
import { clock } from '../lib/clock.ts';
import { Problem } from '../lib/problem.ts';
import { type Filter, joined } from './abilities.ts';
import type { Actor } from './actor.ts';
import { listPage, orderBy, type Page, type PageRequest } from './lists.ts';
import { visibleTo } from './visible-to.ts';
import { itemFilter, type ItemOutcome } from './visit-findings.ts';

export type OrderQuery = PageRequest & {
  state?: string[];
  level?: string[];
  overdue?: boolean;
  supervision?: boolean;
  kind?: string[];
  item?: string;
  merchant?: string;
  area?: string;
  taskForce?: string;
  visit?: string;
  /** Opened at or after `from`, and before `to`. */
  from?: Date;
  to?: Date;
  sort?: string;
};

export const orderSorts = ['openedAt', '-openedAt', 'due', '-due', 'submittedAt', '-submittedAt'];
export const visitSorts = ['receivedAt', '-receivedAt'];

/** `overdue` is any level but none; `supervision` is the supervision list (督办清单): overdue, and neither closed nor cancelled yet. */
export function orderFilter(query: OrderQuery): Filter {
  const { state, level, overdue, supervision, kind, item, merchant, area, taskForce, visit } = query;
  const supervised = { level: { $ne: 'none' }, state: { $in: ['open', 'submitted'] } };
  const conditions: Filter[] = [
    ...(state ? [{ state: { $in: state } }] : []),
    ...(level ? [{ level: { $in: level } }] : []),
    ...(overdue === undefined ? [] : [{ level: overdue ? { $ne: 'none' } : 'none' }]),
    ...(supervision === undefined ? [] : [supervision ? supervised : { $nor: [supervised] }]),
    {
      ...(kind && { kind: { $in: kind } }),
      ...(item !== undefined && { item }),
      ...(merchant !== undefined && { merchant }),
      ...(area !== undefined && { areas: area }),
      ...(taskForce !== undefined && { taskForces: taskForce }),
      ...(visit !== undefined && { visit }),
      ...between('openedAt', query),
    },
  ];
  return joined(conditions);
}

function between(field: string, { from, to }: { from?: Date; to?: Date }): Filter {
  return from || to ? { [field]: { ...(from && { $gte: from }), ...(to && { $lt: to }) } } : {};
}

export async function listOrders(actor: Actor, query: OrderQuery): Promise<Page<Order>> {
  const filter = visibleTo(actor, OrderModel).within(orderFilter(query));
  const order = orderBy(query.sort ?? '-openedAt', {
    openedAt: 'openedAt',
    due: 'due',
    submittedAt: 'submittedAt',
  });
  return listPage<Order>(OrderModel, { filter, order }, query);
}

export type VisitQuery = PageRequest & {
  kind?: string[];
  result?: string[];
  state?: string[];
  flag?: string;
  /** What was found at this item: any fault where `outcome` does not say. */
  item?: string;
  outcome?: ItemOutcome;
  merchant?: string;
  area?: string;
  taskForce?: string;
  inspector?: string;
  needsReview?: boolean;
  unmatched?: boolean;
  from?: Date;
  to?: Date;
  sort?: string;
};

export function visitFilter(query: VisitQuery): Filter {
  const { kind, result, state, flag, item, outcome, merchant, area, taskForce, inspector } = query;
  const { needsReview, unmatched } = query;
  return {
    ...(kind && { kind: { $in: kind } }),
    ...(result && { result: { $in: result } }),
    ...(state && { state: { $in: state } }),
    ...(flag !== undefined && { flags: flag }),
    ...(item !== undefined && itemFilter(item, outcome)),
    ...(merchant !== undefined && { merchant }),
    ...(unmatched === true && { merchant: null }),
    ...(unmatched === false && merchant === undefined && { merchant: { $ne: null } }),
    ...(needsReview !== undefined && { needsReview }),
    ...(area !== undefined && { areas: area }),
    ...(taskForce !== undefined && { taskForces: taskForce }),
    ...(inspector !== undefined && { 'inspectors.id': inspector }),
    ...between('receivedAt', query),
  };
}

export async function listVisits(actor: Actor, query: VisitQuery): Promise<Page<Visit>> {
  const filter = visibleTo(actor, VisitModel).within(visitFilter(query));
  const order = orderBy(query.sort ?? '-receivedAt', { receivedAt: 'receivedAt' });
  return listPage<Visit>(VisitModel, { filter, order }, query);
}

export async function findVisit(actor: Actor, id: string): Promise<Visit> {
  const visit = await visibleTo(actor, VisitModel).findById(id);
  if (!visit) throw new Problem('not-found');
  return visit;
}

export type AdjustmentQuery = PageRequest & {
  state?: string[];
  area?: string;
  unconfirmed?: boolean;
  proposed?: boolean;
  sort?: string;
};

export const adjustmentSorts = ['draftedAt', '-draftedAt'];

/** `unconfirmed`: emergencies in force that nobody has confirmed yet; `proposed`: drafted by the system for people to decide. */
export async function listAdjustments(actor: Actor, query: AdjustmentQuery): Promise<Page<Adjustment>> {
  const { state, area, unconfirmed, proposed } = query;
  const emergency = { state: 'enacted', confirmedAt: null, confirmBy: { $gt: clock.now() } };
  const filter = joined([
    {
      ...(state && { state: { $in: state } }),
      ...(area !== undefined && { areas: area }),
      ...(proposed !== undefined && { proposal: proposed ? { $ne: null } : null }),
    },
    ...(unconfirmed === undefined ? [] : [unconfirmed ? emergency : { $nor: [emergency] }]),
  ]);
  const order = orderBy(query.sort ?? '-draftedAt', { draftedAt: 'draftedAt' });
  return listPage<Adjustment>(
    AdjustmentModel,
    { filter: visibleTo(actor, AdjustmentModel).within(filter), order },
    query,
  );
}

export async function findAdjustment(actor: Actor, id: string): Promise<Adjustment> {
  const adjustment = await visibleTo(actor, AdjustmentModel).findById(id);
  if (!adjustment) throw new Problem('not-found');
  return adjustment;
}

export async function listAdjustmentLines(
  actor: Actor,
  id: string,
  query: PageRequest,
): Promise<Page<AdjustmentLine>> {
  await findAdjustment(actor, id);
  const order = orderBy('index', { index: 'index' });
  return listPage<AdjustmentLine>(AdjustmentLineModel, { filter: { adjustment: id }, order }, query);
}

export type AuditQuery = PageRequest & {
  record?: string;
  noun?: string;
  action?: string;
  by?: string;
  from?: Date;
  to?: Date;
};

export async function listAudit(actor: Actor, query: AuditQuery): Promise<Page<AuditRecord>> {
  const { record, noun, action, by, from, to } = query;
  const filter: Filter = {
    ...(record !== undefined && { record }),
    ...(action !== undefined && { action }),
    ...(noun !== undefined && { noun }),
    ...(by !== undefined && { 'by.id': by }),
    ...((from ?? to) && { at: { ...(from && { $gte: from }), ...(to && { $lt: to }) } }),
  };
  const order = orderBy('-at', { at: 'at' });
  return listPage<AuditRecord>(
    AuditRecordModel,
    { filter: visibleTo(actor, AuditRecordModel).within(filter), order },
    query,
  );
}
