// What the overview is asked for: how many days, whose, and how coverage is shown. It lives in the page's address.
import { computed } from 'vue';
import { type LocationQuery, useRoute, useRouter } from 'vue-router';
import { dayOf } from '../../shared/time.ts';
import { now } from '../../shared/now.ts';
import { date } from '../figures.ts';
import { words } from './words.ts';

export const spans = [7, 14, 30, 90] as const;
export const groups = ['subdistrict', 'taskForce', 'category'] as const;

const usualDays = 14;
const dayMillis = 86_400_000;

/** 00:00 in Shanghai, so many days ago: today counts as the first. */
export function beginOf(days: number, at: Date): string {
  const midnight = Date.parse(`${dayOf(at)}T00:00:00+08:00`);
  return new Date(midnight - (days - 1) * dayMillis).toISOString();
}

export function useAsked() {
  const route = useRoute();
  const router = useRouter();
  const days = computed(() => oneOf(spans, Number(text(route.query.days))) ?? usualDays);
  const taskForce = computed(() => text(route.query.taskForce));
  const change = (changes: LocationQuery) =>
    router.replace({ query: { ...route.query, ...changes } }).catch(() => undefined);
  return {
    days,
    taskForce,
    group: computed(() => oneOf(groups, text(route.query.by)) ?? 'subdistrict'),
    isTable: computed(() => route.query.view === 'table'),
    query: computed(() => ({ from: beginOf(days.value, now.value), taskForce: taskForce.value })),
    spanText: computed(() => words.value.span(date(beginOf(days.value, now.value)), date(now.value))),
    change,
  };
}

const text = (value: LocationQuery[string] | undefined): string => (typeof value === 'string' ? value : '');

function oneOf<T>(known: readonly T[], value: unknown): T | undefined {
  return known.find((one) => one === value);
}
