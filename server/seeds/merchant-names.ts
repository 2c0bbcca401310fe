// Names of sample merchants: invented, different from each other, and marked 示例 where a real person could be meant.
import type { CategoryProfile, Trade } from './category-profiles.ts';
import { brandWords, luckyWords, surnames } from './merchant-words.ts';
import { DISTRICT_CODES, shortName } from './places.ts';
import type { Random } from './random.ts';
import type { Stand } from './stands.ts';

/** Makes a name that was not used before. `brand` is the chain's name, null for a shop of its own. */
export type NameMaker = (
  random: Random,
  profile: CategoryProfile,
  trade: Trade,
  stand: Stand,
  brand: string | null,
) => string;

/** Starts naming. Where all tries are taken the street number tells two of a name apart. */
export function makeNames(): NameMaker {
  const used = new Set<string>();
  return (random, profile, trade, stand, brand) => {
    for (let attempt = 0; ; attempt += 1) {
      const name = told(proposed(random, profile, trade, stand, brand), stand, random, attempt);
      if (!used.has(name)) {
        used.add(name);
        return name;
      }
    }
  };
}

/** The invented brand of a category's n-th chain. Categories do not share brands before the words run out. */
export function brandOf(categoryIndex: number, chain: number): string {
  return brandWords[(categoryIndex * 5 + chain) % brandWords.length] ?? '示例';
}

/** Whether a stand is a stall in a market or a wholesale row, known by its number rather than by a shop's name. */
export function isStall(profile: CategoryProfile, stand: Stand): boolean {
  return profile.stallTrades !== undefined && stand.stand !== null && stand.site?.kind !== 'mall';
}

function told(name: string, stand: Stand, random: Random, attempt: number): string {
  if (attempt < 4) return name;
  const where = stand.stand ?? stand.address.split(' ')[0] ?? '';
  return attempt < 8 ? `${name}（${where}）` : `${name}（${where}${random.int(1, 99)}组）`;
}

function proposed(
  random: Random,
  profile: CategoryProfile,
  [word]: Trade,
  stand: Stand,
  brand: string | null,
): string {
  const where = random.chance(0.5) ? shortName(stand.place) : streetName(stand);
  switch (profile.naming) {
    case 'operator':
      return `${stand.site?.name ?? where}（示例管理方）`;
    case 'firm':
      return `哈尔滨${random.chance(0.5) ? random.pick(brandWords) : random.pick(luckyWords)}${word}`;
    case 'point':
      return pointName(random, word, stand);
    case 'branch':
      return `${brand ?? random.pick(brandWords)}${word}${where}${branchWord(word)}（示例）`;
    case 'shop':
      if (isStall(profile, stand)) return stallName(random, word, stand);
      return brand ? `${brand}${word}（${branchPlace(stand)}店）` : ownName(random, word, where);
  }
}

function stallName(random: Random, word: string, stand: Stand): string {
  return `${stand.site?.name ?? ''}${stand.stand ?? ''} ${random.pick(surnames)}记${word}（示例）`;
}

function ownName(random: Random, word: string, where: string): string {
  const lucky = random.pick(luckyWords);
  if (random.chance(0.12)) return `老${random.pick(surnames)}家${word}（示例）`;
  return random.chance(0.55) ? `${where}${lucky}${word}` : `${lucky}${word}`;
}

function pointName(random: Random, word: string, stand: Stand): string {
  const place = shortName(stand.place);
  const street = streetName(stand) === place ? '' : streetName(stand);
  if (word === '物业') return `${random.pick(brandWords)}物业${place}${street}服务处`;
  const body = word.endsWith('站') || word.endsWith('部') ? word : `${word}服务点`;
  const district = stand.place.code.startsWith(DISTRICT_CODES.daowai) ? '道外' : '香坊';
  return `${district}${place}${street}${body}（示例）`;
}

function branchWord(word: string): string {
  if (word === '通信') return '营业厅';
  return word === '信用社' ? '分社' : '支行';
}

function branchPlace(stand: Stand): string {
  return stand.site ? stand.site.name.replace('（示例）', '') : stand.address.replaceAll(' ', '');
}

// 靖宇街 128号 → 靖宇街; a made-up 示例路 gives the name of the place instead.
function streetName(stand: Stand): string {
  const street = stand.address.split(' ')[0] ?? '';
  return street.endsWith('街道') || street.endsWith('镇') ? shortName(stand.place) : street;
}
