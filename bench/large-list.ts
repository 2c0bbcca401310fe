// A list of any length, as a file that a country's bureau might send: the same rows for the same number, made one at a time.
import { makeUscc } from '../server/lib/uscc.ts';
import { categoryProfiles } from '../server/seeds/category-profiles.ts';
import categoryData from '../server/seeds/data/categories.json' with { type: 'json' };
import { brandWords, luckyWords, surnames } from '../server/seeds/merchant-words.ts';
import { addressIn, moved, placesOf, shortName } from '../server/seeds/places.ts';
import { makeRandom, type Random } from '../server/seeds/random.ts';

const titles = [
  '商户名称',
  '统一社会信用代码',
  '登记号',
  '类别',
  '街道代码',
  '地址',
  '经度',
  '纬度',
  '营业方式',
  '行业代码',
  '容纳人数',
  '联系人',
  '联系电话',
];

const places = placesOf('daowai');
const placeByCode = new Map(places.map((place) => [place.code, place]));
const placeWeights = Object.fromEntries(places.map(({ code, share }) => [code, share]));
const categoryWeights = Object.fromEntries(categoryData.categories.map(({ key, count }) => [key, count]));
const modeWords = { 'in-store': '堂食', 'pick-up': '自提', delivery: '配送' };

/** The lines of a CSV file with so many shops. */
export function* linesOfList(count: number): Generator<string> {
  yield `${titles.join(',')}\r\n`;
  const random = makeRandom('a large list');
  for (let index = 0; index < count; index += 1) yield `${shopOf(random, index).join(',')}\r\n`;
}

/** Every code is given once, with its check digits right; one shop in twenty has a register number instead. */
function shopOf(random: Random, index: number): (string | number)[] {
  const category = random.weighted(categoryWeights);
  const profile = categoryProfiles[category];
  const place = placeByCode.get(random.weighted(placeWeights));
  if (!profile || !place) throw new RangeError(`There are no shops of ${category}.`);
  const [trade, gbt4754] = random.pick(profile.trades);
  const word = random.chance(0.3) ? random.pick(brandWords) : random.pick(luckyWords);
  const address = addressIn(random, place);
  const where = random.chance(0.5) ? shortName(place) : (address.split(' ')[0] ?? '');
  const [lng, lat] = moved(place.centre, random.gauss() * place.spread, random.gauss() * place.spread);
  const isLicensed = random.chance(0.05);
  const modes = random.pick(profile.modes).map((mode) => modeWords[mode]);
  return [
    `${where}${random.pick(surnames)}${word}${trade}`,
    isLicensed ? '' : makeUscc(random.chance(profile.enterprise) ? '91' : '92', '230104', index),
    isLicensed ? `黑样备${String(index).padStart(7, '0')}` : '',
    category,
    place.code,
    `${address}${random.int(1, 30)}单元${random.int(101, 2899)}室`,
    lng,
    lat,
    modes.join('、'),
    gbt4754,
    profile.capacity ? random.int(...profile.capacity) : '',
    `${random.pick(surnames)}示例`,
    `1040${String(index % 10_000_000).padStart(7, '0')}`,
  ];
}
