// Which values a field of a rule may have, and how many merchants each would leave.
import { computed } from 'vue';
import { statusWord } from '../../shared/status.ts';
import type { AnswerOf } from '../../shared/server/types.ts';
import { terms } from '../../shared/vocabulary.ts';
import { useAnswer, useReference } from '../queries.ts';
import { useZones } from '../zones.ts';
import type { SelectorField } from './condition.ts';

type Values = Partial<Record<SelectorField, string[]>>;

export function useFieldValues() {
  const { areas, categories, taskForces } = useReference();
  const { zones } = useZones();
  const sites = useAnswer<AnswerOf<'getSites'>>('/sites', {}, { staleSeconds: 3600 });
  return computed((): Values => ({
    category: categories.value.map(({ key }) => key),
    subdistrict: areas.value.filter(({ level }) => level === 'subdistrict').map(({ code }) => code),
    zone: zones.value.map(({ id }) => id),
    status: Object.keys(statusWord),
    taskForce: taskForces.value.map(({ key }) => key),
    mode: Object.keys(terms.value.mode),
    'site.kind': Object.keys(terms.value.siteKind),
    site: sites.data.value?.items.map(({ id }) => id) ?? [],
    risk: ['A', 'B', 'C', 'D'],
    hasOpenOrders: ['true', 'false'],
    lastVisit: ['never', ...Object.keys(terms.value.visitResult)],
  }));
}

export type Option = { value: string; isChosen: boolean; count?: number };

/** What was chosen is always there; where counts are known, what nobody has is left out. */
export function optionsOf(
  values: string[],
  chosen: string[],
  counts: { value: string; count: number }[] | undefined,
): Option[] {
  const countOf = new Map(counts?.map(({ value, count }) => [value, count]));
  const all = [...values, ...chosen.filter((value) => !values.includes(value))];
  return all
    .filter((value) => counts === undefined || countOf.has(value) || chosen.includes(value))
    .map((value) => ({
      value,
      isChosen: chosen.includes(value),
      ...(counts !== undefined && { count: countOf.get(value) ?? 0 }),
    }));
}
