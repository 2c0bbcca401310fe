// The sample merchants of a demonstration district: 6,029 listed ones in Daowai, some hundred in the second district.
import categoryData from './data/categories.json' with { type: 'json' };
import type { CategoryProfile, OpeningMode } from './category-profiles.ts';
import { categoryProfiles } from './category-profiles.ts';
import { brandOf, isStall, makeNames } from './merchant-names.ts';
import { surnames } from './merchant-words.ts';
import type { DemoDistrict, Point } from './places.ts';
import { DISTRICT_CODES } from './places.ts';
import type { Random } from './random.ts';
import { makeRegistrar } from './registrations.ts';
import { generateSites } from './sites.ts';
import { makeStands } from './stands.ts';

/** What becomes of a merchant by the time the demonstration begins. */
export type Fate = 'listed' | 'applying' | 'verifying' | 'suspended' | 'removed' | 'rejected';

/** The raw material of one merchant; `site` is the key of a site, `key` is stable for a seed and district. */
export interface SeedMerchant {
  key: string;
  name: string;
  uscc: string | null;
  outlet: number;
  registerNumber: string | null;
  category: string;
  gbt4754: string;
  subdistrict: string;
  community: string | null;
  address: string;
  point: Point;
  site: string | null;
  mode: OpeningMode[];
  capacity: number | null;
  contact: { name: string; phone: string };
  fate: Fate;
}

interface Slot {
  category: string;
  categoryIndex: number;
  fate: Fate;
}

const SECOND_DISTRICT_LISTED = 120;

const others: Readonly<Record<DemoDistrict, Readonly<Partial<Record<Fate, number>>>>> = {
  daowai: { applying: 36, verifying: 24, suspended: 45, removed: 30, rejected: 10 },
  second: { applying: 3, verifying: 2, suspended: 4, removed: 2, rejected: 1 },
};

/**
 * Makes all merchants of a district, category by category. Daowai has exactly the listed merchants that the category
 * table counts; the second district has about 120 in like shares, one operator for each of its markets.
 */
export function generateMerchants(random: Random, district: DemoDistrict): SeedMerchant[] {
  const sites = generateSites(random, district);
  const markets = sites.filter(({ kind }) => kind === 'farm-market').length;
  const stands = makeStands(district, sites);
  const registrar = makeRegistrar(DISTRICT_CODES[district]);
  const names = makeNames();
  const phones = makePhones();

  return slotsOf(random, district, markets).map(({ category, categoryIndex, fate }, i) => {
    const own = random.fork(`merchant/${district}/${i}`);
    const profile = profileOf(category);
    const stand = stands(own, category, profile);
    const stall = isStall(profile, stand);
    const chain = stall ? null : chainFor(own, profile);
    const options = (stall && profile.stallTrades) || profile.trades;
    const trade = chain === null ? own.pick(options) : (options[chain % options.length] ?? own.pick(options));
    const brand = chain === null ? null : brandOf(categoryIndex, chain);
    const registration =
      chain === null
        ? registrar.next(own, category, profile, stall)
        : registrar.outletOf(own, `${category}/${chain}`);

    return {
      key: `${district}-${String(i + 1).padStart(4, '0')}`,
      name: names(own, profile, trade, stand, brand),
      ...registration,
      category,
      gbt4754: trade[1],
      subdistrict: stand.place.code,
      community: stand.community,
      address: stand.address,
      point: stand.point,
      site: stand.site?.key ?? null,
      mode: [...own.pick(profile.modes)],
      capacity: profile.capacity && !stall ? own.int(...profile.capacity) : null,
      contact: { name: `${own.pick(surnames)}示例`, phone: phones(own) },
      fate,
    };
  });
}

function slotsOf(random: Random, district: DemoDistrict, markets: number): Slot[] {
  const total = categoryData.categories.reduce((sum, { count }) => sum + count, 0);
  const listed = categoryData.categories.flatMap(({ key, count }, categoryIndex) => {
    const wanted = district === 'daowai' ? count : Math.round((count * SECOND_DISTRICT_LISTED) / total);
    const here = district === 'second' && key === 'market-operator' ? markets : Math.max(1, wanted);
    return Array.from({ length: here }, (): Slot => ({ category: key, categoryIndex, fate: 'listed' }));
  });
  return [...listed, ...otherSlots(random.fork(`fates/${district}`), others[district])];
}

function otherSlots(random: Random, fates: Readonly<Partial<Record<Fate, number>>>): Slot[] {
  const weights = categoryData.categories.map(({ key, count }) => [key, count * (profileOf(key).churn ?? 1)]);
  const weightOf = Object.fromEntries(weights) as Record<string, number>;
  return Object.entries(fates).flatMap(([fate, count]) =>
    Array.from({ length: count }, () => {
      const category = random.weighted(weightOf);
      const categoryIndex = categoryData.categories.findIndex(({ key }) => key === category);
      return { category, categoryIndex, fate: fate as Fate };
    }),
  );
}

function chainFor(random: Random, { chain }: CategoryProfile): number | null {
  return chain && random.chance(chain.share) ? random.int(0, chain.brands - 1) : null;
}

function profileOf(category: string): CategoryProfile {
  const profile = categoryProfiles[category];
  if (!profile) throw new RangeError(`No profile for category ${category}.`);
  return profile;
}

/**
 * Eleven digits like a mobile number's, in a range that is not one: subscribers' numbers begin with 13 to 19. Not 100 either,
 * because 10000, 10010 and 10086 are carriers and a network would connect after five digits.
 */
function makePhones(): (random: Random) => string {
  const used = new Set<string>();
  return (random) => {
    for (;;) {
      const phone = `1040${String(random.int(0, 9_999_999)).padStart(7, '0')}`;
      if (!used.has(phone)) {
        used.add(phone);
        return phone;
      }
    }
  };
}
