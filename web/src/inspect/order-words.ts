// How an order stands, as a tag and as a clock.
import type { IconName } from '../shared/icons.ts';
import { language } from '../shared/language.ts';
import { spanBetween, spanText } from '../shared/time.ts';
import type { PackedOrder } from './core/contract.ts';
import { words } from './words.ts';

type Tag = { icon: IconName; look: 'yellow' | 'red' | 'wait' | 'line'; word: string };

export function orderTag({ state, level }: PackedOrder): Tag {
  const { submitted, red, yellow, open } = words.value.orders;
  if (state === 'submitted') return { icon: 'eye-fill', look: 'wait', word: submitted };
  if (level === 'red') return { icon: 'warning-octagon-fill', look: 'red', word: red };
  if (level === 'yellow') return { icon: 'warning-diamond-fill', look: 'yellow', word: yellow };
  return { icon: 'clock-countdown-regular', look: 'line', word: open };
}

/** The clock stands while an order waits for its verification. */
export function dueText(
  { due, state, severity }: PackedOrder,
  now: Date,
): { text: string; late: boolean } | null {
  if (state === 'submitted' || due === null) return null;
  const at = new Date(due);
  const late = at < now;
  if (late && severity === 'critical' && now.getTime() - at.getTime() < 60_000)
    return { text: words.value.orders.atOnce, late };
  const span = spanText(spanBetween(at, now), language.value);
  return { text: late ? words.value.orders.late(span) : words.value.orders.left(span), late };
}

const rank = { red: 0, yellow: 1, none: 2 };

/** The worst first, then the one that is due first. */
export function byUrgency(one: PackedOrder, other: PackedOrder): number {
  return rank[one.level] - rank[other.level] || (one.due ?? '9').localeCompare(other.due ?? '9');
}
