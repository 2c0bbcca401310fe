// Chance in tests that can be had again: given by `CHAOS_SEED`, or new, and said in either case.
import { makeRandom, type Random } from '../../server/seeds/random.ts';

export function aSeed(): string {
  const seed = process.env.CHAOS_SEED ?? String(Date.now() % 1_000_000);
  process.stdout.write(`      CHAOS_SEED=${seed}\n`);
  return seed;
}

export const chance = (): Random => makeRandom(aSeed());
