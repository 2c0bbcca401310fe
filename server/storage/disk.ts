// Photos on disk: staged under `.incoming`, then renamed into place by their hash. A half photo is never visible.
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, link, mkdir, open, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ids } from '../lib/ids.ts';
import { Problem } from '../lib/problem.ts';
import type { CopySize, PhotoStorage, StagedPhoto } from './photo-storage.ts';

export async function diskStorage(root: string): Promise<PhotoStorage> {
  const staging = join(root, '.incoming');
  await mkdir(staging, { recursive: true });
  const placeOf = (sha256: string) => join(root, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  const copyOf = (sha256: string, size: CopySize) =>
    join(root, '.copies', sha256.slice(0, 2), `${sha256}-${size}.jpg`);

  return {
    async stage(stream, maxBytes) {
      const path = join(staging, ids.secret(16));
      const hash = createHash('sha256');
      let bytes = 0;
      const meter = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          bytes += chunk.length;
          hash.update(chunk);
          const tooLarge = bytes > maxBytes;
          done(tooLarge ? new Problem('too-large', { why: `≤ ${maxBytes / 1_048_576} MB` }) : null, chunk);
        },
      });
      try {
        await pipeline(stream, meter, createWriteStream(path, { flags: 'wx', flush: true }));
      } catch (error) {
        await rm(path, { force: true });
        throw fullOr(error);
      }
      return { sha256: hash.digest('hex'), bytes, path };
    },

    async keep({ sha256, path }: StagedPhoto) {
      const place = placeOf(sha256);
      try {
        const folder = dirname(place);
        const firstNew = await mkdir(folder, { recursive: true });
        await rename(path, place);
        await syncFolder(folder);
        // A folder that is new is itself an entry of the one above.
        if (firstNew === undefined) return;
        for (let at = folder; at !== dirname(firstNew); at = dirname(at)) await syncFolder(dirname(at));
      } catch (error) {
        throw fullOr(error);
      }
    },

    discard: ({ path }) => rm(path, { force: true }),
    has: (sha256) =>
      access(placeOf(sha256)).then(
        () => true,
        () => false,
      ),
    original: (sha256) => Promise.resolve(placeOf(sha256)),

    async copy(sha256, size, make) {
      const place = copyOf(sha256, size);
      const kept = await readFile(place).catch(() => null);
      if (kept) return kept;
      const made = await make(placeOf(sha256));
      await keepCopy(place, made).catch(() => undefined);
      return made;
    },

    async setAside(sha256) {
      const aside = join(staging, `${sha256}-${ids.secret(6)}`);
      const isThere = await rename(placeOf(sha256), aside).then(() => true, isMissing);
      return {
        async putBack() {
          if (isThere) await link(aside, placeOf(sha256)).catch(isTaken);
          await rm(aside, { force: true });
        },
        async remove() {
          await rm(aside, { force: true });
          for (const size of [320, 1600] as const) await rm(copyOf(sha256, size), { force: true });
        },
      };
    },

    async sweepStaging(olderThan) {
      let swept = 0;
      for (const name of await readdir(staging)) {
        const path = join(staging, name);
        const info = await stat(path).catch(() => null);
        if (!info || info.mtime >= olderThan) continue;
        await rm(path, { force: true });
        swept += 1;
      }
      return swept;
    },
  };
}

/** Expected: the file is not there (any more), or it is there again. Anything else is thrown on. */
function isMissing(error: unknown): false {
  if (codeOf(error) === 'ENOENT') return false;
  throw error;
}
function isTaken(error: unknown): void {
  if (codeOf(error) !== 'EEXIST') throw error;
}
const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : null);

/** A copy is a cache: a disk that has no room for it only costs time. */
async function keepCopy(place: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(place), { recursive: true });
  const draft = `${place}.${ids.secret(6)}`;
  await writeFile(draft, bytes);
  await rename(draft, place);
}

/** Makes a rename survive a power cut. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function fullOr(error: unknown): unknown {
  const code = codeOf(error);
  return code === 'ENOSPC' || code === 'EDQUOT' ? new Problem('storage-full') : error;
}
