// Who walks where on which day: sample inspectors' routes, each from shop to next nearest shop.
import type { SeedMerchant } from './merchants.ts';
import { metresBetween } from './places.ts';
import type { Random } from './random.ts';

/** What an inspector may visit; a missing list means everywhere, or every category. */
export interface InspectorScope {
  subdistricts?: readonly string[];
  categories?: readonly string[];
}

/** One stop: the shop, the inspector's index, days before today, minutes after midnight, and how long it takes. */
export interface Stop {
  merchant: SeedMerchant;
  inspector: number;
  dayOffset: number;
  minuteOfDay: number;
  minutes: number;
  /** True where another inspector found a fault some days before. */
  recheck: boolean;
}

/** What to plan; `faulty` says which shops have a fault at their first visit, so that some are called on again. */
export interface RouteOptions {
  days: number;
  count: number;
  faulty: (merchant: SeedMerchant) => boolean;
}

const OPENS = 8 * 60 + 30;
const CLOSES = 17 * 60 + 30;
/** What one person manages in a day, by experience of real sweeps. */
const SHOPS_A_DAY = 24;
const MAX_STEP = 22;

/**
 * Plans `count` stops over the days from `days` ago until yesterday, oldest first. Nobody is in two places at once, no shop comes
 * twice while its inspector has others left, and the suspended are called on early. Throws a RangeError when no inspector
 * covers any shop, or too few for a day's stops.
 */
export function planRoutes(
  random: Random,
  merchants: readonly SeedMerchant[],
  inspectors: readonly InspectorScope[],
  { days, count, faulty }: RouteOptions,
): Stop[] {
  const grounds = inspectors.map((scope) => merchants.filter((merchant) => covers(scope, merchant)));
  const able = inspectors.map((_, i) => i).filter((i) => (grounds[i] ?? []).length > 0);
  if (able.length === 0) throw new RangeError('No inspector covers any of these merchants.');
  const first = new Map<string, Stop>();
  const again = new Set<string>();

  const walkOf = (inspector: number, dayOffset: number, length: number, onDay: Set<string>): Stop[] => {
    const ground = (grounds[inspector] ?? []).filter(({ key }) => !onDay.has(key));
    const due = ground.filter((merchant) => isDue(first.get(merchant.key), inspector, dayOffset));
    const waiting = due.filter((merchant) => faulty(merchant) && !again.has(merchant.key));
    const recheck = length > 0 && waiting.length > 0 && random.chance(0.5) ? random.pick(waiting) : null;
    const walk = walkFrom(random, ground, length, recheck, (merchant) => first.has(merchant.key));
    const stops = timed(random, walk, inspector, dayOffset, recheck);
    if (recheck) again.add(recheck.key);
    for (const stop of stops) {
      onDay.add(stop.merchant.key);
      if (!first.has(stop.merchant.key)) first.set(stop.merchant.key, stop);
    }
    return stops;
  };

  return Array.from({ length: days }, (_, i) => days - i).flatMap((dayOffset, i) => {
    const today = portion(count, days, i);
    const crew = random.shuffle(able).slice(0, Math.max(1, Math.ceil(today / SHOPS_A_DAY)));
    const onDay = new Set<string>();
    return crew.flatMap((inspector, place) =>
      walkOf(inspector, dayOffset, portion(today, crew.length, place), onDay),
    );
  });
}

// The i-th of n nearly equal whole parts.
function portion(total: number, n: number, i: number): number {
  return Math.floor(((i + 1) * total) / n) - Math.floor((i * total) / n);
}

// Only another inspector may recheck, and only after a few days.
function isDue(stop: Stop | undefined, inspector: number, dayOffset: number): boolean {
  return stop !== undefined && stop.inspector !== inspector && stop.dayOffset - dayOffset >= 3;
}

function covers({ subdistricts, categories }: InspectorScope, merchant: SeedMerchant): boolean {
  return (
    (subdistricts?.includes(merchant.subdistrict) ?? true) &&
    (categories?.includes(merchant.category) ?? true)
  );
}

function walkFrom(
  random: Random,
  ground: readonly SeedMerchant[],
  length: number,
  begin: SeedMerchant | null,
  visited: (merchant: SeedMerchant) => boolean,
): SeedMerchant[] {
  const walk = begin ? [begin] : [];
  const fresh = new Set(ground.filter((merchant) => !visited(merchant)));
  const rest = new Set(ground.filter((merchant) => merchant !== begin));
  while (walk.length < length) {
    const open = fresh.size > 0 ? fresh : rest;
    if (open.size === 0) throw new RangeError('Too few merchants for a day of visits.');
    const last = walk.at(-1);
    const next = last ? nearest(last, open) : start(random, [...open]);
    walk.push(next);
    fresh.delete(next);
    rest.delete(next);
  }
  return walk;
}

function start(random: Random, open: readonly SeedMerchant[]): SeedMerchant {
  const suspended = open.filter(({ fate }) => fate === 'suspended');
  return suspended.length > 0 && random.chance(0.7) ? random.pick(suspended) : random.pick(open);
}

function nearest(from: SeedMerchant, open: ReadonlySet<SeedMerchant>): SeedMerchant {
  let best = from;
  let distance = Infinity;
  for (const merchant of open) {
    const metres = metresBetween(from.point, merchant.point);
    if (metres < distance) [best, distance] = [merchant, metres];
  }
  return best;
}

function timed(
  random: Random,
  walk: readonly SeedMerchant[],
  inspector: number,
  dayOffset: number,
  recheck: SeedMerchant | null,
): Stop[] {
  const step = Math.min(MAX_STEP, Math.floor((CLOSES - OPENS) / Math.max(1, walk.length)));
  const begin = OPENS + random.int(0, CLOSES - OPENS - step * walk.length);
  return walk.map((merchant, i) => ({
    merchant,
    inspector,
    dayOffset,
    minuteOfDay: begin + i * step + random.int(0, Math.floor(step / 3)),
    minutes: random.int(1, Math.max(1, Math.min(9, Math.floor(step / 2)))),
    recheck: merchant === recheck,
  }));
}
