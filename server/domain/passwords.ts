// Passwords: argon2id, and what is too weak to be one (NIST 800-63B: length and a block list, no forced patterns).
import { hash, verify } from '@node-rs/argon2';
import { Problem } from '../lib/problem.ts';

const minLength = 12;
/** OWASP: argon2id (the default of the library), 19 MiB, two passes. */
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const common = [
  'password',
  '123456',
  'qwerty',
  'admin',
  'abc123',
  'letmein',
  'iloveyou',
  '111111',
  '000000',
  'woaini',
  'mingdan',
  'welcome',
];

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), options);
}

let decoy: Promise<string> | undefined;

/** Takes the same time for an unknown user (`null`) as for a wrong password. */
export async function isRightPassword(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password');
  const matches = await verify(passwordHash ?? (await decoy), password.normalize('NFKC'));
  return passwordHash !== null && matches;
}

/** Throws `weak-password` for what is short, made of one well-known word, or holds the user's own name. */
export function requireStrongPassword(password: string, username: string): void {
  const text = password.normalize('NFKC').toLowerCase();
  const rest = common
    .reduce((left, word) => left.replaceAll(word, ''), text)
    .replaceAll(username.toLowerCase(), '');
  if (text.length < minLength || new Set(text).size < 5 || rest.length < 6)
    throw new Problem('weak-password');
}
