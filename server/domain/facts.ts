// Facts of merchants: salted hashes, and what follows from a fact (areas, lead task force, search text).
import { isDeepStrictEqual } from 'node:util';
import { AreaModel } from '../../models/area.ts';
import { CategoryModel } from '../../models/category.ts';
import type { Facts } from '../../models/merchant.ts';
import { SiteModel } from '../../models/site.ts';
import { contentHash } from '../lib/canonical.ts';
import { Problem, type ProblemPart } from '../lib/problem.ts';
import { searchTextOf } from '../lib/search-text.ts';
import { isValidUscc, normalizeUscc } from '../lib/uscc.ts';

/** What the reference data makes of facts, and what lists are searched by. */
export type Derived = {
  district: string;
  areas: string[];
  taskForces: string[];
  siteKind: string | null;
  text: string;
  grams: string[];
};
export type Derive = (facts: Facts, doorCode: string) => Derived;

/** The hash that the ledger holds: without the salt nobody can try names against it. */
export function factsHash(salt: string, facts: Facts): string {
  return contentHash({ salt, facts });
}

const plainFacts = [
  'name',
  'uscc',
  'outlet',
  'registerNumber',
  'category',
  'gbt4754',
  'subdistrict',
  'address',
  'site',
  'capacity',
] as const;

/** Whether two records show the same facts, whatever else they hold. */
export function sameFacts(one: Facts, other: Facts): boolean {
  return (
    plainFacts.every((name) => one[name] === other[name]) &&
    isDeepStrictEqual(one.point, other.point) &&
    isDeepStrictEqual(one.mode, other.mode)
  );
}

/** As codes are stored and compared. */
export function tidyCodes<F extends Partial<Pick<Facts, 'uscc' | 'registerNumber'>>>(facts: F): F {
  const { uscc, registerNumber } = facts;
  return {
    ...facts,
    ...(uscc && { uscc: normalizeUscc(uscc) }),
    ...(registerNumber && { registerNumber: registerNumber.trim() }),
  };
}

/** Whether these facts tell of another shop, or of one that others answer for: more than a correction. */
export function isAnotherShop(before: Facts, after: Facts): boolean {
  const isRecoded = before.uscc !== after.uscc || before.registerNumber !== after.registerNumber;
  const isMoved = (['category', 'subdistrict', 'site'] as const).some((name) => before[name] !== after[name]);
  return isMoved || (isRecoded && before.name !== after.name);
}

/** The facts alone of a record that holds more. */
export function factsOf(record: Facts): Facts {
  const {
    name,
    uscc,
    outlet,
    registerNumber,
    category,
    gbt4754,
    subdistrict,
    address,
    point,
    site,
    mode,
    capacity,
  } = record;
  return {
    name,
    uscc,
    outlet,
    registerNumber,
    category,
    gbt4754,
    subdistrict,
    address,
    point,
    site,
    mode,
    capacity,
  };
}

/** The facts of a record on the list, with what was derived from them; its grams are left out. */
export function listedFacts(listed: Facts & Omit<Derived, 'grams'>): Facts & Omit<Derived, 'grams'> {
  const { district, areas, taskForces, siteKind, text } = listed;
  return { ...factsOf(listed), district, areas, taskForces, siteKind, text };
}

const valuesOf = (all: readonly Facts[], pick: (facts: Facts) => string | null) => [
  ...new Set(all.map(pick).filter((value) => value !== null)),
];

/**
 * Loads the reference data that these facts need. Throws `unknown-reference` or `invalid-uscc` naming the parts that are
 * wrong, `paths` saying where each stands in the request.
 */
export async function deriveFrom(
  all: readonly Facts[],
  pathOf: (index: number) => string = () => '',
): Promise<Derive> {
  const areas = await AreaModel.find({ _id: { $in: valuesOf(all, (facts) => facts.subdistrict) } }).lean();
  const categories = await CategoryModel.find({
    _id: { $in: valuesOf(all, (facts) => facts.category) },
  }).lean();
  const sites = await SiteModel.find({ _id: { $in: valuesOf(all, (facts) => facts.site) } }).lean();
  const areaById = new Map(
    areas.filter(({ level }) => level === 'subdistrict').map((area) => [area._id, area]),
  );
  const categoryByKey = new Map(categories.map((category) => [category._id, category]));
  const siteById = new Map(sites.map((site) => [site._id, site]));

  const wrong: ProblemPart[] = [];
  all.forEach((facts, index) => {
    const at = pathOf(index);
    if (!areaById.has(facts.subdistrict))
      wrong.push({ path: `${at}/subdistrict`, message: facts.subdistrict });
    if (!categoryByKey.has(facts.category)) wrong.push({ path: `${at}/category`, message: facts.category });
    const site = facts.site === null ? null : siteById.get(facts.site);
    // A market belongs to one district, and so do its shops: its operator answers for them.
    const isElsewhere = site && site.district !== areaById.get(facts.subdistrict)?.path[2];
    if (site === undefined || isElsewhere) wrong.push({ path: `${at}/site`, message: facts.site ?? '' });
  });
  if (wrong.length > 0) {
    const fields = wrong.map(({ path }) => path.replace(/^.*\//, ''));
    throw new Problem('unknown-reference', { field: [...new Set(fields)].join(', ') }, { errors: wrong });
  }
  const miscoded = all.findIndex(({ uscc }) => uscc !== null && !isValidUscc(uscc));
  if (miscoded >= 0)
    throw new Problem('invalid-uscc', {}, { errors: [{ path: `${pathOf(miscoded)}/uscc`, message: '' }] });

  return (facts, doorCode) => {
    const path = areaById.get(facts.subdistrict)?.path ?? [];
    const { text, grams } = searchTextOf({
      name: facts.name,
      address: facts.address,
      code: facts.uscc ?? facts.registerNumber,
      doorCode,
    });
    return {
      district: path[2] ?? '',
      areas: path,
      taskForces: [categoryByKey.get(facts.category)?.taskForce ?? ''],
      siteKind: facts.site === null ? null : (siteById.get(facts.site)?.kind ?? null),
      text,
      grams,
    };
  };
}
