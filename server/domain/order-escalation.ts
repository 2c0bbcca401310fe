// Orders that nobody answered in time: yellow when due passes, red three days later, each step exactly once.
import { type Order, type OrderEvent, OrderModel } from '../../models/order.ts';
import { clock } from '../lib/clock.ts';
import { byOf, systemActor } from './actor.ts';

const atOnce = 500;

/** Takes every step that is due. Answers how many this process took. */
export async function escalateDueOrders(): Promise<number> {
  let taken = 0;
  for (;;) {
    const now = clock.now();
    const due = await OrderModel.find({ nextAt: { $lte: now } })
      .sort({ nextAt: 1 })
      .limit(atOnce)
      .lean<Order[]>();
    let inThisTurn = 0;
    for (const order of due) if (await escalate(order, now)) inThisTurn += 1;
    taken += inThisTurn;
    // Red follows yellow in the next turn; where another process took all of them there is nothing left to do here.
    if (inThisTurn === 0) return taken;
  }
}

/** One step: the condition on state and `nextAt` lets one process take it, whoever else tries. */
async function escalate(order: Order, now: Date): Promise<boolean> {
  const toYellow = order.level === 'none';
  const level = toYellow ? 'yellow' : 'red';
  const event: OrderEvent = {
    act: 'escalate',
    by: byOf(systemActor),
    at: now,
    note: null,
    photos: [],
    nominalAt: order.nextAt,
    level,
    due: null,
  };
  const { modifiedCount } = await OrderModel.updateOne(
    { _id: order._id, state: 'open', level: order.level, nextAt: order.nextAt },
    { $set: { level, nextAt: toYellow ? order.redAt : null }, $push: { history: event }, $inc: { rev: 1 } },
  );
  return modifiedCount === 1;
}
