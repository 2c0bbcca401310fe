// One side of a rule as the desk holds it: for every field the values that were chosen, as texts.
import type { BodyOf } from '../../shared/server/types.ts';

/** The fields of the selector, as in lists and rules. */
export const selectorFields = [
  'category',
  'subdistrict',
  'zone',
  'area',
  'status',
  'taskForce',
  'mode',
  'site.kind',
  'site',
  'risk',
  'hasOpenOrders',
  'lastVisit',
  'notVisitedSince',
  'visitedSince',
  'uscc',
  'doorCode',
  'id',
] as const;
export type SelectorField = (typeof selectorFields)[number];

export type Condition = Partial<Record<SelectorField, string[]>>;
type Draft = BodyOf<'postAdjustments'>;
export type ConditionBody = NonNullable<Draft['rule']>['where'];

/** From a stored rule or the query of a list: a value, or several. */
export function conditionFrom(source: unknown): Condition {
  if (typeof source !== 'object' || source === null) return {};
  const given = source as Record<string, unknown>;
  const entries = selectorFields.map((field) => [field, textsOf(given[field])] as const);
  return Object.fromEntries(entries.filter(([, values]) => values.length > 0));
}

function textsOf(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one) => ['string', 'boolean', 'number'].includes(typeof one)).map(String);
}

/** The fields that say something, in the order of the sentence. */
export const fieldsOf = (condition: Condition): SelectorField[] =>
  selectorFields.filter((field) => (condition[field]?.length ?? 0) > 0);

/** As the interface takes it; null where it says nothing. */
export function bodyOfCondition(condition: Condition): ConditionBody | null {
  const fields = fieldsOf(condition);
  if (fields.length === 0) return null;
  return Object.fromEntries(fields.map((field) => [field, asked(field, condition[field] ?? [])]));
}

function asked(field: SelectorField, values: string[]): unknown {
  if (field === 'hasOpenOrders') return values[0] === 'true';
  if (field === 'notVisitedSince' || field === 'visitedSince') return values[0];
  return values;
}

/** The same as a query of the list, to see the rows. */
export function queryOfCondition(condition: Condition): Record<string, string[]> {
  return Object.fromEntries(fieldsOf(condition).map((field) => [field, condition[field] ?? []]));
}
