// Builds what is stale: a part is built anew when the contents of its sources have changed since the last time.
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { ensureInstalled } from './install.mjs';
import { root, runInstalled } from './run.mjs';

/** `sources` decide whether a part is stale; `make` fills an empty folder, which then replaces dist/`output`. */
const parts = [
  {
    name: 'server',
    sources: ['server', 'models', 'routes', 'tsconfig.json', 'package-lock.json'],
    outputs: ['server', 'models', 'routes'],
    async make(folder) {
      const code = await runInstalled('typescript/bin/tsc', ['--outDir', folder]);
      // tsc leaves behind everything that is not code: data of the seeds, tables, texts.
      for (const source of this.outputs) copyData(path.join(root, source), path.join(folder, source));
      return code;
    },
  },
  {
    name: 'web',
    sources: ['web', 'package-lock.json'],
    outputs: ['web'],
    make: (folder) =>
      runInstalled('vite/bin/vite.js', [
        'build',
        '--config',
        'web/vite.config.ts',
        '--outDir',
        path.join(folder, 'web'),
        '--logLevel',
        'warn',
      ]),
  },
];

export async function ensureBuilt() {
  for (const part of parts) {
    const stamp = path.join(root, 'dist', `.${part.name}`);
    const print = fingerprint(part.sources);
    if (isBuilt(part, stamp, print)) continue;
    await ensureInstalled({ dev: true });
    console.log(`Building the ${part.name}`);
    // Made beside the old one and then swapped: whoever runs the old one never sees half of the new.
    const folder = path.join(root, '.cache', `build-${part.name}-${process.pid}`);
    rmSync(folder, { recursive: true, force: true });
    const code = await part.make(folder);
    if (code !== 0) {
      rmSync(folder, { recursive: true, force: true });
      console.error(`The ${part.name} could not be built: see above.`);
      process.exit(code);
    }
    rmSync(stamp, { force: true });
    mkdirSync(path.dirname(stamp), { recursive: true });
    for (const output of part.outputs) swapIn(path.join(folder, output), path.join(root, 'dist', output));
    rmSync(folder, { recursive: true, force: true });
    writeFileSync(stamp, print);
  }
}

function isBuilt(part, stamp, print) {
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== print) return false;
  return part.outputs.every((output) => existsSync(path.join(root, 'dist', output)));
}

function swapIn(fresh, place) {
  rmSync(place, { recursive: true, force: true });
  if (existsSync(fresh)) renameSync(fresh, place);
  else mkdirSync(place);
}

/** Of contents, not of times: a checkout or a copy gives old files new times. */
function fingerprint(sources) {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of filesIn(path.join(root, source))) {
      hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

function filesIn(place) {
  if (!existsSync(place)) return [];
  try {
    const entries = readdirSync(place, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    return entries.flatMap((entry) => {
      const inside = path.join(place, entry.name);
      return entry.isDirectory() ? filesIn(inside) : [inside];
    });
  } catch (error) {
    if (error.code === 'ENOTDIR') return [place];
    throw error;
  }
}

function copyData(from, to) {
  for (const file of filesIn(from)) {
    if (!file.endsWith('.ts')) cpSync(file, path.join(to, path.relative(from, file)));
  }
}
