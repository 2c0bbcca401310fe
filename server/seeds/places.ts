// Where the sample shops stand: a plausible centre and the streets of each subdistrict, and the district's outline.
// Centres are placed by hand inside the outline, they are not surveyed: no public source has subdistrict outlines.
import areas from './data/areas.json' with { type: 'json' };
import outlines from './data/outline.json' with { type: 'json' };
import type { Random } from './random.ts';

/** Longitude and latitude in degrees, WGS 84, six decimals (0.1 m). */
export type Point = [lng: number, lat: number];

/** The two districts of the demonstration: Daowai, and a small second one to show that scopes hold. */
export type DemoDistrict = 'daowai' | 'second';

/** GB/T 2260 codes of the demonstration districts. */
export const DISTRICT_CODES: Readonly<Record<DemoDistrict, string>> = { daowai: '230104', second: '230110' };

/** A subdistrict as the generator sees it. `spread` is a standard deviation in metres, `share` a weight for shops. */
export interface Place {
  code: string;
  name: string;
  town: boolean;
  centre: Point;
  spread: number;
  share: number;
  streets: readonly string[];
  communities: readonly string[];
}

type Row = [code: string, lng: number, lat: number, spread: number, share: number, streets: string];

const METRES_PER_DEGREE = 111_320;
const COS_LATITUDE = 0.6975; // cos 45.77°

// Streets that belong to the subdistrict by name or by common knowledge; where none is known the list is empty
// and an address says 示例路.
const rows: readonly Row[] = [
  ['230104001', 126.64, 45.7868, 330, 8, '靖宇街 南勋街 北二道街 北三道街 南头道街'],
  ['230104002', 126.6325, 45.7792, 330, 7, '太古街 南极街 南新街'],
  ['230104003', 126.6462, 45.782, 300, 5, '东莱街 南十四道街 水晶街'],
  ['230104004', 126.6292, 45.7735, 300, 5, '滨江街 保障街 德胜街'],
  ['230104005', 126.641, 45.7785, 280, 4, '仁里街 长春街'],
  ['230104006', 126.6368, 45.7822, 260, 4, '南市街 南四道街 南五道街'],
  ['230104007', 126.6525, 45.7842, 280, 4, '崇俭街 南十八道街 南十九道街'],
  ['230104008', 126.6578, 45.7918, 280, 4, '振江街 北十九道街 东北新街'],
  ['230104009', 126.6482, 45.7915, 280, 4, '北新街 北十四道街 大新街'],
  ['230104010', 126.6445, 45.789, 260, 4, '大兴街 北七道街 北八道街'],
  ['230104011', 126.6342, 45.7885, 260, 4, '升平街 北大六道街 三马街'],
  ['230104012', 126.6358, 45.7748, 300, 5, '南马路 景阳街 开原街 南平街'],
  ['230104021', 126.6725, 45.7935, 300, 3, '民强街'],
  ['230104022', 126.6818, 45.7835, 380, 7, '大有坊街 嵩山路'],
  ['230104023', 126.6905, 45.7715, 380, 7, '南直路 泰山路 卫星路'],
  ['230104024', 126.7105, 45.7722, 380, 5, '化工路 东棵街'],
  ['230104025', 126.6885, 45.792, 350, 5, '桦树街 水利路'],
  ['230104026', 126.7008, 45.7812, 380, 7, '新一街 水源路 先锋路'],
  ['230104027', 126.6965, 45.7985, 340, 5, '三棵树大街 东直路'],
  ['230104028', 126.7128, 45.7915, 300, 3, '水泥路'],
  ['230104029', 126.6745, 45.7862, 300, 4, '太平大街 宏伟路'],
  ['230104030', 126.6792, 45.8002, 300, 4, '黎华街 港务路'],
  ['230104031', 126.7115, 45.8045, 280, 2, '新乐街'],
  ['230104102', 126.984, 45.832, 420, 3, '三塔街 永粮街 振兴街'],
  ['230104109', 126.946, 45.905, 420, 2, ''],
  ['230104111', 126.762, 45.793, 650, 6, ''],
  ['230104112', 126.805, 45.858, 450, 3, ''],
  ['230110001', 126.6885, 45.718, 330, 4, '香坊大街'],
  ['230110002', 126.6665, 45.7275, 300, 4, '安埠街'],
  ['230110007', 126.6985, 45.7345, 330, 4, '红旗大街'],
  ['230110101', 126.838, 45.7005, 420, 2, ''],
];

const places: ReadonlyMap<string, Place> = new Map(rows.map((row) => [row[0], readPlace(row)]));

/** The subdistricts and towns of a district that have shops. */
export function placesOf(district: DemoDistrict): Place[] {
  const code = DISTRICT_CODES[district];
  return [...places.values()].filter((place) => place.code.startsWith(code));
}

/** The place with this subdistrict code; throws a RangeError for a code without shops. */
export function placeOf(subdistrict: string): Place {
  const place = places.get(subdistrict);
  if (!place) throw new RangeError(`No sample shops in ${subdistrict}.`);
  return place;
}

/** Whether a point lies inside a district's published outline (even-odd rule over all rings). */
export function insideDistrict(district: DemoDistrict, [lng, lat]: Point): boolean {
  const feature = outlines.features.find(({ properties }) => properties.code === DISTRICT_CODES[district]);
  const rings = feature?.geometry.coordinates.flat() ?? [];
  return rings.filter((ring) => crossesOddly(ring, lng, lat)).length % 2 === 1;
}

/** A random point around a centre, inside the district; towns spread freely, the city stays in the old town. */
export function pointNear(random: Random, district: DemoDistrict, place: Place): Point {
  for (;;) {
    const point = moved(place.centre, random.gauss() * place.spread, random.gauss() * place.spread);
    const inTown = place.town || district === 'second' || insideOldTown(point);
    if (inTown && insideDistrict(district, point)) return point;
  }
}

/** The point so many metres east and north of another. Good for a few kilometres. */
export function moved([lng, lat]: Point, east: number, north: number): Point {
  const degrees = 1 / METRES_PER_DEGREE;
  return [round6(lng + (east * degrees) / COS_LATITUDE), round6(lat + north * degrees)];
}

/** Distance in metres between two near points. */
export function metresBetween(a: Point, b: Point): number {
  const east = (a[0] - b[0]) * COS_LATITUDE;
  const north = a[1] - b[1];
  return Math.sqrt(east * east + north * north) * METRES_PER_DEGREE;
}

/** A subdistrict's name without its kind: 靖宇 for 靖宇街道. */
export function shortName(place: Place): string {
  return place.name.replace(/(大街街道|路街道|街道|镇)$/u, '');
}

/** A street address in a place, e.g. 靖宇街 128号. */
export function addressIn(random: Random, place: Place): string {
  const number = random.int(1, 299);
  return place.streets.length === 0
    ? `${place.name} 示例路 ${number}号`
    : `${random.pick(place.streets)} ${number}号`;
}

function insideOldTown([lng, lat]: Point): boolean {
  return lng > 126.62 && lng < 126.72 && lat > 45.765 && lat < 45.81;
}

function crossesOddly(ring: readonly (readonly number[])[], lng: number, lat: number): boolean {
  let odd = false;
  ring.forEach(([x1 = 0, y1 = 0], i) => {
    const [x2 = 0, y2 = 0] = ring[(i + 1) % ring.length] ?? [];
    if (y1 > lat !== y2 > lat && lng < x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1)) odd = !odd;
  });
  return odd;
}

function readPlace([code, lng, lat, spread, share, streets]: Row): Place {
  const area = areas.areas.find((one) => one.code === code);
  if (!area) throw new RangeError(`Unknown area ${code}.`);
  const communities = 'communities' in area ? (area.communities ?? []) : [];
  return {
    code,
    name: area.name,
    town: area.kind === 'town',
    centre: [lng, lat],
    spread,
    share,
    streets: streets === '' ? [] : streets.split(' '),
    communities: communities.map((community) => community.code),
  };
}

function round6(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
