// Paging by keyset: a cursor names the last record seen, so that each record is met once however the list changes.
import type { Model } from 'mongoose';
import { Problem } from '../lib/problem.ts';
import { chinese } from '../../models/model.ts';
import type { Filter } from './abilities.ts';

export type Page<T> = { items: T[]; nextCursor: string | null; total: number; totalIsExact: boolean };
export type PageRequest = { limit?: number; cursor?: string };

/** Totals are counted exactly up to here. */
export const exactTotalLimit = 10_000;

type Order = { field: string; direction: 1 | -1; key: string };

/** `sort` as clients send it ("-since") against the fields that a list offers. Ties are broken by id. */
export function orderBy(sort: string, fields: Record<string, string>): Order {
  const name = sort.replace(/^-/, '');
  return { field: fields[name] ?? '_id', direction: sort.startsWith('-') ? -1 : 1, key: sort };
}

function encodeCursor(order: Order, record: object, idField: string): string {
  const value = valueAt(record, order.field);
  const tagged = value instanceof Date ? { date: value.getTime() } : { value: value ?? null };
  return Buffer.from(JSON.stringify({ s: order.key, ...tagged, id: valueAt(record, idField) })).toString(
    'base64url',
  );
}

function valueAt(record: object, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | null | undefined)?.[name], record);
}

/** What a field holds, as the collection declares it: a cursor that says anything else was not made here. */
function fits(model: Model<never>, field: string, value: unknown): boolean {
  if (value === null) return true;
  const kind = model.schema.path(field).instance;
  if (kind === 'Number') return typeof value === 'number';
  if (kind === 'String') return typeof value === 'string';
  return value instanceof Date && !Number.isNaN(value.getTime());
}

function decodeCursor(order: Order, cursor: string): { value: unknown; id: string } {
  try {
    const { s, value, date, id } = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Record<
      string,
      unknown
    >;
    const scalar =
      value === null || typeof value === 'string' || typeof value === 'number' || typeof date === 'number';
    if (s !== order.key || typeof id !== 'string' || !scalar) throw new Problem('invalid-cursor');
    return { value: typeof date === 'number' ? new Date(date) : value, id };
  } catch {
    throw new Problem('invalid-cursor');
  }
}

/** Records after the cursor in this order. Null sorts before everything, as in MongoDB. */
function afterCursor({ field, direction }: Order, idField: string, value: unknown, id: string): Filter {
  const beyond = direction === 1 ? '$gt' : '$lt';
  const ties = { [field]: value, [idField]: { [beyond]: id } };
  if (field === idField) return { [idField]: { [beyond]: id } };
  if (value === null) return direction === 1 ? { $or: [{ [field]: { $ne: null } }, ties] } : ties;
  const further =
    direction === 1 ? [{ [field]: { $gt: value } }] : [{ [field]: { $lt: value } }, { [field]: null }];
  return { $or: [...further, ties] };
}

type Listing = {
  filter: Filter;
  order: Order;
  projection?: Record<string, 0 | 1>;
  idField?: string;
  /** The index to read, where the database would have to guess. */
  hint?: Record<string, 1 | -1>;
};

/** One page of a collection with its total (exact up to `exactTotalLimit`). */
export async function listPage<T extends object>(
  model: Model<T>,
  { filter, order, projection, idField = '_id', hint }: Listing,
  { limit = 50, cursor }: PageRequest,
): Promise<Page<T>> {
  const conditions = [filter];
  if (cursor !== undefined) {
    const { value, id } = decodeCursor(order, cursor);
    if (!fits(model as unknown as Model<never>, order.field, value)) throw new Problem('invalid-cursor');
    conditions.push(afterCursor(order, idField, value, id));
  }
  const sort: Record<string, 1 | -1> = { [order.field]: order.direction, [idField]: order.direction };
  const query = model
    .find({ $and: conditions } as Filter, projection)
    .sort(sort)
    .limit(limit + 1);
  if (order.field === 'name') query.collation(chinese);
  if (hint) query.hint(hint);
  const [found, counted] = await Promise.all([
    query.lean<T[]>(),
    model.countDocuments(filter, { limit: exactTotalLimit + 1, ...(hint && { hint }) }),
  ]);
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    nextCursor: found.length > limit && last ? encodeCursor(order, last, idField) : null,
    total: Math.min(counted, exactTotalLimit),
    totalIsExact: counted <= exactTotalLimit,
  };
}
