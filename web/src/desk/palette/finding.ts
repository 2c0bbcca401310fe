// What the palette finds: pages of this role, merchants, and the record behind a pasted id.
import { useQuery } from '@tanstack/vue-query';
import { computed, type Ref } from 'vue';
import { inLanguage } from '../../shared/language.ts';
import { statusWord } from '../../shared/status.ts';
import { pagesOf } from '../pages.ts';
import { adjustmentPath, merchantPath, orderPath, visitPath } from '../paths.ts';
import { type MerchantRow, useReference } from '../queries.ts';
import { get, Refusal, user } from '../server.ts';
import { words as frame } from '../words.ts';
import { type Found, recent } from './recent.ts';
import { words } from './words.ts';

export type Group = { name: 'recent' | 'pages' | 'merchants' | 'records'; items: Found[] };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

async function isThere(path: string): Promise<boolean> {
  try {
    await get(path);
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'refused') return false;
    throw error;
  }
}

/** An id says not what it is of: a shop first, then each kind of record. */
async function recordsOf(id: string): Promise<Found[]> {
  const kinds = [
    { kind: words.value.visit, asked: `/visits/${id}`, to: visitPath(id) },
    { kind: words.value.order, asked: `/orders/${id}`, to: orderPath(id) },
    { kind: words.value.adjustment, asked: `/adjustments/${id}`, to: adjustmentPath(id) },
  ];
  for (const { kind, asked, to } of kinds)
    if (await isThere(asked)) return [{ to, title: `${kind} ${id.slice(0, 8)}`, note: id, kind: 'record' }];
  return [];
}

const pageNames = (text: string): Found[] => {
  const role = user.value?.role;
  const wanted = text.toLowerCase();
  return (role === undefined ? [] : pagesOf(role))
    .map(({ name, path }): Found => ({ to: path, title: frame.value.pages[name], note: '', kind: 'page' }))
    .filter(({ title, to }) => title.toLowerCase().includes(wanted) || to.slice(1).startsWith(wanted));
};

export function useFinding(text: Ref<string>) {
  const { areaName } = useReference();
  const readsList = computed(() => user.value?.role !== 'admin');
  const answer = useQuery({
    queryKey: ['palette', text] as const,
    queryFn: async ({ queryKey: [, asked] }) => {
      const query = uuid.test(asked) ? { id: asked.toLowerCase() } : { q: asked };
      const { items } = await get<{ items: MerchantRow[] }>('/merchants', { ...query, limit: 8 });
      const records = uuid.test(asked) && items.length === 0 ? await recordsOf(asked.toLowerCase()) : [];
      return { items, records };
    },
    enabled: () => text.value !== '' && readsList.value,
  });
  const merchants = computed((): Found[] =>
    (answer.data.value?.items ?? []).map(({ id, name, subdistrict, status }) => ({
      to: merchantPath(id),
      title: name,
      note: `${areaName(subdistrict)} · ${inLanguage(statusWord[status])}`,
      kind: 'merchant',
    })),
  );
  const groups = computed((): Group[] => {
    const all: Group[] =
      text.value === ''
        ? [
            { name: 'recent', items: recent() },
            { name: 'pages', items: pageNames('') },
          ]
        : [
            { name: 'pages', items: pageNames(text.value) },
            { name: 'merchants', items: merchants.value },
            { name: 'records', items: answer.data.value?.records ?? [] },
          ];
    return all.filter(({ items }) => items.length > 0);
  });
  return { groups, isSearching: computed(() => answer.isFetching.value), error: answer.error };
}
