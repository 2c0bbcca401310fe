// A selector as a filter where it may name zones: their outlines are read first.
import { ZoneModel } from '../../models/zone.ts';
import { type Filter, joined } from './abilities.ts';
import { type Selector, selectorFilter, type ZoneGround, zonesNamed } from './selector.ts';

export async function filterOf(selector: Selector): Promise<Filter> {
  return selectorFilter(selector, await groundsOf(selector));
}

/** Shops that it would mean, and whose place is not on file: nobody knows whether they lie in its zones. Null where it names none. */
export async function unplacedBy({ where: { zone, ...where }, except }: Selector): Promise<Filter | null> {
  if (zone === undefined) return null;
  const grounds = await groundsOf({ where: { zone } });
  const others = await filterOf({ where, ...(except && { except }) });
  const areas = { $in: grounds.map(({ area }) => area) };
  return joined([others, { areas, point: { $type: 'null' } }]);
}

async function groundsOf(selector: Selector): Promise<ZoneGround[]> {
  const named = zonesNamed(selector);
  if (named.length === 0) return [];
  return ZoneModel.find({ _id: { $in: named } }, { area: 1, outline: 1 }).lean<ZoneGround[]>();
}
