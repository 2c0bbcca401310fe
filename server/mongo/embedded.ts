// The embedded database: a journalled one-node replica set on loopback, in DATA_DIR, that outlives crashes.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findMongod } from './find-mongod.ts';
import { launchMongod, portTaken } from './launch-mongod.ts';
import { freePort, isFree } from './ports.ts';
import { commandLine, hasEnded, isAlive } from './processes.ts';
import { StartupRefusal } from './refusal.ts';
import { becomePrimary, REPLICA_SET } from './replica-set.ts';

export interface EmbeddedMongoOptions {
  dataDir: string;
  /** Where a fetched mongod is kept; per user when not given. */
  cacheDir?: string;
  say: (line: string) => void;
}

export interface EmbeddedMongo {
  uri: string;
  pid: number;
  /** Ends the database in order, and returns when its process is gone. */
  stop(): Promise<void>;
}

interface Running {
  pid: number;
  port: number;
}

/** Mostly well under a second; half a minute where whoever took the old port accepts connections and stays silent. */
const PRIMARY_WITHIN_MS = 60_000;
const ADOPTED_WITHIN_MS = 10_000;
const STOPPED_WITHIN_MS = 5_000;

export async function startEmbeddedMongo(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  // Absolute, because the database's command line is how a later start recognises it.
  const dataDir = path.resolve(options.dataDir);
  await mkdir(path.join(dataDir, 'db'), { recursive: true, mode: 0o700 });
  const { pid, port } = (await adopt(dataDir, options.say)) ?? (await startFresh(dataDir, options));
  return {
    uri: `mongodb://127.0.0.1:${port}/mingdan?replicaSet=${REPLICA_SET}`,
    pid,
    stop: () => end(pid),
  };
}

/** Ends a database whose server is gone, if one is still running there: for throw-away folders that are to be removed. */
export async function endLeftRunning(dataDir: string): Promise<void> {
  const left = await leftRunning(path.resolve(dataDir));
  if (left) await end(left.pid);
}

/** A server that was killed leaves its database running: that one is taken over, or ended where it no longer answers. */
async function adopt(dataDir: string, say: (line: string) => void): Promise<Running | undefined> {
  const left = await leftRunning(dataDir);
  if (!left) return undefined;
  const ready = { withinMs: ADOPTED_WITHIN_MS, alive: () => isAlive(left.pid), takenOver: true };
  if (await becomePrimary(left.port, ready)) {
    say('MongoDB was still running after an earlier start: going on with it');
    return left;
  }
  say('MongoDB was left running but does not answer: starting it anew');
  await end(left.pid);
  return undefined;
}

/** mongod keeps its pid in mongod.lock; the command line tells whether that pid is still this database. */
async function leftRunning(dataDir: string): Promise<Running | undefined> {
  const dbPath = path.join(dataDir, 'db');
  const pid = Number(await readFile(path.join(dbPath, 'mongod.lock'), 'utf8').catch(() => ''));
  if (!Number.isSafeInteger(pid) || pid <= 0 || !(await isAlive(pid))) return undefined;
  const line = `${(await commandLine(pid)) ?? ''} `;
  const port = Number(/ --port (\d+) /.exec(line)?.[1]);
  return line.includes(` --dbpath ${dbPath} `) && port ? { pid, port } : undefined;
}

async function startFresh(dataDir: string, { cacheDir, say }: EmbeddedMongoOptions): Promise<Running> {
  const binary = await findMongod({ cacheDir, say });
  say('Starting MongoDB');
  const portFile = path.join(dataDir, 'mongod.port');
  for (let attempt = 1; ; attempt += 1) {
    const port = await choosePort(portFile, attempt);
    const started = await launchMongod({ binary, dataDir, port });
    if (started === portTaken && attempt < 5) continue;
    if (started === portTaken) throw new StartupRefusal('No free port could be found for MongoDB.');
    const { pid, ended } = started;
    if (await becomePrimary(port, { withinMs: PRIMARY_WITHIN_MS, alive: () => !ended() })) {
      await writeFile(portFile, `${port}\n`, { mode: 0o600 });
      return { pid, port };
    }
    await end(pid);
    throw new StartupRefusal(`MongoDB does not become ready; ${path.join(dataDir, 'mongod.log')} says why.`);
  }
}

/** The port of last time where it is still free, so that a shell or a backup script keeps its address. */
async function choosePort(portFile: string, attempt: number): Promise<number> {
  const last = Number(await readFile(portFile, 'utf8').catch(() => ''));
  const valid = Number.isSafeInteger(last) && last > 0 && last < 65_536;
  return attempt === 1 && valid && (await isFree(last)) ? last : freePort();
}

async function end(pid: number): Promise<void> {
  signal(pid, 'SIGTERM');
  if (await hasEnded(pid, STOPPED_WITHIN_MS)) return;
  // The journal makes this safe: the next start replays it.
  signal(pid, 'SIGKILL');
  await hasEnded(pid, STOPPED_WITHIN_MS);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has already ended.
  }
}
