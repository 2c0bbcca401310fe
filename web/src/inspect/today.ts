// What this inspector has done today: from the phone's own outbox and from the visits of the pack, each once.
import { dayOf, instantOf } from '../shared/time.ts';
import type { OutboxItem, Pack, Result, Shop, User } from './core/contract.ts';
import { isVisitable } from './core/sweep.ts';

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

/** Shops that nobody has visited today. */
export function shopsToVisit(pack: Pack | null, done: Done[], now: Date): Shop[] {
  const visited = new Set(done.map(({ shop }) => shop));
  const today = dayOf(now);
  return (pack?.merchants ?? []).filter(
    (shop) =>
      isVisitable(shop) && !visited.has(shop.id) && !(shop.lastVisit && dayOf(shop.lastVisit.at) === today),
  );
}

const dayMillis = 86_400_000;

/** Whether an instant lies in the day of `now`. For many instants at once: it reads no calendar for each. */
export function dayTest(now: Date): (at: string) => boolean {
  const start = instantOf(dayOf(now)).getTime();
  return (at) => {
    const since = Date.parse(at) - start;
    return since >= 0 && since < dayMillis;
  };
}
