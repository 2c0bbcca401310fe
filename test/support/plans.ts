// What the database really did for a deed: its commands and plans, as MongoDB's own profiler saw them.
import mongoose from 'mongoose';

export type Operation = {
  op: string;
  ns: string;
  command?: Record<string, unknown>;
  /** How it found its documents: `IXSCAN { areas: 1, … }`, `IDHACK`, `COLLSCAN`. */
  planSummary?: string;
  /** Sorted in memory, not by an index. */
  hasSortStage?: boolean;
  docsExamined?: number;
  keysExamined?: number;
  nreturned?: number;
};

/** Does `work` and answers what the database did meanwhile, on one collection where it is named. */
export async function watched(work: () => PromiseLike<unknown>, collection?: string): Promise<Operation[]> {
  const { db } = mongoose.connection;
  if (!db) throw new Error('the test app is not open');
  await db.command({ profile: 2, slowms: 0 });
  try {
    await work();
  } finally {
    await db.command({ profile: 0 });
  }
  const seen = await db.collection<Operation>('system.profile').find().sort({ ts: 1 }).toArray();
  await db.collection('system.profile').drop();
  const own = seen.filter(({ ns }) => !ns.includes('system.'));
  return collection === undefined ? own : own.filter(({ ns }) => ns === `${db.databaseName}.${collection}`);
}

/** Operations that looked at a whole collection; one with a record per district may be read as a whole. */
export function wholeScans(operations: Operation[]): Operation[] {
  return operations.filter(
    ({ ns, planSummary }) => planSummary?.includes('COLLSCAN') && !ns.endsWith('.ledgertips'),
  );
}
