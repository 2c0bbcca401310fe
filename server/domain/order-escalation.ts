// Orders that nobody answered in time: yellow when due passes, red three days later, each step exactly once. What follows red is
// a proposal, which another file drafts.
import { type Order, OrderModel } from '../../models/order.ts';
import { clock } from '../lib/clock.ts';
import { type Due as Steps, stepsDue } from './order-steps.ts';

const atOnce = 500;

type Due = Steps & Pick<Order, '_id' | 'rev'>;

/** Takes every step that is due. Answers how many this process took. */
export async function escalateDueOrders(): Promise<number> {
  let taken = 0;
  for (;;) {
    const now = clock.now();
    const due = await dueOrders(now);
    if (due.length === 0) return taken;
    const steps = due.map((order) => ({ updateOne: escalation(order, now) }));
    const { modifiedCount } = await OrderModel.bulkWrite(steps, { ordered: false });
    taken += modifiedCount;
    // Where another process took all of them there is nothing left to do here.
    if (modifiedCount === 0) return taken;
  }
}

/** Says the type as the index does: without it the index of due orders is not used. */
function dueOrders(now: Date): Promise<Due[]> {
  return OrderModel.find(
    { nextAt: { $lte: now, $type: 'date' }, level: { $ne: 'red' } },
    { level: 1, nextAt: 1, redAt: 1, proposalAt: 1, rev: 1 },
  )
    .sort({ nextAt: 1 })
    .limit(atOnce)
    .lean<Due[]>();
}

/** The revision lets one process take the steps, whoever else tries, and only while the deadlines are those that were read. */
function escalation(order: Due, now: Date) {
  const { level, nextAt, events } = stepsDue(order, now);
  return {
    filter: { _id: order._id, rev: order.rev, state: 'open' as const },
    update: { $set: { level, nextAt }, $push: { history: { $each: events } }, $inc: { rev: 1 } },
  };
}
