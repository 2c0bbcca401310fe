// Where ids, salts and secrets come from. Seeds put a deterministic source in its place.
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';

export type IdSource = { uuid(): string; bytes(count: number): Uint8Array };

const random: IdSource = { uuid: () => v7(), bytes: (count) => randomBytes(count) };
const sources = new AsyncLocalStorage<IdSource>();
const source = (): IdSource => sources.getStore() ?? random;

export const ids = {
  uuid: (): string => source().uuid(),
  bytes: (count: number): Uint8Array => source().bytes(count),
  /** So many bytes in hexadecimal: a salt, or the seed of some. */
  hex: (count: number): string => Buffer.from(source().bytes(count)).toString('hex'),
  /** A URL-safe secret of `count` random bytes. Never made from a given source: secrets stay secret in demonstrations. */
  secret: (count = 32): string => randomBytes(count).toString('base64url'),
};

/** Does `work` with ids from another source: seeds need the same ones each time. */
export function withIds<T>(from: IdSource, work: () => Promise<T>): Promise<T> {
  return sources.run(from, work);
}
