// The one selector grammar {where, except} of lists, rules, draws and exports: closed fields → a MongoDB filter.
import type { Mode, Status } from '../../models/merchant.ts';
import type { Zone } from '../../models/zone.ts';
import { type Filter, joined } from './abilities.ts';

/** One side of a selector. Values of one field are alternatives; fields are joined by "and". */
export type Condition = {
  id?: string | string[];
  status?: Status | Status[];
  area?: string | string[];
  subdistrict?: string | string[];
  category?: string | string[];
  taskForce?: string | string[];
  site?: string | string[];
  'site.kind'?: string | string[];
  mode?: Mode | Mode[];
  risk?: string | string[];
  uscc?: string | string[];
  doorCode?: string | string[];
  hasOpenOrders?: boolean;
  /** Last visit before this instant, or never. */
  notVisitedSince?: string;
  /** Last visit at this instant or after it. */
  visitedSince?: string;
  /** What the last visit came to; `never` where there was none. */
  lastVisit?: string | string[];
  /** Its place lies in the zone, and itself in the zone's area. A shop without a place lies in none. */
  zone?: string | string[];
};
/** What a selector needs of the zones that it names. */
export type ZoneGround = Pick<Zone, '_id' | 'area' | 'outline'>;
export type Selector = { where: Condition; except?: Condition };

const fieldOf = {
  id: '_id',
  status: 'status',
  area: 'areas',
  subdistrict: 'subdistrict',
  category: 'category',
  taskForce: 'taskForces',
  site: 'site',
  'site.kind': 'siteKind',
  mode: 'mode',
  risk: 'risk',
  uscc: 'uscc',
  doorCode: 'doorCode',
} as const;

function conditionFilter(condition: Condition, zones: readonly ZoneGround[]): Filter[] {
  const parts: Filter[] = [];
  for (const [name, field] of Object.entries(fieldOf)) {
    const value = condition[name as keyof typeof fieldOf];
    if (value === undefined) continue;
    const values = Array.isArray(value) ? value : [value];
    const meant = values.length === 1 ? values[0] : { $in: values };
    // Indexes begin with areas, in which a subdistrict stands as well: nothing else is read then.
    if (name === 'subdistrict') parts.push({ areas: meant });
    parts.push({ [field]: meant });
  }
  if (condition.hasOpenOrders !== undefined)
    parts.push({ openOrders: condition.hasOpenOrders ? { $gt: 0 } : 0 });
  if (condition.notVisitedSince !== undefined) {
    const before = new Date(condition.notVisitedSince);
    parts.push({ $or: [{ lastVisit: null }, { 'lastVisit.at': { $lt: before } }] });
  }
  if (condition.visitedSince !== undefined)
    parts.push({ 'lastVisit.at': { $gte: new Date(condition.visitedSince) } });
  if (condition.lastVisit !== undefined) parts.push(lastVisitFilter([condition.lastVisit].flat()));
  if (condition.zone !== undefined) parts.push(zoneFilter([condition.zone].flat(), zones));
  return parts;
}

/** Nothing lies in a zone that is not on file. */
function zoneFilter(wanted: string[], zones: readonly ZoneGround[]): Filter {
  const grounds = zones
    .filter(({ _id }) => wanted.includes(_id))
    .map(({ area, outline }) => ({ areas: area, point: { $geoWithin: { $geometry: outline } } }));
  const [only, ...more] = grounds;
  if (only === undefined) return { _id: { $in: [] } };
  return more.length === 0 ? only : { $or: grounds };
}

/** The zones that a selector names. */
export function zonesNamed({ where, except }: Selector): string[] {
  return [where.zone ?? [], except?.zone ?? []].flat();
}

function lastVisitFilter(wanted: string[]): Filter {
  // Null stands for a missing field, too: a shop without a last visit has no result of one.
  return { 'lastVisit.result': { $in: wanted.map((one) => (one === 'never' ? null : one)) } };
}

/** The filter of a selector, with the zones that it names. An `except` without a field excludes nothing. */
export function selectorFilter({ where, except }: Selector, zones: readonly ZoneGround[]): Filter {
  const parts = conditionFilter(where, zones);
  const excluded = except ? conditionFilter(except, zones) : [];
  if (excluded.length > 0) parts.push({ $nor: [{ $and: excluded }] });
  return joined(parts);
}
