// A list of any length, as a large district has it: the same shops for the same number, made one at a time.
import type { NewMerchant } from '../server/domain/draft-parts.ts';
import { type ColumnKey, columnTitles, modeWords } from '../server/domain/list-columns.ts';
import { makeUscc } from '../server/lib/uscc.ts';
import { categoryProfiles } from '../server/seeds/category-profiles.ts';
import categoryData from '../server/seeds/data/categories.json' with { type: 'json' };
import { brandWords, luckyWords, surnames } from '../server/seeds/merchant-words.ts';
import { addressIn, moved, placesOf, shortName } from '../server/seeds/places.ts';
import { makeRandom, type Random } from '../server/seeds/random.ts';

const places = placesOf('daowai');
const placeByCode = new Map(places.map((place) => [place.code, place]));
const placeWeights = Object.fromEntries(places.map(({ code, share }) => [code, share]));
const categoryWeights = Object.fromEntries(categoryData.categories.map(({ key, count }) => [key, count]));

/** So many shops of the demonstration's district; lists whose numbers do not overlap share no code. */
export function* shopsOfList(count: number, from = 0): Generator<NewMerchant> {
  const random = makeRandom(`a large list from ${from}`);
  for (let index = from; index < from + count; index += 1) yield shopOf(random, index);
}

/** Every code is given once, with its check digits right; one shop in twenty has a register number instead. */
function shopOf(random: Random, index: number): NewMerchant {
  const category = random.weighted(categoryWeights);
  const profile = categoryProfiles[category];
  const place = placeByCode.get(random.weighted(placeWeights));
  if (!profile || !place) throw new RangeError(`There are no shops of ${category}.`);
  const [trade, gbt4754] = random.pick(profile.trades);
  const word = random.chance(0.3) ? random.pick(brandWords) : random.pick(luckyWords);
  const address = addressIn(random, place);
  const where = random.chance(0.5) ? shortName(place) : (address.split(' ')[0] ?? '');
  const isLicensed = random.chance(0.05);
  return {
    facts: {
      name: `${where}${random.pick(surnames)}${word}${trade}`,
      uscc: isLicensed ? null : makeUscc(random.chance(profile.enterprise) ? '91' : '92', '230104', index),
      outlet: 1,
      registerNumber: isLicensed ? `黑样备${String(index).padStart(7, '0')}` : null,
      category,
      gbt4754,
      subdistrict: place.code,
      address: `${address}${random.int(1, 30)}单元`,
      point: {
        type: 'Point',
        coordinates: moved(place.centre, random.gauss() * place.spread, random.gauss() * place.spread),
      },
      site: null,
      mode: [...random.pick(profile.modes)],
      capacity: profile.capacity ? random.int(...profile.capacity) : null,
    },
    contact: {
      name: `${random.pick(surnames)}示例`,
      phone: `1040${String(index % 10_000_000).padStart(7, '0')}`,
    },
  };
}

const columns = {
  name: ({ facts }) => facts.name,
  uscc: ({ facts }) => facts.uscc,
  registerNumber: ({ facts }) => facts.registerNumber,
  category: ({ facts }) => facts.category,
  subdistrict: ({ facts }) => facts.subdistrict,
  address: ({ facts }) => facts.address,
  lng: ({ facts }) => facts.point?.coordinates[0],
  lat: ({ facts }) => facts.point?.coordinates[1],
  mode: ({ facts }) => facts.mode.map((mode) => modeWords[mode].zh).join('、'),
  gbt4754: ({ facts }) => facts.gbt4754,
  capacity: ({ facts }) => facts.capacity,
  contactName: ({ contact }) => contact?.name,
  contactPhone: ({ contact }) => contact?.phone,
} satisfies Partial<Record<ColumnKey, (shop: NewMerchant) => string | number | null | undefined>>;

/** The same as the lines of a file that an office might send. */
export function* linesOfList(count: number): Generator<string> {
  const keys = Object.keys(columns) as (keyof typeof columns)[];
  yield `${keys.map((key) => columnTitles[key].zh).join(',')}\r\n`;
  for (const shop of shopsOfList(count)) yield `${keys.map((key) => columns[key](shop) ?? '').join(',')}\r\n`;
}
