// Starts the mongod process and waits until it accepts connections, or says why it does not.
import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, rename, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { totalmem } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartupRefusal } from './refusal.ts';
import { REPLICA_SET } from './replica-set.ts';

/** mongod's own exit codes. */
const CANNOT_LISTEN = 48;
const OTHER_FILE_VERSION = 62;

const LOG_KEPT_BYTES = 10e6;
/** Replaying a long journal on a slow disk takes its time; a process that ended is noticed at once. */
const LISTENING_WITHIN_MS = 60_000;

export const portTaken = Symbol('port taken');

export interface Launch {
  binary: string;
  dataDir: string;
  port: number;
}

export interface Launched {
  pid: number;
  ended: () => boolean;
}

export async function launchMongod(launch: Launch): Promise<Launched | typeof portTaken> {
  const log = path.join(launch.dataDir, 'mongod.log');
  await setAside(log);
  // A process group of its own: Ctrl-C at the terminal must not end the database before the server is done with it.
  const child = spawn(launch.binary, argumentsFor(launch, log), { detached: true, stdio: 'ignore' });
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  const failure = new Promise<Error>((resolve) => child.once('error', resolve));
  child.unref();
  if (child.pid === undefined) {
    throw new StartupRefusal(`${launch.binary} cannot be started: ${(await failure).message}.`);
  }

  const deadline = performance.now() + LISTENING_WITHIN_MS;
  while (!(await accepts(launch.port))) {
    if (ended()) break;
    if (performance.now() > deadline) throw new StartupRefusal(`MongoDB does not listen; ${log} says why.`);
    await sleep(20);
  }
  // Somebody else on that port would accept, too; our own process then ends within moments.
  if (ended()) return child.exitCode === CANNOT_LISTEN ? portTaken : refuse(child, log);
  return { pid: child.pid, ended };
}

function argumentsFor({ dataDir, port }: Launch, log: string): string[] {
  const settings = {
    // Nobody else reads from a one-node set, so there is no one to wait for while it stops.
    shutdownTimeoutMillisForSignaledShutdown: 100,
    diagnosticDataCollectionEnabled: false,
    // What a killed server left open holds its records until then. Ours last milliseconds, the longest a few seconds.
    transactionLifetimeLimitSeconds: 30,
  };
  return [
    ...['--dbpath', path.join(dataDir, 'db'), '--port', `${port}`, '--bind_ip', '127.0.0.1'],
    ...['--replSet', REPLICA_SET, '--nounixsocket', '--networkMessageCompressors', 'disabled'],
    ...['--wiredTigerCacheSizeGB', cacheGigabytes(), '--wiredTigerEngineConfigString', eviction],
    ...['--oplogSize', '1024'],
    ...['--logpath', log, '--logappend', '--quiet'],
    ...Object.entries(settings).flatMap(([name, value]) => ['--setParameter', `${name}=${value}`]),
  ];
}

/**
 * Shares of the cache from which on changed pages are written out, in the background and by whoever changes them. MongoDB's own
 * (5, 20, 2.5 and 10 %) are meant for caches of half the memory: in ours the index of search, of which an import touches every
 * page, would be written again and again.
 */
const eviction = [
  ['eviction_dirty_target', 30],
  ['eviction_dirty_trigger', 50],
  ['eviction_updates_target', 20],
  ['eviction_updates_trigger', 40],
]
  .map(([name, percent]) => `${name}=${percent}`)
  .join(',');

/**
 * An eighth of the memory, or of what a container `allowed` us of it (0 where nothing is known of a limit). MongoDB would take half;
 * the server beside it, and whatever else runs here, need theirs.
 */
export function cacheGigabytes(total = totalmem(), allowed = process.constrainedMemory()): string {
  const memory = allowed > 0 ? Math.min(total, allowed) : total;
  return Math.min(4, Math.max(0.25, memory / 2 ** 33)).toFixed(2);
}

async function setAside(log: string): Promise<void> {
  const size = await stat(log).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LOG_KEPT_BYTES) await rename(log, `${log}.1`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const finish = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', () => {
      finish(true);
    });
    socket.once('error', () => {
      finish(false);
    });
  });
}

async function refuse(child: ChildProcess, log: string): Promise<never> {
  if (child.exitCode === OTHER_FILE_VERSION) {
    throw new StartupRefusal(
      'The database files were written by another version of MongoDB: name a matching mongod in MONGOD.',
    );
  }
  const how = child.signalCode
    ? `was ended by ${child.signalCode}`
    : `ended with code ${child.exitCode ?? '?'}`;
  const why = await lastComplaint(log);
  throw new StartupRefusal(`MongoDB ${how} while starting${why ? `: ${why}` : ''}; see ${log}.`);
}

/** What the last start complained of. mongod's log holds one JSON object a line; its parting words say nothing. */
async function lastComplaint(log: string): Promise<string | undefined> {
  const text = await readFile(log, 'utf8').catch(() => '');
  const thisStart = text.slice(text.lastIndexOf('SERVER RESTARTED') + 1).split('\n');
  const complaints = thisStart.filter(
    (line) => /"s":"[EF]"/.test(line) && !/aborting|fatal message/.test(line),
  );
  const details = complaints.map(
    (line) => /"(?:error|reason|what|message)":"((?:[^"\\]|\\.)*)"/.exec(line)?.[1],
  );
  const messages = complaints.map((line) => /"msg":"((?:[^"\\]|\\.)*)"/.exec(line)?.[1]);
  return details.find(Boolean) ?? messages.at(-1);
}
