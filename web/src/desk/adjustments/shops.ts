// Shops that a record names by their ids, however many: asked for two hundred at a time, and kept.
import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import type { AnswerOf } from '../../shared/server/types.ts';
import type { MerchantRow } from '../queries.ts';
import { get } from '../server.ts';

const most = 200;

async function shopsById(ids: string[]): Promise<Map<string, MerchantRow>> {
  const found = new Map<string, MerchantRow>();
  for (let start = 0; start < ids.length; start += most) {
    const query = { id: ids.slice(start, start + most), limit: most };
    const { items } = await get<AnswerOf<'getMerchants'>>('/merchants', query);
    // With no instant asked for, it is the list of now.
    for (const item of items as MerchantRow[]) found.set(item.id, item);
  }
  return found;
}

export function useShops(ids: () => string[]) {
  const wanted = computed(() => [...new Set(ids())].sort());
  const answer = useQuery({
    queryKey: ['shops', wanted] as const,
    queryFn: () => shopsById(wanted.value),
    enabled: () => wanted.value.length > 0,
    placeholderData: (before) => before,
    staleTime: 60_000,
  });
  return {
    shop: (id: string) => answer.data.value?.get(id),
    found: computed(() => [...(answer.data.value?.values() ?? [])]),
  };
}
