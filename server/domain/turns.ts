// Deeds that end in the same record take turns within this process. Right without it: the database would turn all but one away,
// and each of those would have done its work in vain.
import { AsyncLocalStorage } from 'node:async_hooks';
import { Problem } from '../lib/problem.ts';
import { isInTransaction } from '../lib/transaction.ts';

const lines = new Map<string, Promise<void>>();
const held = new AsyncLocalStorage<string>();

/** Thrown where a transaction has begun already: whoever began it begins anew in that turn, or it would wait with an old view. */
export class TurnNeeded extends Error {
  readonly key: string;

  constructor(key: string) {
    super(`the turn of ${key} must be taken before the transaction`);
    this.key = key;
  }
}

/** Does `work` when all that came before it under this key are done. Inside such a deed it is done at once. */
export async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  if (held.getStore() === key) return work();
  if (isInTransaction()) throw new TurnNeeded(key);
  const mine = (lines.get(key) ?? Promise.resolve()).then(() => held.run(key, work));
  const done = mine.then(
    () => undefined,
    () => undefined,
  );
  lines.set(key, done);
  try {
    return await mine;
  } finally {
    if (lines.get(key) === done) lines.delete(key);
  }
}

const waiting = new Map<string, number>();

/** The same, for work that takes long: beyond so many in line the caller is asked to come again. Throws `unavailable`. */
export async function inShortLine<T>(key: string, most: number, work: () => Promise<T>): Promise<T> {
  const before = waiting.get(key) ?? 0;
  if (before >= most) throw new Problem('unavailable', {}, { retryAfterSeconds: 5 });
  waiting.set(key, before + 1);
  try {
    return await inTurn(key, work);
  } finally {
    waiting.set(key, (waiting.get(key) ?? 1) - 1);
  }
}
