// In which order to walk: the nearest shops, street by street, each time to the one that is nearest to the last.
import { metresBetween, type Point, streetOf } from './core/places.ts';

export type Spot = { address: string; point: Point | null };
export type Stop<S> = { shop: S; metres: number | null };
/** `left`: all shops of this street that are to be visited, also those beyond the limit. */
export type Street<S> = { name: string; left: number; stops: Stop<S>[] };

export function walkFrom<S extends Spot>(
  shops: readonly S[],
  from: Point | null,
  limit: number,
): Street<S>[] {
  const left = new Map<string, number>();
  for (const { address } of shops) {
    const name = streetOf(address);
    left.set(name, (left.get(name) ?? 0) + 1);
  }
  const chosen = from ? nearest(shops, from, limit) : inOrder(shops).slice(0, limit);
  const streets = new Map<string, Stop<S>[]>();
  for (const stop of chosen) {
    const name = streetOf(stop.shop.address);
    streets.set(name, [...(streets.get(name) ?? []), stop]);
  }
  const named = [...streets].map(([name, stops]) => ({ name, left: left.get(name) ?? 0, stops }));
  return from ? walked(named, from) : named;
}

function nearest<S extends Spot>(shops: readonly S[], from: Point, limit: number): Stop<S>[] {
  return shops
    .map((shop) => ({ shop, metres: shop.point && metresBetween(from, shop.point) }))
    .sort((one, other) => (one.metres ?? Infinity) - (other.metres ?? Infinity))
    .slice(0, limit);
}

function inOrder<S extends Spot>(shops: readonly S[]): Stop<S>[] {
  const compare = new Intl.Collator('zh', { numeric: true }).compare;
  return [...shops]
    .sort((one, other) => compare(one.address, other.address))
    .map((shop) => ({ shop, metres: null }));
}

/** Each street whole before the next one begins. */
function walked<S extends Spot>(streets: Street<S>[], from: Point): Street<S>[] {
  const order: Street<S>[] = [];
  const waiting = [...streets];
  let at = from;
  while (waiting.length > 0) {
    const away = (street: Street<S>) => Math.min(...street.stops.map(({ shop }) => distance(at, shop)));
    const next = closest(waiting, away);
    waiting.splice(waiting.indexOf(next), 1);
    const stops: Stop<S>[] = [];
    const rest = [...next.stops];
    while (rest.length > 0) {
      const stop = closest(rest, ({ shop }) => distance(at, shop));
      rest.splice(rest.indexOf(stop), 1);
      stops.push(stop);
      at = stop.shop.point ?? at;
    }
    order.push({ ...next, stops });
  }
  return order;
}

const distance = (at: Point, { point }: Spot): number => (point ? metresBetween(at, point) : Infinity);

function closest<T>(all: T[], away: (one: T) => number): T {
  return all.reduce((best, one) => (away(one) < away(best) ? one : best));
}

/** At 75 metres a minute. */
export const walkingMinutes = (metres: number): number => Math.max(1, Math.round(metres / 75));
