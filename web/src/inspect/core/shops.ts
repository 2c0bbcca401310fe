// The pack as it is asked: shops by id and code, with their visits, orders and checklists. Made once for each pack. Pure.
import type { Checklist, Draft, Pack, PackedOrder, PackedVisit, Shop } from './contract.ts';
import { doorCodeIn, normalDoorCode } from './door-code.ts';
import { searchOf } from './search.ts';

export type Shops = {
  shop(id: string): Shop | undefined;
  byCode(text: string): Shop | undefined;
  search(text: string, limit: number): Shop[];
  checklistFor(shop: Shop, kind: Draft['kind']): Checklist | undefined;
  checklist(key: string, version: number): Checklist | undefined;
  visitsOf(shop: string): PackedVisit[];
  ordersOf(shop: string): PackedOrder[];
};
type Content = Pick<Pack, 'categories' | 'checklists' | 'merchants' | 'orders' | 'visits'>;

/** What a shop is visited with whose category has no checklist of its own, as on the server. */
const usualChecklist = 'essential';

export function shopsOf({ categories, checklists, merchants, orders, visits }: Content): Shops {
  const byId = new Map(merchants.map((shop) => [shop.id, shop]));
  const byCode = new Map(merchants.map((shop) => [normalDoorCode(shop.code), shop]));
  const visitsByShop = grouped(visits);
  const ordersByShop = grouped(orders);
  const newestFirst = checklists.toSorted((a, b) => b.version - a.version);
  const checklist = (key: string, version: number) =>
    checklists.find((one) => one.key === key && one.version === version);
  return {
    shop: (id) => byId.get(id),
    byCode(text) {
      const code = doorCodeIn(text);
      return code === '' ? undefined : byCode.get(code);
    },
    search: searchOf(merchants),
    checklistFor({ id, category }, kind) {
      const followed = (visitsByShop.get(id) ?? []).find(({ result }) => result === 'orders')?.checklist;
      const same = kind === 'recheck' && followed && checklist(followed.key, followed.version);
      if (same) return same;
      const named = categories.find(({ key }) => key === category)?.checklist;
      const own = named && checklist(named.key, named.version);
      return own ?? newestFirst.find(({ key }) => key === usualChecklist);
    },
    checklist,
    visitsOf: (shop) => visitsByShop.get(shop) ?? [],
    ordersOf: (shop) => ordersByShop.get(shop) ?? [],
  };
}

export const emptyShops = shopsOf({
  categories: [],
  checklists: [],
  merchants: [],
  orders: [],
  visits: [],
});

function grouped<T extends { merchant: string }>(records: T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const record of records) {
    const group = groups.get(record.merchant);
    if (group) group.push(record);
    else groups.set(record.merchant, [record]);
  }
  return groups;
}
