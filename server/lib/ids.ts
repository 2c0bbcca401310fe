// Where ids, salts and secrets come from. Tests and seeds put a deterministic source in its place.
import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';

export type IdSource = { uuid(): string; bytes(count: number): Uint8Array };

const random: IdSource = { uuid: () => v7(), bytes: (count) => randomBytes(count) };
let source = random;

export const ids = {
  uuid: (): string => source.uuid(),
  bytes: (count: number): Uint8Array => source.bytes(count),
  /** A URL-safe secret of `count` random bytes. Never made from a held source: secrets stay secret in demonstrations. */
  secret: (count = 32): string => randomBytes(count).toString('base64url'),
};

/** Replaces the source until it is released with `null`. */
export function holdIds(replacement: IdSource | null): void {
  source = replacement ?? random;
}
