// Fields whose value is chosen from a list, and the two that most lists share.
import { computed } from 'vue';
import { chinese, inLanguage } from '../shared/language.ts';
import { useReference } from './queries.ts';
import { words } from './words.ts';

export type Choice = {
  name: string;
  label: string;
  /** What stands there while nothing is chosen. */
  any: string;
  options: { value: string; text: string }[];
  lang?: string | undefined;
};

/** The words of a vocabulary as options. */
export const optionsOf = (terms: Record<string, string>): Choice['options'] =>
  Object.entries(terms).map(([value, text]) => ({ value, text }));

/** Task force and subdistrict. */
export function usePlaceChoices() {
  const { areas, taskForces } = useReference();
  return computed((): Choice[] => {
    const { area, allAreas, taskForce, allTaskForces } = words.value.filter;
    return [
      {
        name: 'taskForce',
        label: taskForce,
        any: allTaskForces,
        options: taskForces.value.map(({ key, name }) => ({ value: key, text: inLanguage(name) })),
      },
      {
        name: 'area',
        label: area,
        any: allAreas,
        options: areas.value
          .filter(({ level }) => level === 'subdistrict')
          .map(({ code, name }) => ({ value: code, text: name })),
        lang: chinese.value,
      },
    ];
  });
}
