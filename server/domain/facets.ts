// Facets of the list: how many merchants each value would leave. The list is read once, as a small table of the combinations
// that occur; every facet is a sum over that table, in which its own filter is left out.
import { MerchantPeriodModel } from '../../models/merchant-period.ts';
import { MerchantModel } from '../../models/merchant.ts';
import type { Filter } from './abilities.ts';
import type { Actor } from './actor.ts';
import { asOfFilter, type MerchantQuery, presentFilter } from './merchants.ts';
import { gramIndex } from './search.ts';
import type { Condition } from './selector.ts';

export const facetNames = [
  'status',
  'category',
  'subdistrict',
  'taskForce',
  'lastVisit',
  'hasOpenOrders',
] as const;
export type FacetName = (typeof facetNames)[number];

/** The values of one combination; a merchant of several task forces has all of them. Past lists know no visits. */
export type Combination = Partial<Record<FacetName, string[]>> & { count: number };
export type Facet = { value: string; count: number };
export type Facets = { total: number; facets: Record<FacetName, Facet[]> };

/** Fields as they are stored: what they mean is worked out for each combination, not for each merchant. */
const facts = {
  status: '$status',
  category: '$category',
  subdistrict: '$subdistrict',
  taskForces: '$taskForces',
};
const ofThePresent = { lastVisit: '$lastVisit.result', openOrders: '$openOrders' };

type Stored = {
  _id: {
    status: string;
    category: string;
    subdistrict: string;
    taskForces: string[];
    lastVisit?: string | null;
    openOrders?: number;
  };
  count: number;
};

/** Of the present list, or of the list as of an instant. */
export async function facetsFor(actor: Actor, query: MerchantQuery, asOf?: Date): Promise<Facets> {
  const { chosen, rest } = apart(query.where);
  const narrowed = { ...query, where: rest };
  if (asOf) {
    // Refused here as on the list itself, although the chosen values are applied to the table.
    await asOfFilter(actor, query, asOf);
    return facetsOf(await past(await asOfFilter(actor, narrowed, asOf)), chosen);
  }
  const { filter, isRare } = await presentFilter(actor, narrowed);
  return facetsOf(await present(filter, isRare), chosen);
}

async function present(filter: Filter, isRare: boolean): Promise<Combination[]> {
  const stored = await MerchantModel.aggregate<Stored>(table(filter, { ...facts, ...ofThePresent })).option(
    isRare ? { hint: gramIndex } : {},
  );
  return stored.map(({ _id, count }) => {
    const { lastVisit, openOrders = 0 } = _id;
    return {
      ...factsIn(_id),
      lastVisit: [lastVisit ?? 'never'],
      hasOpenOrders: [String(openOrders > 0)],
      count,
    };
  });
}

async function past(filter: Filter): Promise<Combination[]> {
  const stored = await MerchantPeriodModel.aggregate<Stored>(table(filter, facts));
  return stored.map(({ _id, count }) => ({ ...factsIn(_id), count }));
}

function table(filter: Filter, fields: Record<string, string>) {
  return [{ $match: filter }, { $group: { _id: fields, count: { $sum: 1 } } }];
}

function factsIn({ status, category, subdistrict, taskForces }: Stored['_id']) {
  return { status: [status], category: [category], subdistrict: [subdistrict], taskForce: taskForces };
}

type Chosen = Partial<Record<FacetName, string[]>>;

/** What a facet may choose, and what narrows all of them. */
function apart(where: Condition): { chosen: Chosen; rest: Condition } {
  const { status, category, subdistrict, taskForce, lastVisit, hasOpenOrders, ...rest } = where;
  const asked = { status, category, subdistrict, taskForce, lastVisit, hasOpenOrders };
  const chosen = Object.entries(asked).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, [value].flat().map(String)]],
  );
  return { chosen: Object.fromEntries(chosen) as Chosen, rest };
}

/** The most frequent value first, and of equals the smaller one. */
export function facetsOf(combinations: Combination[], chosen: Chosen): Facets {
  const meets = (combination: Combination, name: FacetName) =>
    chosen[name] === undefined || chosen[name].some((value) => combination[name]?.includes(value));
  const meetsAll = (combination: Combination, but?: FacetName) =>
    facetNames.every((name) => name === but || meets(combination, name));
  const facet = (name: FacetName): Facet[] => {
    const counts = new Map<string, number>();
    for (const combination of combinations)
      if (meetsAll(combination, name))
        for (const value of combination[name] ?? [])
          counts.set(value, (counts.get(value) ?? 0) + combination.count);
    const found = [...counts].map(([value, count]) => ({ value, count }));
    return found.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  };
  const facets = Object.fromEntries(facetNames.map((name) => [name, facet(name)])) as Facets['facets'];
  const all = combinations.filter((combination) => meetsAll(combination));
  return { total: all.reduce((sum, { count }) => sum + count, 0), facets };
}
