// Zones (风险区、管控区) by name, for whoever picks or shows one.
import { computed } from 'vue';
import { inLanguage } from '../shared/language.ts';
import type { AnswerOf } from '../shared/server/types.ts';
import { useAnswer } from './queries.ts';

export function useZones() {
  const answer = useAnswer<AnswerOf<'getZones'>>('/zones');
  const zones = computed(() => answer.data.value?.items ?? []);
  const names = computed(() => new Map(zones.value.map(({ id, name }) => [id, inLanguage(name)])));
  return { answer, zones, zoneName: (id: string): string => names.value.get(id) ?? id };
}

type Zone = AnswerOf<'getZones'>['items'][number];

/** ahead: it has not begun · holds: now · over: it has ended · withdrawn: it never held. */
export function stateOfZone(
  { from, to, withdrawn }: Zone,
  now: Date,
): 'ahead' | 'holds' | 'over' | 'withdrawn' {
  if (withdrawn) return 'withdrawn';
  if (new Date(from) > now) return 'ahead';
  return to !== null && new Date(to) <= now ? 'over' : 'holds';
}
