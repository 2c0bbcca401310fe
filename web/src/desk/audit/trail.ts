// Rows of the audit trail as people read them: what changed between before and after, where the record is, and a file of them. Pure.
import type { ItemOf } from '../../shared/server/types.ts';
import {
  adjustmentPath,
  checklistPath,
  merchantPath,
  objectionPath,
  orderPath,
  userPath,
  visitPath,
} from '../paths.ts';

export type Row = ItemOf<'getAudit'>;
export type Change = { field: string; before: string; after: string };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value in one line. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Field by field what is no longer as it was; versions and dates of the record itself say nothing. */
export function changesIn({ before, after }: Pick<Row, 'before' | 'after'>): Change[] {
  const one = isRecord(before) ? before : {};
  const other = isRecord(after) ? after : {};
  return [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((field) => field !== 'rev' && field !== '_id')
    .map((field) => ({ field, before: textOf(one[field]), after: textOf(other[field]) }))
    .filter((change) => change.before !== change.after);
}

/** Where the desk shows the record; null for what has no page. */
export function pathOf({ noun, record }: Pick<Row, 'noun' | 'record'>): string | null {
  const paths: Record<string, (record: string) => string> = {
    user: userPath,
    visit: visitPath,
    order: orderPath,
    adjustment: adjustmentPath,
    checklist: checklistPath,
    merchant: merchantPath,
    objection: objectionPath,
    settings: (area) => `/settings?area=${area}`,
    calendar: (year) => `/settings/calendar?year=${year}`,
  };
  return paths[noun]?.(record) ?? null;
}

export const cellsOf = ({ at, by, action, record, before, after, address, requestId }: Row): string[] => [
  at,
  by.name,
  by.role,
  action,
  record,
  textOf(before),
  textOf(after),
  address ?? '',
  requestId ?? '',
];
