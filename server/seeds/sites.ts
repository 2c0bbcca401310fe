// The sites of the demonstration: malls, farm markets, and the six logistics parks of Daowai by name.
import type { DemoDistrict, Place, Point } from './places.ts';
import { addressIn, placeOf, placesOf, pointNear, shortName } from './places.ts';
import type { Random } from './random.ts';

/** What a site is; a site is a record of its own to which shops belong, no category of merchant. */
export type SiteKind = 'farm-market' | 'mall' | 'logistics-park';

/** A market, mall or park of the demonstration. */
export interface SeedSite {
  key: string;
  kind: SiteKind;
  name: string;
  subdistrict: string;
  address: string;
  point: Point;
}

type Named = [name: string, subdistrict: string];

const malls: Readonly<Record<DemoDistrict, readonly Named[]>> = {
  daowai: [
    ['靖宇里购物中心（示例）', '230104001'],
    ['南直荟购物广场（示例）', '230104023'],
    ['三棵树生活广场（示例）', '230104027'],
    ['新一里商场（示例）', '230104026'],
    ['团结新城购物中心（示例）', '230104111'],
  ],
  second: [['红旗里购物中心（示例）', '230110007']],
};

// The names are those of the source; where each park lies is our assumption.
const parks: Readonly<Record<DemoDistrict, readonly Named[]>> = {
  daowai: [
    ['禧龙物流园区', '230104111'],
    ['神吉物流园区', '230104024'],
    ['传化物流园区', '230104111'],
    ['中顺物流园区', '230104028'],
    ['华都物流园区', '230104111'],
    ['锦诚物流园区', '230104112'],
  ],
  second: [],
};

// One market each; the places with most shops have a second one, so that Daowai's 38 operators have one each.
const secondMarkets: Readonly<Record<DemoDistrict, number>> = { daowai: 11, second: 0 };

/** All sites of a district, in a fixed order: malls, parks, markets. Equal seeds give equal sites. */
export function generateSites(random: Random, district: DemoDistrict): SeedSite[] {
  const named = (kind: SiteKind, list: readonly Named[]): SeedSite[] =>
    list.map(([name, subdistrict], i) => makeSite(random, district, kind, name, placeOf(subdistrict), i + 1));
  return [
    ...named('mall', malls[district]),
    ...named('logistics-park', parks[district]),
    ...named('farm-market', marketNames(district)),
  ];
}

function marketNames(district: DemoDistrict): Named[] {
  const places = placesOf(district);
  const busiest = [...places].sort((a, b) => b.share - a.share || (a.code < b.code ? -1 : 1));
  return [
    ...places.map((place): Named => [`${shortName(place)}${place.town ? '大集' : '农贸市场'}`, place.code]),
    ...busiest
      .slice(0, secondMarkets[district])
      .map((place): Named => [`${shortName(place)}早市`, place.code]),
  ];
}

function makeSite(
  random: Random,
  district: DemoDistrict,
  kind: SiteKind,
  name: string,
  place: Place,
  number: number,
): SeedSite {
  const key = `${district}-${kind}-${String(number).padStart(2, '0')}`;
  const own = random.fork(`site/${key}`);
  return {
    key,
    kind,
    name,
    subdistrict: place.code,
    address: addressIn(own, place),
    point: pointNear(own, district, place),
  };
}
