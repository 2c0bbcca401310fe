// A sweep (逐家查): the shops of one market or one street, each offered until somebody has visited it today. Pure.
import type { OutboxItem, Pack, Place, Shop } from './contract.ts';
import { metresBetween, streetOf } from './places.ts';

/** What is swept: a market by its id, or a street by its name. */
export type Ground = { kind: 'site' | 'street'; key: string };
type NamedGround = Ground & { name: string; all: number; left: number; metres: number | null };
type Sweep = { all: number; left: Shop[] };
type Known = Pick<Pack, 'merchants' | 'visits'>;

const visitable = new Set<Shop['status']>(['listed', 'suspended', 'verifying']);

export const isVisitable = ({ status }: Shop): boolean => visitable.has(status);

/** Shops with a visit today, sealed on this phone or handed in by anybody. A self-check is none of the bureau's. */
export function visitedShops(
  { merchants, visits }: Known,
  outbox: readonly Pick<OutboxItem, 'shop' | 'sealedAt'>[],
  isToday: (at: string) => boolean,
): Set<string> {
  const visited = new Set(outbox.filter(({ sealedAt }) => isToday(sealedAt)).map(({ shop }) => shop.id));
  for (const { id, lastVisit } of merchants) if (lastVisit && isToday(lastVisit.at)) visited.add(id);
  for (const { kind, merchant, arrivedAt } of visits)
    if (kind !== 'self' && isToday(arrivedAt)) visited.add(merchant);
  return visited;
}

/** Where a shop is swept: with its market, or else with its street. */
const groundOf = ({ site, address }: Shop): Ground =>
  site === null ? { kind: 'street', key: streetOf(address) } : { kind: 'site', key: site };

const isOf = (shop: Shop, { kind, key }: Ground): boolean => {
  const own = groundOf(shop);
  return own.kind === kind && own.key === key;
};

/**
 * What is left, in the order to go. Nearer ones first, but a difference within the position's own error says nothing: there, and
 * without a position, the order of addresses holds. Shops put off come last.
 */
export function sweepOf(
  shops: readonly Shop[],
  ground: Ground,
  { visited, putOff, here }: { visited: ReadonlySet<string>; putOff: readonly string[]; here: Place | null },
): Sweep {
  const all = shops.filter((shop) => isVisitable(shop) && isOf(shop, ground));
  const open = all.filter(({ id }) => !visited.has(id));
  const rank = ({ id }: Shop) => putOff.indexOf(id);
  const left = open
    .map((shop) => ({ shop, later: rank(shop), ring: ringOf(shop, here) }))
    .sort((a, b) => a.later - b.later || a.ring - b.ring || byAddress(a.shop, b.shop))
    .map(({ shop }) => shop);
  return { all: all.length, left };
}

const leastErrorMetres = 10;

/** How many times the position's error a shop is away. */
function ringOf({ point }: Shop, here: Place | null): number {
  if (!here || !point) return Number.MAX_SAFE_INTEGER;
  const error = Math.max(leastErrorMetres, here.accuracy);
  return Math.floor(metresBetween([here.lng, here.lat], point) / error);
}

const { compare } = new Intl.Collator('zh', { numeric: true });
const byAddress = (one: Shop, other: Shop): number =>
  compare(one.address, other.address) || compare(one.name, other.name) || (one.id < other.id ? -1 : 1);

/** All markets, and all streets with several shops, the nearest first, those that are done last. */
export function groundsOf(
  { merchants, sites }: Pick<Pack, 'merchants' | 'sites'>,
  visited: ReadonlySet<string>,
  here: Place | null,
): NamedGround[] {
  const names = new Map(sites.map(({ id, name }) => [id, name]));
  const grounds = new Map<string, NamedGround>();
  for (const shop of merchants) {
    if (!isVisitable(shop)) continue;
    const own = groundOf(shop);
    const id = `${own.kind} ${own.key}`;
    const name = own.kind === 'site' ? (names.get(own.key) ?? own.key) : own.key;
    const known = grounds.get(id) ?? { ...own, name, all: 0, left: 0, metres: null };
    grounds.set(id, withShop(known, shop, { isLeft: !visited.has(shop.id), here }));
  }
  return [...grounds.values()]
    .filter(({ kind, all }) => kind === 'site' || all > 1)
    .sort(
      (a, b) =>
        Number(a.left === 0) - Number(b.left === 0) ||
        (a.metres ?? Infinity) - (b.metres ?? Infinity) ||
        compare(a.name, b.name),
    );
}

function withShop(
  ground: NamedGround,
  { point }: Shop,
  { isLeft, here }: { isLeft: boolean; here: Place | null },
): NamedGround {
  const away = here && point ? metresBetween([here.lng, here.lat], point) : null;
  const metres = away === null ? ground.metres : Math.min(away, ground.metres ?? Infinity);
  return { ...ground, all: ground.all + 1, left: ground.left + Number(isLeft), metres };
}
