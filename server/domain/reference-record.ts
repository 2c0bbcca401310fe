// How a record of reference data is written: whole, with an audit record of before and after; nothing is deleted.
import { isDeepStrictEqual } from 'node:util';
import type { Model } from 'mongoose';
import { AdjustmentModel } from '../../models/adjustment.ts';
import { MerchantModel } from '../../models/merchant.ts';
import { Problem } from '../lib/problem.ts';
import { inTransaction, isDuplicateKey } from '../lib/transaction.ts';
import type { Actor } from './actor.ts';
import { recordAudit } from './audit.ts';

export type Outcome = 'added' | 'changed' | 'unchanged';
export type Put<T> = { record: T; outcome: Outcome };

type Terms<T> = {
  /** Who may read the trail of it: those of these areas. Without them only an admin does. */
  areas?: string[];
  /** What merchants took over when they were written, and so cannot change under them. */
  stays?: { fields: (keyof T & string)[]; where: { category: string } | { site: string } };
};

/** In a transaction, with its audit record. What says the same changes nothing and leaves no trail. */
export async function put<T extends { _id: string }>(
  actor: Actor,
  noun: string,
  model: Model<T>,
  record: T,
  { areas, stays }: Terms<T> = {},
): Promise<Put<T>> {
  const before = await model.findById(record._id).lean<T>();
  if (before && isDeepStrictEqual(before, record)) return { record, outcome: 'unchanged' };
  const moved = before && stays?.fields.find((field) => before[field] !== record[field]);
  if (moved && (await MerchantModel.exists(stays?.where ?? {})))
    throw new Problem('in-use', { field: moved });
  // Shops that are being written, part by part, may be the first that take it over.
  if (moved && (await AdjustmentModel.exists({ state: 'enacting' })))
    throw new Problem('unavailable', {}, { retryAfterSeconds: 30 });
  if (before) await model.replaceOne({ _id: { $eq: record._id } }, record);
  else await model.create([record]);
  const outcome = before ? 'changed' : 'added';
  await recordAudit(actor, `${noun}.${outcome}`, record._id, {
    before,
    after: record,
    ...(areas && { of: { areas, taskForces: [] } }),
  });
  return { record, outcome };
}

/** Of two that add the same record at once, the second meets the first one's and changes it. */
export async function inOneStep<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await inTransaction(work);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return inTransaction(work);
  }
}

/** The refusal of a code or key that is not on file. */
export function unknown(field: string, value: string): Problem {
  return new Problem('unknown-reference', { field }, { errors: [{ path: `/${field}`, message: value }] });
}
