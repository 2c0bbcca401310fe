// A suspension grounded on a visit or an order is lifted only after a passed recheck (复查) by another inspector.
import { type Adjustment, AdjustmentModel, type Ground } from '../../models/adjustment.ts';
import type { Merchant } from '../../models/merchant.ts';
import { type Order, OrderModel } from '../../models/order.ts';
import { type Visit, VisitModel } from '../../models/visit.ts';
import { presentStretch } from './ledger-fold.ts';

const grounded: readonly string[] = ['visit', 'order'] satisfies Ground[];

type Suspended = Pick<Merchant, '_id' | 'outlook'>;

/** Those of the merchants that would be lifted at `at` without the recheck that their suspension asks for. */
export async function withoutRecheck(merchants: Suspended[], at: Date): Promise<Set<string>> {
  const suspensions = merchants.flatMap(({ _id, outlook }) => {
    const present = presentStretch(outlook, at);
    return present?.status === 'suspended' && grounded.includes(present.ground)
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
  const finders = await findersOf(suspensions.map(({ adjustment }) => adjustment));
  const lacking = suspensions.filter(
    ({ merchant, since, adjustment }) =>
      !rechecks.some(
        (recheck) =>
          recheck.merchant === merchant &&
          recheck.receivedAt >= since &&
          !recheck.inspectors.some(({ id }) => finders.get(adjustment)?.includes(id)),
      ),
  );
  return new Set(lacking.map(({ merchant }) => merchant));
}

/** By adjustment, who found what it rests on: they cannot be the other pair of eyes. */
async function findersOf(ids: string[]): Promise<Map<string, string[]>> {
  const adjustments = await AdjustmentModel.find({ _id: { $in: ids } }, { basis: 1 }).lean<
    Pick<Adjustment, '_id' | 'basis'>[]
  >();
  const named = (kind: string) =>
    adjustments.flatMap(({ basis }) => (basis?.kind === kind ? [basis.id] : []));
  const orders = await OrderModel.find({ _id: { $in: named('order') } }, { visit: 1 }).lean<
    Pick<Order, '_id' | 'visit'>[]
  >();
  const visits = await VisitModel.find(
    { _id: { $in: [...named('visit'), ...orders.map(({ visit }) => visit)] } },
    { inspectors: 1 },
  ).lean<Pick<Visit, '_id' | 'inspectors'>[]>();
  const visitOf = (basis: Adjustment['basis']) =>
    basis?.kind === 'order' ? orders.find(({ _id }) => _id === basis.id)?.visit : basis?.id;
  return new Map(
    adjustments.map(({ _id, basis }) => {
      const visit = visits.find((one) => one._id === visitOf(basis));
      return [_id, visit?.inspectors.map(({ id }) => id) ?? []];
    }),
  );
}
