// The list that somebody came from: its filters, its order and how far down they were, for the way back and for the neighbours of a merchant.
import { computed, shallowRef, watch } from 'vue';
import type { LocationQuery } from 'vue-router';
import { user } from '../server.ts';

type Trail = { query: LocationQuery; ids: string[]; offset: number };

const nowhere: Trail = { query: {}, ids: [], offset: 0 };
export const trail = shallowRef(nowhere);
watch(
  () => user.value?.id,
  () => (trail.value = nowhere),
);

/** The merchants before and after this one on the list that it was opened from. */
export function useNeighbours(id: () => string) {
  return computed(() => {
    const { ids } = trail.value;
    const at = ids.indexOf(id());
    return at < 0 ? { before: undefined, after: undefined } : { before: ids[at - 1], after: ids[at + 1] };
  });
}
