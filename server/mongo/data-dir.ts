// One server per DATA_DIR: claims the folder with a lock file that a crash cannot leave behind for good.
import { randomUUID } from 'node:crypto';
import { constants, copyFile, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isAlive, startMark } from './processes.ts';
import { StartupRefusal } from './refusal.ts';

export interface DataDirClaim {
  release(): Promise<void>;
}

/** Creates the folder where missing. Throws a StartupRefusal when another living server holds it. */
export async function claimDataDir(dataDir: string): Promise<DataDirClaim> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const lock = path.join(dataDir, 'server.lock');
  const own = path.join(dataDir, `server.lock.${randomUUID()}`);
  // Node offers no flock. Linking a finished file is the atomic step: nobody ever reads half a lock.
  const text = JSON.stringify({ pid: process.pid, started: await startMark(process.pid) });
  await writeFile(own, text, { mode: 0o600 });
  try {
    while (!(await linked(own, lock))) await clearStale(lock, dataDir);
  } finally {
    await rm(own, { force: true });
  }
  return {
    async release() {
      if ((await read(lock)) === text) await rm(lock, { force: true });
    },
  };
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to).catch(async (error: unknown) => {
      // Some network and desktop file systems have no hard links.
      if (isExisting(error)) throw error;
      await copyFile(from, to, constants.COPYFILE_EXCL);
    });
    return true;
  } catch (error) {
    if (isExisting(error)) return false;
    throw error;
  }
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

async function clearStale(lock: string, dataDir: string): Promise<void> {
  const text = await read(lock);
  if (text === undefined) return;
  const holder = parse(text);
  if (holder && (await holds(holder))) refuse(dataDir, holder.pid);
  // Moved aside and looked at again: between reading and moving, another newcomer may have put its own lock there.
  const aside = `${lock}.${randomUUID()}`;
  const moved = await rename(lock, aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  const taken = await read(aside);
  if (taken !== text) await link(aside, lock).catch(() => undefined);
  await rm(aside, { force: true });
}

interface Holder {
  pid: number;
  started: string | undefined;
}

/** A process that was given a dead server's pid is told apart by its start. */
async function holds({ pid, started }: Holder): Promise<boolean> {
  if (!(await isAlive(pid))) return false;
  const now = await startMark(pid);
  return started === undefined || now === undefined || started === now;
}

function parse(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('pid' in value)) return undefined;
    if (typeof value.pid !== 'number' || !Number.isSafeInteger(value.pid) || value.pid <= 0) return undefined;
    const started = 'started' in value && typeof value.started === 'string' ? value.started : undefined;
    return { pid: value.pid, started };
  } catch {
    return undefined;
  }
}

function read(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

function refuse(dataDir: string, pid: number): never {
  throw new StartupRefusal(
    `Another Mingdan (process ${pid}) is already using the data directory ${dataDir}: ` +
      'stop it first, or give this one a DATA_DIR of its own.',
  );
}
