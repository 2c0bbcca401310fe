// Fetches mongod from MongoDB's official download site, checked against the SHA-256 published beside it.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

// 7.0, because it also opens the files that 6.0 (the Python wheel) has written.
const VERSION = '7.0.28';
const SITE = 'https://fastdl.mongodb.org';

/** Without a network this must give up soon: the next source may well work. */
const ANSWER_WITHIN_MS = 4_000;
const STALLED_AFTER_MS = 20_000;

export interface FetchContext {
  /** A folder that is removed afterwards. */
  work: string;
  say: (line: string) => void;
}

export async function downloadMongod(target: string, { work, say }: FetchContext): Promise<void> {
  const name = await archiveName();
  if (!name) throw new Error(`none is offered for ${process.platform} ${process.arch}`);
  const url = `${SITE}/${name}`;
  const expected = (await (await get(`${url}.sha256`)).text()).trim().split(/\s+/, 1)[0];

  const response = await get(url);
  const total = Number(response.headers.get('content-length'));
  say(`Downloading MongoDB ${VERSION}${total ? ` (${megabytes(total)} MB)` : ''}`);
  const archive = path.join(work, 'mongodb.tgz');
  const actual = await save(response, archive, say);
  if (actual !== expected) throw new Error('what arrived does not have the published SHA-256');

  await run('tar', ['-xzf', archive, '-C', work, '--strip-components=1']);
  await rename(path.join(work, 'bin', 'mongod'), target);
}

async function get(url: string): Promise<Response> {
  const patience = new AbortController();
  const timer = setTimeout(() => {
    patience.abort(new Error(`${new URL(url).host} does not answer`));
  }, ANSWER_WITHIN_MS);
  try {
    const response = await fetch(url, { signal: patience.signal });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    return response;
  } catch (error) {
    // fetch says only "fetch failed"; the reason is its cause.
    throw error instanceof Error && error.cause instanceof Error ? error.cause : error;
  } finally {
    clearTimeout(timer);
  }
}

async function save(response: Response, file: string, say: (line: string) => void): Promise<string> {
  if (!response.body) throw new Error('the answer is empty');
  const hash = createHash('sha256');
  const stalled = new AbortController();
  const timer = setTimeout(() => {
    stalled.abort();
  }, STALLED_AFTER_MS);
  let received = 0;
  const watch = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      timer.refresh();
      hash.update(chunk);
      const before = received;
      received += chunk.length;
      if (tens(received) > tens(before)) say(`… ${megabytes(received)} MB`);
      done(null, chunk);
    },
  });
  try {
    await pipeline(Readable.fromWeb(response.body), watch, createWriteStream(file), {
      signal: stalled.signal,
    });
  } finally {
    clearTimeout(timer);
  }
  return hash.digest('hex');
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}

function tens(bytes: number): number {
  return Math.floor(bytes / 20e6);
}

/** The archive built for this system, or undefined where MongoDB offers none. */
async function archiveName(): Promise<string | undefined> {
  const intel = process.arch === 'x64';
  if (!intel && process.arch !== 'arm64') return undefined;
  if (process.platform === 'darwin') {
    return `osx/mongodb-macos-${intel ? 'x86_64' : 'arm64'}-${VERSION}.tgz`;
  }
  if (process.platform !== 'linux') return undefined;
  const flavour = flavourOf(await readFile('/etc/os-release', 'utf8').catch(() => ''), intel);
  return flavour && `linux/mongodb-linux-${intel ? 'x86_64' : 'aarch64'}-${flavour}-${VERSION}.tgz`;
}

function flavourOf(release: string, intel: boolean): string | undefined {
  const field = (name: string) => new RegExp(`^${name}="?([^"\n]*)`, 'm').exec(release)?.[1] ?? '';
  const family = `${field('ID')} ${field('ID_LIKE')}`;
  const major = Number.parseInt(field('VERSION_ID'), 10);
  if (/\bubuntu\b/.test(family)) return major >= 22 || Number.isNaN(major) ? 'ubuntu2204' : 'ubuntu2004';
  // For arm64 there is no Debian build; Ubuntu's needs the same libraries.
  if (/\bdebian\b/.test(family)) return intel ? (major === 11 ? 'debian11' : 'debian12') : 'ubuntu2204';
  if (/\bamzn\b/.test(family)) return 'amazon2023';
  if (/\b(rhel|centos|fedora)\b/.test(family)) return major === 8 ? 'rhel8' : 'rhel90';
  return undefined;
}
