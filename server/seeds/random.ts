// Seeded random numbers: the same seed gives the same demonstration district on every machine.
import { createHash } from 'node:crypto';

/** A stream of random values that depends on nothing but its seed. Not for secrets. */
export interface Random {
  /** A number in [0, 1), 32 bits of it random. */
  next(): number;
  /** A whole number from min to max, both included. */
  int(min: number, max: number): number;
  /** One element; throws a RangeError for an empty array. */
  pick<T>(items: readonly T[]): T;
  /** True with probability p (0 to 1). */
  chance(p: number): boolean;
  /** One key, as likely as its weight; weights are ≥ 0 and need not add up to 1. */
  weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K;
  /** A new array in random order; the given one is left alone. */
  shuffle<T>(items: readonly T[]): T[];
  /** A bell-shaped number: mean 0, standard deviation 1, never beyond ±3.5. */
  gauss(): number;
  /** n random bytes, for ids and salts of sample records. */
  bytes(n: number): Uint8Array;
  /** A well-formed version 4 UUID. */
  uuid(): string;
  /** An independent stream. Equal labels give equal streams, however much was drawn from this one. */
  fork(label: string): Random;
}

/**
 * Makes a stream from a seed (SHA-256 fills the state, sfc32 runs it). `fork` depends on the seed and the label
 * only, so drawing more in one part of the district does not shift any other part.
 */
export function makeRandom(seed: string): Random {
  const uint32 = sfc32(seed);
  const next = (): number => uint32() / 0x1_0000_0000;
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  const bytes = (n: number): Uint8Array => Uint8Array.from({ length: n }, () => uint32() >>> 24);

  return {
    next,
    int,
    bytes,
    pick: <T>(items: readonly T[]): T => at(items, int(0, items.length - 1)),
    chance: (p) => next() < p,
    weighted: <K extends string>(weights: Readonly<Partial<Record<K, number>>>): K =>
      pickWeighted(Object.entries(weights) as [K, number][], next()),
    shuffle: <T>(items: readonly T[]): T[] => shuffled(items, int),
    // A sum of uniforms, not Box-Muller: plain arithmetic is bit for bit the same everywhere.
    gauss: () => (next() + next() + next() + next() - 2) * Math.sqrt(3),
    uuid: () => asUuid(bytes(16)),
    fork: (label) => makeRandom(`${seed}\u0000${label}`),
  };
}

function sfc32(seed: string): () => number {
  const digest = createHash('sha256').update(seed).digest();
  let a = digest.readUInt32LE(0);
  let b = digest.readUInt32LE(4);
  let c = digest.readUInt32LE(8);
  let counter = 1;
  const step = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i += 1) step();
  return step;
}

function at<T>(items: readonly T[], index: number): T {
  if (index < 0 || index >= items.length) throw new RangeError('Cannot pick from an empty array.');
  return items[index] as T;
}

function pickWeighted<K extends string>(entries: readonly [K, number][], share: number): K {
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  let rest = share * total;
  let last: K | undefined;
  for (const [key, weight] of entries) {
    if (weight > 0) last = key;
    if (rest < weight) return key;
    rest -= weight;
  }
  // Rounding can leave a crumb after the last weight.
  if (last === undefined) throw new RangeError('Cannot pick: no weight is above zero.');
  return last;
}

function shuffled<T>(items: readonly T[], int: (min: number, max: number) => number): T[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i -= 1) {
    const j = int(0, i);
    [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
  }
  return copy;
}

function asUuid(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte, i) => {
    const fixed = i === 6 ? (byte & 0x0f) | 0x40 : i === 8 ? (byte & 0x3f) | 0x80 : byte;
    return fixed.toString(16).padStart(2, '0');
  }).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
