// Looks after the embedded database while its server runs: one that crashes or is killed is started again, in the same place.
import { setTimeout as sleep } from 'node:timers/promises';
import { type EmbeddedMongo, type EmbeddedMongoOptions, startEmbeddedMongo } from './embedded.ts';
import { isAlive } from './processes.ts';
import { StartupRefusal } from './refusal.ts';

const LOOK_EVERY_MS = 250;
const MOST_FAILURES = 5;

export type KeptMongo = { uri: string; stop(): Promise<void> };

/** `onGivenUp` is called when it cannot be started again: on another port nobody would find it. */
export async function keepEmbeddedMongo(
  options: EmbeddedMongoOptions,
  onGivenUp: (error: unknown) => void,
): Promise<KeptMongo> {
  const ending = new AbortController();
  let mongo = await startEmbeddedMongo(options);
  const { uri } = mongo;

  async function again(): Promise<EmbeddedMongo> {
    options.say('MongoDB has ended: starting it again');
    const next = await startEmbeddedMongo(options);
    if (next.uri === uri) return next;
    await next.stop();
    throw new StartupRefusal('Somebody else has taken the port of MongoDB.');
  }

  async function watch(): Promise<void> {
    for (let failures = 0; ;) {
      await sleep(LOOK_EVERY_MS, undefined, { ref: false, signal: ending.signal }).catch(() => undefined);
      if (ending.signal.aborted) return;
      if (await isAlive(mongo.pid)) continue;
      try {
        mongo = await again();
        failures = 0;
      } catch (error) {
        failures += 1;
        if (failures < MOST_FAILURES) continue;
        onGivenUp(error);
        return;
      }
    }
  }
  const watching = watch();

  return {
    uri,
    stop: async () => {
      ending.abort();
      await watching;
      await mongo.stop();
    },
  };
}
