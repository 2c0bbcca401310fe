// The steps that time makes of an unanswered order: yellow at its due, red after that. Pure.
import type { Order, OrderEvent } from '../../models/order.ts';
import { byOf, systemActor } from './actor.ts';

export type Due = Pick<Order, '_id' | 'level' | 'nextAt' | 'redAt' | 'proposalAt' | 'rev'>;

/** What time alone has made of an order by `now`: its level, when it moves next, and the steps on the way. Pure. */
export function stepsDue(
  { level, nextAt, redAt, proposalAt }: Omit<Due, 'rev'>,
  now: Date,
): Pick<Order, 'level' | 'nextAt'> & { events: OrderEvent[] } {
  const events: OrderEvent[] = [];
  let reached = { level, nextAt };
  while (reached.level !== 'red' && reached.nextAt !== null && reached.nextAt <= now) {
    const toYellow = reached.level === 'none';
    const next = toYellow ? 'yellow' : 'red';
    events.push({
      act: 'escalate',
      by: byOf(systemActor),
      at: now,
      note: null,
      photos: [],
      nominalAt: reached.nextAt,
      level: next,
      due: null,
      adjustment: null,
    });
    reached = { level: next, nextAt: toYellow ? redAt : proposalAt };
  }
  return { ...reached, events };
}
