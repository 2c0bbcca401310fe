// What pages read, kept and shared: the same address is asked for once, and anew after a change.
import { keepPreviousData, QueryClient, useInfiniteQuery, useQueries, useQuery } from '@tanstack/vue-query';
import { computed, type MaybeRefOrGetter, toValue, watch } from 'vue';
import { inLanguage } from '../shared/language.ts';
import type { AnswerOf, ItemOf } from '../shared/server/types.ts';
import { get, type Query, Refusal, user } from './server.ts';

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // A refusal is an answer; only a server that is away is asked again.
      retry: (times, error) => error instanceof Refusal && error.kind === 'away' && times < 2,
      staleTime: 10_000,
      refetchOnWindowFocus: true,
      // Answers are replaced, never changed: what is in them need not be watched one by one.
      shallow: true,
    },
  },
});

// What one person was shown is not for the next.
watch(
  () => user.value?.id,
  () => {
    queries.clear();
  },
);

/**
 * The answer of an address, by its path: `useAnswer<AnswerOf<'getOrders'>>('/orders', () => ({ state: ['open'] }))`.
 * While another query is fetched, the answer of the one before stays in sight.
 */
export function useAnswer<T>(
  path: MaybeRefOrGetter<string>,
  query: MaybeRefOrGetter<Query> = {},
  options: {
    enabled?: MaybeRefOrGetter<boolean>;
    /** How often it is asked anew; null for not at all. */
    everySeconds?: MaybeRefOrGetter<number | null>;
    staleSeconds?: number;
  } = {},
) {
  const everyMillis = computed(() => {
    const seconds = toValue(options.everySeconds) ?? null;
    return seconds === null ? (false as const) : seconds * 1000;
  });
  const key = computed(() => [toValue(path), toValue(query)] as const);
  return useQuery({
    queryKey: key,
    // By the key: an answer that comes late, or at the second try, is kept for what was asked then, not for what is asked now.
    queryFn: ({ queryKey: [asked, by] }) => get<T>(asked, by),
    placeholderData: keepPreviousData,
    enabled: () => toValue(options.enabled) ?? true,
    refetchInterval: everyMillis,
    ...(options.staleSeconds !== undefined && { staleTime: options.staleSeconds * 1000 }),
  });
}

type Page<T> = { items: T[]; nextCursor: string | null; total: number; totalIsExact: boolean };

/** A list page by page, as far as somebody has gone down: its rows, its total, and the way on. */
export function useList<T>(path: string, query: () => Query, pageSize = 50, isLong = false) {
  const key = computed(() => [path, query(), { pageSize }] as const);
  const answer = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ queryKey: [asked, by], pageParam }) =>
      get<Page<T>>(asked, { ...by, limit: pageSize, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    // Rows by the thousand are not compared one by one, nor fetched anew each time that somebody looks.
    ...(isLong && {
      structuralSharing: false,
      refetchOnWindowFocus: false,
      staleTime: 60_000,
    }),
  });
  const pages = computed(() => answer.data.value?.pages ?? []);
  return {
    answer,
    rows: computed(() => pages.value.flatMap(({ items }) => items)),
    total: computed(() => pages.value[0]?.total ?? 0),
    totalIsExact: computed(() => pages.value[0]?.totalIsExact ?? true),
    hasNext: answer.hasNextPage,
    isBusy: answer.isFetchingNextPage,
    next: () => void answer.fetchNextPage(),
    /** After a failure: the page that did not come, or all of it. */
    again: () => void (answer.isFetchNextPageError.value ? answer.fetchNextPage() : answer.refetch()),
  };
}
export type List<T> = ReturnType<typeof useList<T>>;

/** After a change: what is on the screen is asked for anew. */
export const refresh = (): Promise<void> => queries.invalidateQueries();

const hour = { staleSeconds: 3600 };

export function useReference() {
  const areas = useAnswer<AnswerOf<'getAreas'>>('/areas', {}, hour);
  const categories = useAnswer<AnswerOf<'getCategories'>>('/categories', {}, hour);
  const taskForces = useAnswer<AnswerOf<'getTaskforces'>>('/taskforces', {}, hour);
  const nameOf = <T>(items: () => T[] | undefined, key: (item: T) => string, name: (item: T) => string) => {
    const names = computed(() => new Map((items() ?? []).map((item) => [key(item), name(item)])));
    return (wanted: string) => names.value.get(wanted) ?? wanted;
  };
  return {
    areas: computed(() => areas.data.value?.items ?? []),
    categories: computed(() => categories.data.value?.items ?? []),
    taskForces: computed(() => taskForces.data.value?.items ?? []),
    areaName: nameOf(
      () => areas.data.value?.items,
      ({ code }) => code,
      ({ name }) => name,
    ),
    categoryName: nameOf(
      () => categories.data.value?.items,
      ({ key }) => key,
      ({ name }) => inLanguage(name),
    ),
    taskForceName: nameOf(
      () => taskForces.data.value?.items,
      ({ key }) => key,
      ({ name }) => inLanguage(name),
    ),
  };
}

export type MerchantRow = ItemOf<'getMerchants'>;

/** The most ids that one ask may name. */
const idsAtOnce = 200;

/** Merchants by their ids: lists of orders, visits and adjustments name them by id only. */
export function useMerchantsById(ids: () => string[]) {
  const asks = computed(() => {
    const wanted = [...new Set(ids())];
    const parts = Array.from({ length: Math.ceil(wanted.length / idsAtOnce) }, (_, part) =>
      wanted.slice(part * idsAtOnce, (part + 1) * idsAtOnce),
    );
    return parts.map((id) => ({
      queryKey: ['/merchants', { id }],
      queryFn: () => get<AnswerOf<'getMerchants'>>('/merchants', { id, limit: idsAtOnce }),
      staleTime: 60_000,
    }));
  });
  const answers = useQueries({ queries: asks });
  // A list that grows asks anew: whoever was known stays so meanwhile.
  let known = new Map<string, MerchantRow>();
  const byId = computed(() => {
    const found = answers.value.flatMap(({ data }) => data?.items ?? []);
    return (known = new Map([...known, ...found.map((item) => [item.id, item] as const)]));
  });
  return (id: string) => byId.value.get(id);
}
