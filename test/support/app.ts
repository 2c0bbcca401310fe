// The real application on a real replica set and real files, as the tests call it.
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import supertest from 'supertest';
import { createApp } from '../../server/app.ts';
import { assemble } from '../../server/assemble.ts';
import { type Config, readConfig } from '../../server/lib/config.ts';
import { ids } from '../../server/lib/ids.ts';
import { createSigningKey } from '../../server/lib/signing.ts';
import type { ProblemCode } from '../../server/lib/problem.ts';
import { connectMongo } from '../../server/mongo/connect.ts';

type Front = (request: IncomingMessage, response: ServerResponse) => boolean;
let server: Server | undefined;
let front: Front | null = null;
let config: Config | undefined;

export function testConfig(): Config {
  if (!config) throw new Error('the test app is not open');
  return config;
}

/** A database of its own for each process that runs tests beside others. */
function ownUri(): string {
  const { MONGODB_URI: given, MOCHA_WORKER_ID: worker } = process.env;
  if (given === undefined) throw new Error('run the tests with `npm test`, which starts a database for them');
  if (worker === undefined) return given;
  const uri = new URL(given);
  uri.pathname += `-${worker}`;
  return uri.href;
}

export async function openTestApp(): Promise<void> {
  const uri = ownUri();
  // Programs that a test starts work on the same database.
  process.env.MONGODB_URI = uri;
  const folder = await mkdtemp(join(tmpdir(), 'mingdan-test-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const keys = { JWT_SECRET: ids.secret(48), SIGNING_KEY: createSigningKey().privatePem };
  config = readConfig({
    ...process.env,
    ...keys,
    MONGODB_URI: uri,
    DATA_DIR: join(folder, 'data'),
    UPLOADS_DIR: join(folder, 'uploads'),
  });
  await connectMongo(uri);
  await mongoose.connection.dropDatabase();
  const deps = await assemble(config);
  const app = createApp({ ...deps, checkAnswers: true });
  server = createServer((request, response) => {
    if (!front?.(request, response)) app(request, response);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
}

/** Lets a test answer before the app does, by true, as a newer release would; null lets the app answer all again. */
export function inFront(answers: Front | null): void {
  front = answers;
}

export function origin(): string {
  const address = server?.address();
  if (!address || typeof address === 'string') throw new Error('the test app does not listen');
  return `http://127.0.0.1:${address.port}`;
}

/** A caller: somebody with a token, or nobody. Addresses are below `/api/v1`. */
export function caller(token?: string) {
  const agent = supertest(origin());
  const with_ = (test: supertest.Test) =>
    token === undefined ? test : test.set('Authorization', `Bearer ${token}`);
  return {
    get: (path: string) => with_(agent.get(`/api/v1${path}`)),
    head: (path: string) => with_(agent.head(`/api/v1${path}`)),
    post: (path: string) => with_(agent.post(`/api/v1${path}`)),
    put: (path: string) => with_(agent.put(`/api/v1${path}`)),
    patch: (path: string) => with_(agent.patch(`/api/v1${path}`)),
    delete: (path: string) => with_(agent.delete(`/api/v1${path}`)),
  };
}

export const anybody = () => caller();

/** For `.expect(…)`: a problem with this status and code. */
export function isProblem(status: number, code: ProblemCode) {
  return (response: supertest.Response) => {
    const { code: found } = response.body as { code?: string };
    const type = response.headers['content-type'] ?? '';
    if (response.status !== status || found !== code || !type.startsWith('application/problem+json'))
      throw new Error(
        `expected problem ${status} ${code}, got ${response.status} ${type} ${response.text.slice(0, 500)}`,
      );
  };
}
