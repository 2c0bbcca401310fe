// npm test: installs what is missing, builds what is stale, starts a throw-away MongoDB, runs mocha, ends with a line of counts.
// Arguments go to mocha: npm test -- --grep "sealed visit"
import './lib/check-node.mjs';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root, runInstalled } from './lib/run.mjs';
import { throwAwayFolder } from './lib/throw-away.mjs';

const args = process.argv.slice(2);
const folder = throwAwayFolder('mingdan-test-');
const countsFile = path.join(folder, 'counts.json');
/** What tests put into the temporary folder goes with ours, also when they are cut short. */
const temporary = path.join(folder, 'tmp');
mkdirSync(temporary);
let database;
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => (interrupted = true));

let code = 1;
try {
  await ensureInstalled({ dev: true });
  // The pages that need script are tested as they are served: built.
  await ensureBuilt();
  if (!process.env.MONGODB_URI) database = await startDatabase();
  if (!interrupted) code = await runMocha(process.env.MONGODB_URI || database.uri);
} catch (error) {
  console.error(error.name === 'StartupRefusal' ? error.message : error);
} finally {
  await database?.stop();
  if (interrupted) await endLeftovers();
}

const { passes, failures, pending } = readCounts();
rmSync(folder, { recursive: true, force: true });
if (interrupted) console.log('Interrupted');
else if (passes + failures === 0) console.log('No test was run');
console.log(`${passes} passed, ${failures} failed${pending ? `, ${pending} skipped` : ''}`);
process.exit(code || (interrupted || passes === 0 || failures > 0 ? 1 : 0));

async function startDatabase() {
  const { startEmbeddedMongo } = await embedded();
  return startEmbeddedMongo({ dataDir: path.join(folder, 'data'), say: console.log });
}

/** Databases that tests had started themselves and could not stop any more. */
async function endLeftovers() {
  const { endLeftRunning } = await embedded();
  for (const name of readdirSync(temporary)) await endLeftRunning(path.join(temporary, name));
}

async function embedded() {
  const { tsImport } = await import('tsx/esm/api');
  return tsImport('../server/mongo/embedded.ts', import.meta.url);
}

/** A selection says nothing about coverage, and measuring it takes a quarter of the time: `COVERAGE=1` does, for whole runs. */
function runMocha(uri) {
  const env = {
    ...process.env,
    NODE_ENV: 'test',
    MONGODB_URI: uri,
    TMPDIR: temporary,
    TEST_COUNTS_FILE: countsFile,
  };
  const mocha = [
    'mocha/bin/mocha.js',
    '--reporter',
    path.join(root, 'bin/lib/counting-reporter.cjs'),
    ...args,
  ];
  if (args.length > 0 || !process.env.COVERAGE) return runInstalled(mocha[0], mocha.slice(1), { env });
  mocha[0] = path.join(root, 'node_modules', mocha[0]);
  return runInstalled('c8/bin/c8.js', [process.execPath, ...mocha], { env });
}

function readCounts() {
  try {
    return JSON.parse(readFileSync(countsFile, 'utf8'));
  } catch {
    return { passes: 0, failures: 0, pending: 0 };
  }
}
