// Deeds that end in the same record take turns within this process. Right without it: the database would turn all but one away,
// and each of those would have done its work in vain.
import { AsyncLocalStorage } from 'node:async_hooks';

const lines = new Map<string, Promise<void>>();
const held = new AsyncLocalStorage<string>();

/** Does `work` when all that came before it under this key are done. Inside such a deed it is done at once. */
export async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  if (held.getStore() === key) return work();
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
