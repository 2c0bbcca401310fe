// Whether the bureau issued a paper on a door, told without a network by the keys in the pack. The mark is described in docs/api.md.
import { verifyAsync } from '@noble/ed25519';
import { doorCodeIn } from './door-code.ts';

/** A published key: `x` is base64url. */
export type Key = { kid: string; x: string };

/** Whether what was scanned is an address with a mark that none of these keys made. What carries no mark proves nothing either way. */
export async function isForged(scanned: string, keys: readonly Key[]): Promise<boolean> {
  const mark = markIn(scanned);
  if (mark === null || keys.length === 0) return false;
  const [keyName = '', signature = ''] = mark.split('.', 2);
  const own = keys.filter(({ kid }) => kid.startsWith(keyName) && keyName.length === 8);
  const text = new TextEncoder().encode(`mingdan door code 1 ${doorCodeIn(scanned)}`);
  const answers = own.map(({ x }) => verified(signature, text, x));
  return !(await Promise.all(answers)).includes(true);
}

function markIn(scanned: string): string | null {
  try {
    return new URL(scanned.trim()).searchParams.get('k');
  } catch {
    return null;
  }
}

async function verified(signature: string, text: Uint8Array, x: string): Promise<boolean> {
  try {
    return await verifyAsync(bytesOf(signature), text, bytesOf(x));
  } catch {
    return false;
  }
}

const bytesOf = (base64url: string): Uint8Array =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
