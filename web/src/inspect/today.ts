// What this inspector has done today: from the phone's own outbox and from the visits of the pack, each once.
import { dayOf } from '../shared/time.ts';
import type { OutboxItem, Pack, Result, Shop, User } from './core/contract.ts';

export type Done = { id: string; shop: string; result: Result; at: string };

export function doneToday(pack: Pack | null, outbox: OutboxItem[], user: User | null, now: Date): Done[] {
  const today = dayOf(now);
  const found = new Map<string, Done>();
  for (const visit of pack?.visits ?? []) {
    const mine = visit.inspectors.some((one) => one === user?.id || one === user?.name);
    if (mine && dayOf(visit.arrivedAt) === today)
      found.set(visit.id, { id: visit.id, shop: visit.merchant, result: visit.result, at: visit.arrivedAt });
  }
  for (const { id, shop, result, sealedAt } of outbox)
    if (dayOf(sealedAt) === today) found.set(id, { id, shop: shop.id, result, at: sealedAt });
  return [...found.values()].sort((one, other) => (one.at < other.at ? -1 : 1));
}

const visitable = new Set<Shop['status']>(['listed', 'suspended', 'verifying']);

/** Shops that nobody has visited today. */
export function shopsToVisit(pack: Pack | null, done: Done[], now: Date): Shop[] {
  const visited = new Set(done.map(({ shop }) => shop));
  const today = dayOf(now);
  return (pack?.merchants ?? []).filter(
    ({ id, status, lastVisit }) =>
      visitable.has(status) && !visited.has(id) && !(lastVisit && dayOf(lastVisit.at) === today),
  );
}
