// Where one sample merchant stands: on a street, or on a numbered stand in a market, mall or park.
import type { CategoryProfile, Setting } from './category-profiles.ts';
import type { DemoDistrict, Place, Point } from './places.ts';
import { addressIn, insideDistrict, moved, placeOf, placesOf, pointNear } from './places.ts';
import type { Random } from './random.ts';
import type { SeedSite } from './sites.ts';

/** A merchant's place. `stand` is its number inside the site ("A区12号"), null on a street. */
export interface Stand {
  place: Place;
  community: string | null;
  site: SeedSite | null;
  stand: string | null;
  address: string;
  point: Point;
}

/** Gives stands away, never the same one or the same point twice. */
export type StandMaker = (random: Random, category: string, profile: CategoryProfile) => Stand;

/** Starts giving away stands in a district. The sites' own points count as taken. */
export function makeStands(district: DemoDistrict, sites: readonly SeedSite[]): StandMaker {
  const taken = new Set(sites.map(({ point }) => point.join()));
  const given = new Map<string, number>();
  const operated = sites.filter(({ kind }) => kind === 'farm-market');
  const anchored = sites.filter(({ kind }) => kind === 'mall');

  return (random, category, profile) => {
    // Each market has one operator and each mall one supermarket; they come before anybody else of their category.
    const first = category === 'market-operator' ? operated.shift() : undefined;
    const anchor = category === 'supermarket' ? anchored.shift() : undefined;
    const site = first ?? anchor ?? siteFor(random, profile, sites);
    if (!site) return onStreet(random, district, taken);
    if (first) return atGate(random, district, site, taken);
    return inSite(district, site, zoneOf(site, category), given, taken);
  };
}

function siteFor(random: Random, profile: CategoryProfile, sites: readonly SeedSite[]): SeedSite | null {
  const setting: Setting = random.weighted(profile.settings);
  const candidates = sites.filter(({ kind }) => kind === setting);
  return candidates.length === 0 ? null : busyOneOf(random, candidates);
}

// Sites are not equally busy: the square makes the early ones of a list several times larger than the late ones.
function busyOneOf(random: Random, sites: readonly SeedSite[]): SeedSite {
  const share = random.chance(0.5) ? random.next() : random.next() ** 2;
  return sites[Math.floor(share * sites.length)] ?? random.pick(sites);
}

function onStreet(random: Random, district: DemoDistrict, taken: Set<string>): Stand {
  const places = placesOf(district);
  const code = random.weighted(Object.fromEntries(places.map(({ code, share }) => [code, share])));
  const place = placeOf(code);
  const point = free(pointNear(random, district, place), taken);
  const community = random.chance(0.95) ? random.pick(place.communities) : null;
  return { place, community, site: null, stand: null, address: addressIn(random, place), point };
}

function atGate(random: Random, district: DemoDistrict, site: SeedSite, taken: Set<string>): Stand {
  const place = placeOf(site.subdistrict);
  const point = free(near(random, district, site, 10, 10), taken);
  return { place, community: null, site, stand: null, address: `${site.address} ${site.name}`, point };
}

function inSite(
  district: DemoDistrict,
  site: SeedSite,
  zone: string,
  given: Map<string, number>,
  taken: Set<string>,
): Stand {
  const counter = `${site.key}/${zone}`;
  const number = (given.get(counter) ?? 0) + 1;
  given.set(counter, number);
  const stand = site.kind === 'mall' ? `${zone}${String(number).padStart(2, '0')}号` : `${zone}区${number}号`;
  return {
    place: placeOf(site.subdistrict),
    community: null,
    site,
    stand,
    address: `${site.address} ${site.name} ${stand}`,
    point: free(onGrid(district, site, zone, number), taken),
  };
}

// Stands lie in rows of twelve, so that the next nearest one is the next number: 3 m apart in a market, 15 m in a park.
function onGrid(district: DemoDistrict, site: SeedSite, zone: string, number: number): Point {
  const step = site.kind === 'logistics-park' ? 15 : 3;
  const row = Math.floor((number - 1) / 12) + (zone.charCodeAt(0) % 8) * 2;
  const point = moved(site.point, (((number - 1) % 12) - 6) * step, (row - 4) * step);
  return insideDistrict(district, point) ? point : site.point;
}

function near(random: Random, district: DemoDistrict, site: SeedSite, east: number, north: number): Point {
  const point = moved(site.point, random.int(-east, east), random.int(-north, north));
  return insideDistrict(district, point) ? point : site.point;
}

// Two shops at one point could not be told apart on a map: the later one moves a metre north, again and again.
function free(point: Point, taken: Set<string>): Point {
  let free = point;
  while (taken.has(free.join())) free = moved(free, 0, 1);
  taken.add(free.join());
  return free;
}

const marketZones: Readonly<Record<string, string>> = {
  'fruit-vegetable': 'A',
  'meat-egg-aquatic': 'B',
  'grain-oil': 'C',
  'staple-bakery': 'C',
  'wholesale-produce': 'D',
};

const parkZones: Readonly<Record<string, string>> = {
  'wholesale-produce': 'A',
  'freight-park': 'B',
  'cold-grain-storage': 'C',
  'front-warehouse': 'C',
};

const mallFloors: Readonly<Record<string, string>> = {
  supermarket: 'B1-',
  catering: '3-',
  'staple-bakery': 'B1-',
};

function zoneOf(site: SeedSite, category: string): string {
  if (site.kind === 'mall') return mallFloors[category] ?? '1-';
  return (site.kind === 'logistics-park' ? parkZones[category] : marketZones[category]) ?? 'E';
}
