// The list that somebody came from: its filters, its order and how far down they were, for the way back and for the neighbours of a merchant.
import { computed, shallowRef } from 'vue';
import type { LocationQuery } from 'vue-router';

type Trail = { query: LocationQuery; ids: string[]; offset: number };

export const trail = shallowRef<Trail>({ query: {}, ids: [], offset: 0 });

/** The merchants before and after this one on the list that it was opened from. */
export function useNeighbours(id: () => string) {
  return computed(() => {
    const { ids } = trail.value;
    const at = ids.indexOf(id());
    return at < 0 ? { before: undefined, after: undefined } : { before: ids[at - 1], after: ids[at + 1] };
  });
}
