// The clock of an order in words: how long overdue, how long it has waited, how long is left, or how it ended.
import { date, isPast, moment, span } from '../figures.ts';
import type { Order } from './lanes.ts';
import { words } from './words.ts';

type Clock = { text: string; look: '' | 'bad-t' | 'warn-t' };
type Timed = Pick<
  Order,
  'state' | 'level' | 'due' | 'overdueSince' | 'submittedAt' | 'openedAt' | 'closedAt'
>;

const dayMillis = 86_400_000;

export function clockOf(order: Timed): Clock {
  const { state, level, due, overdueSince, submittedAt, openedAt, closedAt } = order;
  const say = words.value.clock;
  if (state === 'closed' || state === 'cancelled')
    return { text: say.ended(date(closedAt ?? openedAt)), look: '' };
  if (state === 'submitted') return { text: say.waited(span(submittedAt ?? openedAt)), look: '' };
  const look = level === 'red' ? 'bad-t' : 'warn-t';
  if (overdueSince !== null) return { text: say.late(span(overdueSince)), look };
  if (due === null) return { text: '', look: '' };
  if (isPast(due)) return { text: say.late(span(due)), look };
  const isNear = new Date(due).getTime() - Date.now() < dayMillis;
  return { text: isNear ? say.left(span(due)) : say.due(moment(due)), look: '' };
}
