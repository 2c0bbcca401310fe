// What the list is asked for, and what became of it between two instants. Pure.
import type { AnswerOf } from '../../shared/server/types.ts';
import { dayOf, timeText } from '../../shared/time.ts';

type Query = Record<string, string | number | boolean | readonly string[] | null | undefined>;

/** The past knows no visits, orders or risk: these filters do not go along when an instant is chosen. */
const presentOnly = ['lastVisit', 'hasOpenOrders', 'risk', 'notVisitedSince', 'visitedSince'];
const presentSorts = ['lastVisit', '-lastVisit', 'openOrders', '-openOrders'];

export function withInstant<T extends object>(query: T, asOf: string): T {
  const kept = Object.entries(query).filter(
    ([name, value]) =>
      !presentOnly.includes(name) && !(name === 'sort' && presentSorts.includes(String(value))),
  );
  return { ...Object.fromEntries(kept), asOf } as unknown as T;
}

/** Filters that a rule can hold: no search, no neighbourhood, no order; nor a past list, as a rule takes those who match now. */
export function ruleOf({ sort: _sort, ...asked }: Query): Query | null {
  const holds = !['q', 'near', 'radius', 'asOf'].some((name) => name in asked && asked[name] !== undefined);
  return holds && Object.keys(asked).length > 0 ? asked : null;
}

/** Without what only orders the rows: facets count them. */
export function countedOf({ sort: _sort, ...asked }: Query): Query {
  return asked;
}

/** Some filters have one value; of the others each press adds or takes away one. */
export function toggled(present: string[], value: string, isSingle: boolean): string[] {
  if (present.includes(value)) return present.filter((one) => one !== value);
  return isSingle ? [value] : [...present, value];
}

export type Move = AnswerOf<'getLedgerDiff'>['moves'][number];

/** How many came on the list, left it, or were suspended; the rest moved between other statuses. */
export function sumsOf(moves: Move[]): { listed: number; removed: number; suspended: number; other: number } {
  const sums = { listed: 0, removed: 0, suspended: 0, other: 0 };
  for (const { to, count } of moves) {
    const kind = to === 'listed' || to === 'removed' || to === 'suspended' ? to : 'other';
    sums[kind] += count;
  }
  return sums;
}

/** What a field for date and time shows: Shanghai time without a zone. */
export const fieldOfInstant = (at: string | Date): string => `${dayOf(at)}T${timeText(at)}`;

/** Between two instants, whichever is named first and in whatever zone they are written. */
export function spanBetween(one: string, other: string): { from: string; to: string } {
  return Date.parse(one) > Date.parse(other) ? { from: other, to: one } : { from: one, to: other };
}

/** Null where the field holds no instant. */
export function instantOfField(text: string): string | null {
  const at = new Date(`${text.slice(0, 16)}:00+08:00`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

const dayMillis = 86_400_000;

/** The days in Shanghai that end with today's, oldest first. */
export function lastDays(now: Date, days: number): string[] {
  return Array.from({ length: days }, (_, index) =>
    dayOf(new Date(now.getTime() - (days - 1 - index) * dayMillis)),
  );
}

/** How far up a bar goes, of 1. An import of thousands stands beside days of three: heights grow with the logarithm. */
export const barHeight = (entries: number, most: number): number =>
  entries === 0 || most === 0 ? 0 : Math.log2(1 + entries) / Math.log2(1 + most);
