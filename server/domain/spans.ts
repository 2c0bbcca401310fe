// Spans of time that figures are asked for, and the days in Shanghai that they consist of. Pure.
import { localDay, localMidnight } from '../lib/calendar.ts';
import { invalidPart, type Problem } from '../lib/problem.ts';

/** `from` ≤ t < `to`. */
export type Span = { from: Date; to: Date };

const usualDays = 14;
const mostDays = 366;
const dayMillis = 86_400_000;

/**
 * The span asked for; without an end the whole of today is in it, without a beginning it is the last fourteen days. Throws
 * `invalid-request` for one that is empty, or longer than a year.
 */
export function spanOf({ from, to }: Partial<Span>, now: Date): Span {
  const end = to ?? localMidnight(now, 1);
  const lastMoment = new Date(end.getTime() - 1);
  const begin = from ?? localMidnight(lastMoment, 1 - usualDays);
  const length = end.getTime() - begin.getTime();
  if (length <= 0 || length > mostDays * dayMillis) throw wrongSpan();
  return { from: begin, to: end };
}

function wrongSpan(): Problem {
  const message = `时间段须在 ${mostDays} 天以内，起点在前 / from before to, and at most ${mostDays} days`;
  return invalidPart('/query/from', message);
}

/** Each day with the part of it that lies within the span. */
export function daysOf({ from, to }: Span): (Span & { day: string })[] {
  const days: (Span & { day: string })[] = [];
  for (let begin = from; begin < to;) {
    const next = localMidnight(begin, 1);
    const end = next < to ? next : to;
    days.push({ day: localDay(begin), from: begin, to: end });
    begin = end;
  }
  return days;
}
