// Fills an empty database with the demonstration district, and keeps the password of its accounts.
import { randomInt } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import path from 'node:path';
import { clock } from './lib/clock.ts';
import type { Config } from './lib/config.ts';
import { seedDemo } from './seeds/demo.ts';

/**
 * Returns what to tell once the server is ready: accounts and their one password, or why there are none. The password is
 * DEMO_PASSWORD, or made once and kept in DATA_DIR for its owner's eyes.
 */
export async function prepareDemonstration(config: Config, say: (line: string) => void): Promise<string[]> {
  if (config.seed === 'none') return [];
  const file = path.join(config.dataDir, 'demo-password');
  const kept = (await readFile(file, 'utf8').catch(() => '')).trim() || undefined;
  const password =
    config.demoPassword ?? (isLoopback(config.host) ? (kept ?? (await keepNew(file))) : undefined);

  const now = config.seedNow ?? clock.now();
  const { seeded, accounts } = await seedDemo({ now, password, say });

  // A database that was filled earlier has the password of that time, not one that was made or given just now.
  const right = seeded ? password : kept;
  const givenByOwner = seeded && config.demoPassword !== undefined;
  if (right === undefined || givenByOwner) await rm(file, { force: true });
  if (seeded && password === undefined) {
    return [
      'No demonstration accounts: other machines can reach this address, so they need a DEMO_PASSWORD.',
    ];
  }
  if (accounts.length === 0) return [];
  const shown = givenByOwner
    ? 'the one in DEMO_PASSWORD'
    : (right ?? 'the DEMO_PASSWORD they were made with');
  return [`Demonstration accounts: ${accounts.join(', ')}`, `Password of each: ${shown}`];
}

/** Written before the accounts are made, so that after a crash in between it is still the right one. */
async function keepNew(file: string): Promise<string> {
  const password = makePassword();
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  return password;
}

/** A server that others can reach gets no accounts whose password nobody chose. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** Four groups of four, 79 bits, without characters that are mistaken for one another. */
function makePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
  return Array.from({ length: 4 }, group).join('-');
}
