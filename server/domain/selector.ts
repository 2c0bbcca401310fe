// The one selector grammar {where, except} of lists, rules, draws and exports: closed fields → a MongoDB filter.
import type { Mode, Status } from '../../models/merchant.ts';
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
};
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

function conditionFilter(condition: Condition): Filter[] {
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
  return parts;
}

function lastVisitFilter(wanted: string[]): Filter {
  // Null stands for a missing field, too: a shop without a last visit has no result of one.
  return { 'lastVisit.result': { $in: wanted.map((one) => (one === 'never' ? null : one)) } };
}

/** The filter of a selector. An `except` without a field excludes nothing. */
export function selectorFilter({ where, except }: Selector): Filter {
  const parts = conditionFilter(where);
  const excluded = except ? conditionFilter(except) : [];
  if (excluded.length > 0) parts.push({ $nor: [{ $and: excluded }] });
  return joined(parts);
}
