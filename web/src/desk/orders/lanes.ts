// The board's three lanes, each a list of the server with its exact total, fetched as far as somebody has gone down.
import { computed } from 'vue';
import type { ItemOf } from '../../shared/server/types.ts';
import { useList } from '../queries.ts';
import type { Query } from '../server.ts';

export type Order = ItemOf<'getOrders'>;
export type LaneName = 'overdue' | 'submitted' | 'open';

/** The supervision list is two lists: red before yellow, each by the due that passed first. */
const listsOf: Record<LaneName, Query[]> = {
  overdue: ['red', 'yellow'].map((level) => ({ supervision: true, level, sort: 'due' })),
  submitted: [{ state: 'submitted', sort: 'submittedAt' }],
  open: [{ state: 'open', overdue: false, sort: 'due' }],
};
const pageSize = 12;

export function useLane(name: LaneName, filters: () => Query) {
  const lists = listsOf[name].map((query) =>
    useList<Order>('/orders', () => ({ ...filters(), ...query }), pageSize),
  );
  /** The first that is not shown whole: what follows it would stand in the wrong place. */
  const unfinished = computed(() => lists.findIndex(({ hasNext }) => hasNext.value));
  const shown = computed(() => (unfinished.value === -1 ? lists : lists.slice(0, unfinished.value + 1)));
  return {
    name,
    answers: lists.map(({ answer }) => answer),
    rows: computed(() => shown.value.flatMap(({ rows }) => rows.value)),
    total: computed(() => lists.reduce((sum, { total }) => sum + total.value, 0)),
    isExact: computed(() => lists.every(({ totalIsExact }) => totalIsExact.value)),
    isBusy: computed(() => lists.some(({ isBusy }) => isBusy.value)),
    next: () => lists[unfinished.value]?.next(),
  };
}
export type Lane = ReturnType<typeof useLane>;
