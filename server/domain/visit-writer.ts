// Group commit: clean visits that arrive while others are being written share the next write, each with its own result.
import mongoose from 'mongoose';
import { type Visit, VisitModel } from '../../models/visit.ts';
import { isInTransaction } from '../lib/transaction.ts';

const atOnce = 200;

type Waiting = { visit: Visit; resolve: () => void; reject: (error: unknown) => void };
const waiting: Waiting[] = [];
let isWriting = false;

/** Resolves when the visit is durable on a majority. Rejects with what became of this very visit, whatever happened to others. */
export async function writeVisit(visit: Visit): Promise<void> {
  if (isInTransaction()) {
    await VisitModel.create(visit);
    return;
  }
  await new Promise<void>((resolve, reject) => {
    waiting.push({ visit, resolve, reject });
    if (!isWriting) void writeAll();
  });
}

async function writeAll(): Promise<void> {
  isWriting = true;
  for (let group = waiting.splice(0, atOnce); group.length > 0; group = waiting.splice(0, atOnce))
    await writeGroup(group);
  isWriting = false;
}

async function writeGroup(group: Waiting[]): Promise<void> {
  try {
    await VisitModel.insertMany(
      group.map(({ visit }) => visit),
      { ordered: false, throwOnValidationError: true },
    );
    for (const { resolve } of group) resolve();
  } catch (error) {
    const failed = refusedIn(error);
    group.forEach(({ resolve, reject }, index) => {
      const own = failed ? failed.get(index) : error;
      if (own === undefined) resolve();
      else reject(own);
    });
  }
}

/** Which of a group were refused, by their place in it. Null when nothing is known of any: then none is acknowledged. */
function refusedIn(error: unknown): Map<number, unknown> | null {
  if (!(error instanceof mongoose.mongo.MongoBulkWriteError) || error.result.getWriteConcernError())
    return null;
  const refusals = [error.writeErrors].flat();
  return refusals.length === 0 ? null : new Map(refusals.map((refusal) => [refusal.index, error]));
}
