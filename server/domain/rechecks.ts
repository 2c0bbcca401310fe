// A suspension grounded on a visit or an order is lifted only after a passed recheck (复查) by another inspector.
import {
  type Adjustment,
  type AdjustmentLine,
  AdjustmentModel,
  type Ground,
} from '../../models/adjustment.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { type Order, OrderModel } from '../../models/order.ts';
import { type Visit, VisitModel } from '../../models/visit.ts';
import { clock } from '../lib/clock.ts';
import { Problem } from '../lib/problem.ts';
import type { Actor } from './actor.ts';
import { presentStretch } from './ledger-fold.ts';
import { visibleTo } from './visible-to.ts';

/** Grounds that rest on what inspectors found. */
const grounded: readonly string[] = ['visit', 'order'] satisfies Ground[];
export const restsOnFinding = (ground: string): boolean => grounded.includes(ground);

type Suspended = Pick<Merchant, '_id' | 'outlook'>;

/** Those of the merchants that would be lifted at `at` without the recheck that their suspension asks for. */
export async function withoutRecheck(merchants: Suspended[], at: Date): Promise<Set<string>> {
  const suspensions = merchants.flatMap(({ _id, outlook }) => {
    const present = presentStretch(outlook, at);
    return present?.status === 'suspended' && restsOnFinding(present.ground)
      ? [{ merchant: _id, since: present.since, adjustment: present.adjustment }]
      : [];
  });
  if (suspensions.length === 0) return new Set();
  const rechecks = await VisitModel.find(
    {
      merchant: { $in: suspensions.map(({ merchant }) => merchant) },
      kind: 'recheck',
      result: { $in: ['passed', 'fixed'] },
    },
    { merchant: 1, receivedAt: 1, inspectors: 1 },
  ).lean<Pick<Visit, 'merchant' | 'receivedAt' | 'inspectors'>[]>();
  const finders = await findersOf(suspensions);
  const lacking = suspensions.filter(
    ({ merchant, since }) =>
      !rechecks.some(
        (recheck) =>
          recheck.merchant === merchant &&
          recheck.receivedAt >= since &&
          !recheck.inspectors.some(({ id }) => finders.get(merchant)?.includes(id)),
      ),
  );
  return new Set(lacking.map(({ merchant }) => merchant));
}

type Suspension = { merchant: string; since: Date; adjustment: string };
type Finding = Pick<Visit, '_id' | 'merchant' | 'inspectors' | 'receivedAt'>;
const seen = { merchant: 1, inspectors: 1, receivedAt: 1 } as const;

/** By merchant, who found what its suspension rests on: they cannot be the other pair of eyes. */
export async function findersOf(suspensions: Suspension[]): Promise<Map<string, string[]>> {
  const named = await findingsNamed(suspensions.map(({ adjustment }) => adjustment));
  const isNamed = ({ merchant, adjustment }: Suspension) => named.get(adjustment)?.merchant === merchant;
  const findings = [
    ...suspensions.filter(isNamed).flatMap(({ adjustment }) => named.get(adjustment) ?? []),
    ...(await lastVisitsBefore(suspensions.filter((suspension) => !isNamed(suspension)))),
  ];
  return new Map(
    findings.map(({ merchant, inspectors }) => [merchant ?? '', inspectors.map(({ id }) => id)]),
  );
}

/** By adjustment, the visit that it names as its basis, itself or by an order. */
async function findingsNamed(adjustmentIds: string[]): Promise<Map<string, Finding>> {
  const adjustments = await AdjustmentModel.find({ _id: { $in: adjustmentIds } }, { basis: 1 }).lean<
    Pick<Adjustment, '_id' | 'basis'>[]
  >();
  const named = (kind: string) =>
    adjustments.flatMap(({ basis }) => (basis?.kind === kind ? [basis.id] : []));
  const orders = await OrderModel.find({ _id: { $in: named('order') } }, { visit: 1 }).lean<
    Pick<Order, '_id' | 'visit'>[]
  >();
  const visits = await VisitModel.find(
    { _id: { $in: [...named('visit'), ...orders.map(({ visit }) => visit)] } },
    seen,
  ).lean<Finding[]>();
  const visitOf = (basis: Adjustment['basis']) =>
    basis?.kind === 'order' ? orders.find(({ _id }) => _id === basis.id)?.visit : basis?.id;
  return new Map(
    adjustments.flatMap(({ _id, basis }) => {
      const visit = visits.find((one) => one._id === visitOf(basis));
      return visit ? [[_id, visit] as const] : [];
    }),
  );
}

/** Where none is named, it is the bureau's last visit before the suspension. */
async function lastVisitsBefore(suspensions: Suspension[]): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { merchant, since } of suspensions) {
    const last = await VisitModel.findOne(
      { merchant, receivedAt: { $lt: since }, kind: { $ne: 'self' }, result: { $ne: 'no-entry' } },
      seen,
    )
      .sort({ receivedAt: -1 })
      .lean<Finding>();
    if (last) found.push(last);
  }
  return found;
}

/**
 * A suspension may name the visit of the bureau's or the order that it rests on: one that its drafter may see, of one of its
 * shops. Answers that shop, or undefined where there is none; null for what is not on file here (a complaint, a zone).
 */
export async function merchantOfBasis(
  actor: Actor,
  basis: NonNullable<Adjustment['basis']>,
): Promise<string | null | undefined> {
  if (basis.kind !== 'visit' && basis.kind !== 'order') return null;
  const record = await (basis.kind === 'visit'
    ? visibleTo(actor, VisitModel).findById(basis.id)
    : visibleTo(actor, OrderModel).findById(basis.id));
  const isSelfCheck = record !== null && record.kind === 'self';
  return isSelfCheck ? undefined : (record?.merchant ?? undefined);
}

export const strangeBasis = (id: string) =>
  new Problem('unknown-reference', { field: 'basis' }, { errors: [{ path: '/basis/id', message: id }] });

/** Shops that were suspended anew for a visit or an order since the draft, and not rechecked after that. */
export async function liftedUnchecked(
  { to }: Pick<Adjustment, 'to'>,
  lines: Pick<AdjustmentLine, 'merchant' | 'from'>[],
): Promise<string[]> {
  const merchants = lines.filter(({ from }) => from !== null).map(({ merchant }) => merchant);
  if (to !== 'listed' || merchants.length === 0) return [];
  const found = await MerchantModel.find({ _id: { $in: merchants } }, { outlook: 1 }).lean<Suspended[]>();
  return [...(await withoutRecheck(found, clock.now()))];
}
