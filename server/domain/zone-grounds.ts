// A selector as a filter where it may name zones: their outlines are read first.
import { ZoneModel } from '../../models/zone.ts';
import { type Filter, joined } from './abilities.ts';
import { type Condition, type Selector, selectorFilter, type ZoneGround, zonesNamed } from './selector.ts';

export async function filterOf(selector: Selector): Promise<Filter> {
  return selectorFilter(selector, await groundsOf(selector));
}

/** Shops that it would mean, or except, and whose place is not on file: nobody knows whether they lie in its zones. Null where it names none. */
export async function unplacedBy({ where, except }: Selector): Promise<Filter | null> {
  const { zone: meant, ...rest } = where;
  const { zone: spared, ...others } = except ?? {};
  const unknown: Filter[] = [];
  if (meant !== undefined)
    unknown.push(
      joined([await filterOf({ where: rest, ...(except && { except }) }), await withoutPlaceIn(meant)]),
    );
  if (spared !== undefined)
    unknown.push(
      joined([await filterOf({ where }), await filterOf({ where: others }), await withoutPlaceIn(spared)]),
    );
  return unknown.length > 1 ? { $or: unknown } : (unknown[0] ?? null);
}

async function withoutPlaceIn(zone: NonNullable<Condition['zone']>): Promise<Filter> {
  const grounds = await groundsOf({ where: { zone } });
  return { areas: { $in: grounds.map(({ area }) => area) }, point: { $type: 'null' } };
}

async function groundsOf(selector: Selector): Promise<ZoneGround[]> {
  const named = zonesNamed(selector);
  if (named.length === 0) return [];
  return ZoneModel.find({ _id: { $in: named } }, { area: 1, outline: 1 }).lean<ZoneGround[]>();
}
