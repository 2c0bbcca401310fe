// An import as the desk sees it: which rows it has to show, how many shops it would change, and what was said of its headers. Pure.
import type { AnswerOf, ItemOf } from '../../shared/server/types.ts';

export type Import = AnswerOf<'getImportsId'>;
export type ImportRow = ItemOf<'getImportsIdRows'>;
export type Column = NonNullable<Import['columns'][number]['column']>;

/** What can be looked at, in the order of the tabs. */
export const tabs = ['added', 'changed', 'removed', 'refused', 'conflicts', 'warned'] as const;
export type Tab = (typeof tabs)[number];

export const rowsIn = ({ counts, warnings }: Import, tab: Tab): number =>
  tab === 'warned' ? warnings : counts[tab];

/** What needs a hand comes first; then whatever there is. */
const pressing: Tab[] = ['refused', 'conflicts', 'added', 'changed', 'removed'];
export const firstTab = (one: Import): Tab => pressing.find((tab) => rowsIn(one, tab) > 0) ?? 'added';

/** By the names of the interface, in the address as in the question. */
export const queryOfTab = (tab: Tab): { warned: 'true' } | { kind: string } =>
  tab === 'warned' ? { warned: 'true' } : { kind: tab };

export function tabIn({ kind, warned }: { kind?: unknown; warned?: unknown }): Tab | null {
  if (warned === 'true') return 'warned';
  return tabs.find((tab) => tab !== 'warned' && tab === kind) ?? null;
}

/** How many shops the adjustment would name. */
export const shopsOf = ({ counts: { added, changed, removed } }: Import): number => added + changed + removed;

/** How many rows are left out of it. */
export const leftOut = ({ counts: { refused, conflicts } }: Import): number => refused + conflicts;

/** Not a single row could be taken, and some headers were passed over: more likely they are the reason than every row. */
export const isUseless = (one: Import): boolean =>
  shopsOf(one) + one.counts.unchanged === 0 &&
  leftOut(one) > 0 &&
  one.columns.some(({ header, column }) => header !== '' && column === null);

/** It goes on by itself: worth asking again. */
export const isUnderway = ({ state }: Import): boolean =>
  state === 'reading' || state === 'submitting' || state === 'enacting';

/** Read, and not yet decided: another file may still take its place. */
export const isOpen = ({ state }: Import): boolean => state === 'ready' || state === 'failed';

export type Mapping = Record<string, Column | null>;

/** Each header once; a column without one cannot be named. */
export const mappingOf = ({ columns }: Pick<Import, 'columns'>): Mapping =>
  Object.fromEntries(columns.flatMap(({ header, column }) => (header === '' ? [] : [[header, column]])));

/** Headers that are taken for the same column as another. */
export function doubledIn(mapping: Mapping): string[] {
  const taken = Object.values(mapping);
  return Object.keys(mapping).filter((header) => {
    const column = mapping[header];
    return column != null && taken.filter((other) => other === column).length > 1;
  });
}

/** The part of the list that a file replaces; null while none is named. */
export function selectorOf(part: { subdistrict: string; category: string }): Import['selector'] {
  const named = Object.entries(part).filter(([, value]) => value !== '');
  return named.length === 0 ? null : { where: Object.fromEntries(named) };
}
