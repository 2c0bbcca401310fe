// The keys of a deployment: the one that signs now, and the public halves of those it replaced, so that what they signed stays good.
import { readFile } from 'node:fs/promises';
import { replaceFile } from './replace-file.ts';
import type { PublicJwk, Signer } from './signing.ts';

/** Published keys in the order in which they signed; the present one is the last. */
export type KeyRing = readonly PublicJwk[];

export function keyRing(retired: readonly PublicJwk[], { publicJwk }: Pick<Signer, 'publicJwk'>): KeyRing {
  return [...retired.filter(({ kid }) => kid !== publicJwk.kid), publicJwk];
}

/** Keys that were replaced, oldest first, as a JWK set (RFC 7517). Throws TypeError for anything else. */
export function readRetired(text: string): PublicJwk[] {
  const { keys } = JSON.parse(text) as { keys?: unknown };
  if (!Array.isArray(keys) || !keys.every(isPublicJwk))
    throw new TypeError('not a set of public Ed25519 keys');
  return keys;
}

function isPublicJwk(key: unknown): key is PublicJwk {
  const { kty, crv, x, kid, d } = (key ?? {}) as Record<string, unknown>;
  return (
    kty === 'OKP' && crv === 'Ed25519' && typeof x === 'string' && typeof kid === 'string' && d === undefined
  );
}

/**
 * Puts a new private key in the place of the one that `signer` holds. Its public half is kept first: whatever happens between the
 * two steps, nothing that was signed becomes a stranger's.
 */
export async function replaceKey(
  files: { key: string; retired: string },
  { publicJwk }: Pick<Signer, 'publicJwk'>,
  privatePem: string,
): Promise<void> {
  const before = readRetired(await keptRetired(files.retired)).filter(({ kid }) => kid !== publicJwk.kid);
  await replaceFile(files.retired, `${JSON.stringify({ keys: [...before, publicJwk] }, null, 2)}\n`, 0o644);
  await replaceFile(files.key, privatePem, 0o600);
}

/** The kept set as text. One that is there and cannot be read is not taken for an empty one: it would be written over. */
export async function keptRetired(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '{"keys":[]}';
    throw error;
  }
}
