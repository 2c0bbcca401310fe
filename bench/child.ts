// Servers under measure, each a process of its own, and requests to them.
import { spawn } from 'node:child_process';
import { Agent, request } from 'node:http';

export type Child = { url: string; end(): Promise<void> };

/** Starts a TypeScript program, and waits until it says `Ready:` with its address. */
export function startChild(file: string, env: Record<string, string>): Promise<Child> {
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // What fails in a bench must leave nobody behind.
  process.once('exit', () => child.kill('SIGTERM'));
  const end = () =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null) resolve();
      child.once('exit', () => {
        resolve();
      });
      child.kill('SIGTERM');
    });
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (piece: Buffer) => {
      said = `${said}${piece.toString()}`.slice(-10_000);
      const url = /^Ready: (\S+)/m.exec(said)?.[1];
      if (url !== undefined) resolve({ url, end });
    });
    child.once('exit', (code) => {
      reject(new Error(`${file} ended with ${String(code)} before it was ready:\n${said}`));
    });
  });
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

type Asked = { token?: string | undefined; method?: string; body?: unknown };

/** The body of an answer as text. Throws for anything but success. */
export function ask(url: string, { token, method = 'GET', body }: Asked = {}): Promise<string> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    ...(text !== undefined && {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(text),
    }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method, headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => {
        const answer = Buffer.concat(pieces).toString();
        if ((response.statusCode ?? 500) < 300) resolve(answer);
        else reject(new Error(`${method} ${url}: ${String(response.statusCode)} ${answer.slice(0, 500)}`));
      });
    });
    sent.on('error', (error) => {
      // A server may close a connection that was kept at the very moment at which it is used again.
      if (sent.reusedSocket && method === 'GET') ask(url, { token }).then(resolve, reject);
      else reject(error);
    });
    sent.end(text);
  });
}
