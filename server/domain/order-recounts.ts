// Deadlines that ran into a year without a holiday notice are provisional: once it is published they are counted anew.
import { type Order, OrderModel } from '../../models/order.ts';
import { clock } from '../lib/clock.ts';
import { localDay } from '../lib/calendar.ts';
import { standardLimits } from '../lib/deadlines.ts';
import { byOf, systemActor } from './actor.ts';
import { nextStep, runningClock } from './order-clockwork.ts';
import { orderEvent } from './order-events.ts';
import { workingDays } from './working-days.ts';

const atOnce = 500;
/** Nobody counts further ahead: an extension is at most a year, and what follows it a few weeks. */
const yearsAhead = 3;

/** Counts every order anew whose year has been published meanwhile, each once. Answers how many this process counted. */
export async function recountProvisionalOrders(): Promise<number> {
  let counted = 0;
  for (;;) {
    const waiting = await OrderModel.find({
      unpublishedYear: { $in: publishedYears(), $type: 'int' },
    })
      .limit(atOnce)
      .lean<Order[]>();
    if (waiting.length === 0) return counted;
    const recounts = waiting.map((order) => ({ updateOne: recount(order) }));
    const { modifiedCount } = await OrderModel.bulkWrite(recounts, { ordered: false });
    counted += modifiedCount;
    // Where others were first in all of them, the next round looks again.
    if (modifiedCount === 0) return counted;
  }
}

/** Years ago are of no use, but that an order may have slept through them. */
export function publishedYears(): number[] {
  const thisYear = Number(localDay(clock.now()).slice(0, 4));
  const years = Array.from({ length: yearsAhead * 2 + 1 }, (_, i) => thisYear - yearsAhead + i);
  return years.filter((year) => workingDays().isPublished(year));
}

/**
 * Nobody gets less time than he was told, and a due that has passed stays: only what follows it is counted anew then. The level
 * stays, too. The revision lets one process do it.
 */
function recount(order: Order) {
  const { _id, rev, level, unpublishedYear, nextAt } = order;
  const counted = countedAgain(order);
  const isLater = (counted.due ?? 0) > (order.due ?? 0);
  const clockwork = level === 'none' && isLater ? counted : countedAgain(order, order.due ?? undefined);
  const year = unpublishedYear ?? '';
  const event = orderEvent('recount', byOf(systemActor), clock.now(), {
    note: `${year} 年放假安排已公布 / holidays of ${year} published`,
    due: clockwork.due,
  });
  // A clock that stands, because somebody has answered or the proposal has been made, goes on standing.
  const moved = { ...clockwork, nextAt: nextAt === null ? null : nextStep(level, clockwork) };
  return {
    filter: { _id, rev, unpublishedYear },
    update: { $set: moved, $push: { history: event }, $inc: { rev: 1 } },
  };
}

function countedAgain({ severity, countedFrom, openedAt, limits, due }: Order, kept?: Date) {
  return runningClock(severity, countedFrom ?? openedAt, {
    limits: limits ?? standardLimits,
    due: kept ?? (countedFrom ? undefined : (due ?? undefined)),
  });
}
