// npm run test:fuzz: throws generated requests at every documented operation, as four roles, and fails on any 5xx or
// answer that /openapi.json does not document. Needs Python 3 with pip; `CASES` is how many each operation gets (20), `ROLES` whom
// to be (staff,inspector1,merchant1,admin), all of them beside each other.
import './lib/check-node.mjs';
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root, run } from './lib/run.mjs';
import { throwAwayFolder } from './lib/throw-away.mjs';

const release = '4.32.5';
const users = (process.env.ROLES ?? 'staff,inspector1,merchant1,admin').split(',');
const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'allow_header_conformance',
  'unsupported_method',
];
// The first end the very session that the requests are made with; a stream of events does not end; and a webhook would post to
// whomever the fuzzer makes up.
const excluded = '/auth/(logout|password|sessions)|/events$|/webhooks$';
const password = 'fuzzing needs a password';

await ensureInstalled({ dev: true });
await ensureBuilt();
const tool = path.join(root, '.cache', `schemathesis-${release}`);
if (!existsSync(path.join(tool, 'schemathesis'))) {
  console.log('Fetching schemathesis');
  const args = ['-m', 'pip', 'install', '--quiet', '--target', tool, `schemathesis==${release}`];
  if ((await run('python3', args)) !== 0) process.exit(1);
}

const folder = throwAwayFolder('mingdan-fuzz-');
const server = spawn(process.execPath, ['dist/server/main.js'], {
  cwd: root,
  env: {
    ...process.env,
    DATA_DIR: path.join(folder, 'data'),
    UPLOADS_DIR: path.join(folder, 'uploads'),
    DEMO_PASSWORD: password,
    PORT: '0',
    LOG_LEVEL: 'error',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
let codes;
try {
  const url = await ready(server);
  // All log in first: the fuzzer soon uses up the wrong passwords that an address may try.
  const tokens = [];
  for (const user of users) tokens.push([user, await login(url, user)]);
  console.log(`Fuzzing as ${users.join(', ')}`);
  codes = await Promise.all(tokens.map(([user, token]) => fuzz(url, user, token)));
} finally {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
  rmSync(folder, { recursive: true, force: true });
}
process.exit(codes.every((code) => code === 0) ? 0 : 1);

function ready(child) {
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('exit', () => reject(new Error(`The server ended before it was ready:\n${text}`)));
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const url = /^Ready: (\S+)/m.exec(text)?.[1];
      if (url) resolve(url);
    });
  });
}

async function login(url, username) {
  const response = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  if (!response.ok) throw new Error(`${username} could not log in: ${response.status}`);
  return (await response.json()).accessToken;
}

async function fuzz(url, user, token) {
  const args = [
    ...['-m', 'schemathesis.cli', 'run', `${url}/openapi.json`, '-H', `Authorization: Bearer ${token}`],
    ...['--phases', 'coverage,fuzzing', '-n', process.env.CASES ?? '20', '--generation-deterministic'],
    ...['--continue-on-failure', '--checks', checks.join(','), '--exclude-path-regex', excluded],
    // One worker: CPython's parser, which the tool uses on itself, trips over a second thread.
    ...['--warnings', 'off', '-w', '1'],
  ];
  const home = path.join(folder, user);
  mkdirSync(home);
  const report = path.join(home, 'report.txt');
  const to = openSync(report, 'w');
  const env = { ...process.env, PYTHONPATH: tool };
  const code = await run('python3', args, { cwd: home, env, stdio: ['ignore', to, to] });
  closeSync(to);
  console.log(`\nFuzzed as ${user}\n${readFileSync(report, 'utf8')}`);
  return code;
}
