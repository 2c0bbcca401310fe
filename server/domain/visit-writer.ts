// Group commit: clean visits that arrive while others are being written share the next write, each with its own result.
import mongoose from 'mongoose';
import { type Visit, VisitModel } from '../../models/visit.ts';
import { isInTransaction } from '../lib/transaction.ts';

const atOnce = 200;
const duplicateKey = 11_000;

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
  try {
    for (let group = waiting.splice(0, atOnce); group.length > 0; group = waiting.splice(0, atOnce))
      await writeGroup(group);
  } finally {
    isWriting = false;
  }
}

async function writeGroup(group: Waiting[]): Promise<void> {
  try {
    await VisitModel.insertMany(
      group.map(({ visit }) => visit),
      { ordered: false, throwOnValidationError: true },
    );
    for (const { resolve } of group) resolve();
  } catch (error) {
    const refused = refusedIn(error);
    group.forEach(({ resolve, reject }, index) => {
      if (refused?.has(index) === false) resolve();
      else reject(error);
    });
  }
}

/** Which of a group were refused, by their place in it. Null when nothing is sure of any: then none is acknowledged. */
function refusedIn(error: unknown): Set<number> | null {
  if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) return null;
  const refusals = [error.writeErrors].flat();
  const isSure = refusals.length > 0 && refusals.every(({ code }) => code === duplicateKey);
  return isSure ? new Set(refusals.map(({ index }) => index)) : null;
}
