// Orders that nobody answered in time: yellow when due passes, red three days later, each step exactly once.
import { type Order, type OrderEvent, OrderModel } from '../../models/order.ts';
import { clock } from '../lib/clock.ts';
import { byOf, systemActor } from './actor.ts';

const atOnce = 500;

type Due = Pick<Order, '_id' | 'level' | 'nextAt' | 'redAt'>;

/** Takes every step that is due. Answers how many this process took. */
export async function escalateDueOrders(): Promise<number> {
  let taken = 0;
  for (;;) {
    const now = clock.now();
    const due = await dueOrders(now);
    if (due.length === 0) return taken;
    const steps = due.map((order) => ({ updateOne: stepOf(order, now) }));
    const { modifiedCount } = await OrderModel.bulkWrite(steps, { ordered: false });
    taken += modifiedCount;
    // Red follows yellow in the next turn; where another process took all of them there is nothing left to do here.
    if (modifiedCount === 0) return taken;
  }
}

/** Says the type as the index does: without it the index of due orders is not used. */
function dueOrders(now: Date): Promise<Due[]> {
  return OrderModel.find({ nextAt: { $lte: now, $type: 'date' } }, { level: 1, nextAt: 1, redAt: 1 })
    .sort({ nextAt: 1 })
    .limit(atOnce)
    .lean<Due[]>();
}

/** One step: the condition on state, level and `nextAt` lets one process take it, whoever else tries. */
function stepOf({ _id, level, nextAt, redAt }: Due, now: Date) {
  const toYellow = level === 'none';
  const next = toYellow ? ('yellow' as const) : ('red' as const);
  const event: OrderEvent = {
    act: 'escalate',
    by: byOf(systemActor),
    at: now,
    note: null,
    photos: [],
    nominalAt: nextAt,
    level: next,
    due: null,
  };
  return {
    filter: { _id, state: 'open' as const, level, nextAt },
    update: {
      $set: { level: next, nextAt: toYellow ? redAt : null },
      $push: { history: event },
      $inc: { rev: 1 },
    },
  };
}
