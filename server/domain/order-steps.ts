// The steps that time makes of an unanswered order: yellow at its due, red after that. Pure.
import type { Order, OrderEvent } from '../../models/order.ts';
import { byOf, systemActor } from './actor.ts';
import { orderEvent } from './order-events.ts';

export type Due = Pick<Order, 'level' | 'nextAt' | 'redAt' | 'proposalAt'>;

/** What time alone has made of an order by `now`: its level, when it moves next, and the steps on the way. Pure. */
export function stepsDue(
  { level, nextAt, redAt, proposalAt }: Due,
  now: Date,
): Pick<Order, 'level' | 'nextAt'> & { events: OrderEvent[] } {
  const events: OrderEvent[] = [];
  let reached = { level, nextAt };
  while (reached.level !== 'red' && reached.nextAt !== null && reached.nextAt <= now) {
    const toYellow = reached.level === 'none';
    const next = toYellow ? 'yellow' : 'red';
    events.push(orderEvent('escalate', byOf(systemActor), now, { nominalAt: reached.nextAt, level: next }));
    reached = { level: next, nextAt: toYellow ? redAt : proposalAt };
  }
  return { ...reached, events };
}
