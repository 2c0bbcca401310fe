// Which merchants are selected: some by their ids, or all that match the filter. Kept while somebody looks at one of them.
import { computed, shallowRef, watch } from 'vue';
import type { RouteLocationRaw } from 'vue-router';
import { draftingPath } from '../paths.ts';
import { type Query, user } from '../server.ts';

/** An adjustment names at most so many one by one in its address. */
export const mostSelected = 200;

type Selection = { kind: 'some'; ids: ReadonlySet<string> } | { kind: 'all'; rule: Query; count: number };

const selection = shallowRef<Selection>({ kind: 'some', ids: new Set() });

export const selectedCount = computed(() =>
  selection.value.kind === 'all' ? selection.value.count : selection.value.ids.size,
);
export const allSelected = computed(() => selection.value.kind === 'all');
export const isSelected = (id: string): boolean =>
  selection.value.kind === 'all' || selection.value.ids.has(id);

export function selectNone(): void {
  selection.value = { kind: 'some', ids: new Set() };
}

export function selectAll(rule: Query, count: number): void {
  selection.value = { kind: 'all', rule, count };
}

/** All that match are others when the filter is another: then nothing is selected. */
export function keepFor(rule: Query | null): void {
  const { value } = selection;
  if (value.kind === 'all' && JSON.stringify(value.rule) !== JSON.stringify(rule)) selectNone();
}

export function selectSome(ids: string[]): void {
  selection.value = { kind: 'some', ids: new Set(ids.slice(0, mostSelected)) };
}

watch(() => user.value?.id, selectNone);

/** Answers whether there was room for it. After "all", a press on a row begins anew with that row. */
export function toggle(id: string): boolean {
  const ids = new Set(selection.value.kind === 'some' ? selection.value.ids : []);
  if (!ids.delete(id)) ids.add(id);
  if (ids.size > mostSelected) return false;
  selection.value = { kind: 'some', ids };
  return true;
}

/** Where an adjustment of the selected is drafted. */
export const draftOfSelected = computed((): RouteLocationRaw => {
  if (selection.value.kind === 'some') return draftingPath({ merchant: [...selection.value.ids] });
  const rule = Object.entries(selection.value.rule).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map(String) : String(value),
  ]);
  return draftingPath(Object.fromEntries(rule) as Record<string, string | string[]>);
});
