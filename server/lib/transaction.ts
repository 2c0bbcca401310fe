// One way to write several things or none: a MongoDB transaction that every model call inside joins by itself.
import { AsyncLocalStorage } from 'node:async_hooks';
import mongoose from 'mongoose';

mongoose.set('transactionAsyncLocalStorage', true);

type Frame = { afterCommit: (() => Promise<void> | void)[] };
const frames = new AsyncLocalStorage<Frame>();

/**
 * Runs `work` in a transaction (majority, journalled, snapshot reads). Inside another one it joins that. The body may run
 * twice, so it must not touch files or the network, nor start parallel queries.
 */
export async function inTransaction<T>(work: () => Promise<T>): Promise<T> {
  if (frames.getStore()) return work();
  let frame: Frame = { afterCommit: [] };
  let result: { value: T } | undefined;
  await mongoose.connection.transaction(
    async () => {
      frame = { afterCommit: [] };
      result = { value: await frames.run(frame, work) };
    },
    {
      readConcern: { level: 'snapshot' },
      writeConcern: { w: 'majority', journal: true },
      readPreference: 'primary',
    },
  );
  for (const act of frame.afterCommit) await act();
  if (!result) throw new Error('a transaction ended without a result');
  return result.value;
}

/** Whether a transaction is under way here. */
export function isInTransaction(): boolean {
  return frames.getStore() !== undefined;
}

/** Does `act` once the transaction under way is committed; at once when there is none. */
export async function afterCommit(act: () => Promise<void> | void): Promise<void> {
  const frame = frames.getStore();
  if (frame) frame.afterCommit.push(act);
  else await act();
}

/** Whether a unique index refused the write. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongoose.mongo.MongoServerError && error.code === 11000;
}

/** Whether another transaction holds the document at this moment. */
export function isWriteConflict(error: unknown): boolean {
  return error instanceof mongoose.mongo.MongoServerError && error.code === 112;
}
