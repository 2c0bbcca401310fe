// The checklists that visits were made by, each in its version: those never change.
import { useQueries } from '@tanstack/vue-query';
import { computed } from 'vue';
import { get } from '../server.ts';
import type { Body, Checklist } from './body.ts';

type Ref = Body['checklist'];
const pathOf = ({ key, version }: Ref) => `/checklists/${key}/${version}`;

export function useChecklists(refs: () => Ref[]) {
  const paths = computed(() => [...new Set(refs().map(pathOf))]);
  const answers = useQueries({
    queries: computed(() =>
      paths.value.map((path) => ({
        queryKey: [path],
        queryFn: () => get<Checklist>(path),
        staleTime: Infinity,
      })),
    ),
  });
  return (ref: Ref): Checklist | undefined => answers.value[paths.value.indexOf(pathOf(ref))]?.data;
}
