// An objection as the desk's pages read it, and its clock in words.
import type { ItemOf } from '../../shared/server/types.ts';
import { date, isPast, moment, span } from '../figures.ts';
import { words } from './words.ts';

export type Objection = ItemOf<'getObjections'>;

const dayMillis = 86_400_000;

/** How long it is overdue, or is left; when it ended. */
export function clockOf({ state, due, decidedAt, withdrawnAt, filedAt }: Objection): {
  text: string;
  look: '' | 'bad-t';
} {
  const say = words.value.clock;
  if (state !== 'open') return { text: say.ended(date(decidedAt ?? withdrawnAt ?? filedAt)), look: '' };
  if (isPast(due)) return { text: say.late(span(due)), look: 'bad-t' };
  const isNear = new Date(due).getTime() - Date.now() < 2 * dayMillis;
  return { text: isNear ? say.left(span(due)) : say.due(moment(due)), look: '' };
}
