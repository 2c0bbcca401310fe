// Mingdan as a process of its own, for tests of what only a process can show: kills, restarts, several beside each other.
import { type ChildProcess, spawn } from 'node:child_process';
import { testConfig } from './app.ts';

export type ServerProcess = {
  url: string;
  pid: number;
  readyMillis: number;
  /** Everything it has said so far. */
  said(): string;
  /** Sends the signal and waits for the end; answers the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
};

/** Starts a server with the keys of the test app, and waits until it says that it is ready. */
export async function startServer(env: Record<string, string>): Promise<ServerProcess> {
  const { jwtSecret = '', signingKey = '' } = testConfig();
  const { MONGODB_URI: _uri, ...inherited } = process.env;
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    env: {
      ...inherited,
      NODE_ENV: 'test',
      PORT: '0',
      SEED: 'none',
      JWT_SECRET: jwtSecret,
      SIGNING_KEY: signingKey,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    const look = () => {
      const found = /^Ready: (\S+)/m.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', look);
    child.once('exit', (code) => {
      reject(new Error(`the server ended with ${String(code)} before it was ready:\n${text}`));
    });
  });
  return {
    url,
    pid: child.pid ?? 0,
    readyMillis: performance.now() - startedAt,
    said: () => text,
    end: (signal) => end(child, signal),
  };
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => {
    child.once('exit', (code) => {
      resolve(code);
    });
    child.kill(signal);
  });
}

/** A request to a server process, as JSON. */
export async function request(
  server: ServerProcess,
  token: string | null,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      ...(token !== null && { Authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
}
