// npm run https: the running application over https, by an authority that is made once and given to the phone.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { freePort } from '../../server/mongo/ports.ts';
import { origin } from '../support/app.ts';
import { aPerson, emptyWorld, testPassword } from '../support/world.ts';

describe('the application over https, for a phone', function () {
  this.timeout(60_000);
  let folder: string;
  let port: number;
  let running: ChildProcess | undefined;

  const start = async () => {
    running = spawn(process.execPath, ['bin/https.mjs'], {
      env: { ...process.env, DATA_DIR: folder, HTTPS_PORT: `${port}`, PORT: new URL(origin()).port },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const chunk of running.stdout ?? []) if (String(chunk).includes('Ctrl-C')) return;
  };
  const stop = () =>
    new Promise((resolve) => {
      running?.once('exit', resolve);
      running?.kill('SIGTERM');
    });
  const authority = async () => (await fetch(`http://127.0.0.1:${port + 1}/`)).text();

  before(async () => {
    await emptyWorld();
    folder = await mkdtemp(join(tmpdir(), 'mingdan-https-'));
    port = await freePort();
    await start();
  });
  after(async () => {
    await stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('passes requests on under a certificate that the authority vouches for, also after a restart', async () => {
    const ca = await authority();
    expect(ca).to.include('BEGIN CERTIFICATE');
    await stop();
    await start();
    expect(await authority()).to.equal(ca);
    const { user } = await aPerson('inspector');
    const body = JSON.stringify({ username: user.username, password: testPassword });
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { 'Content-Type': 'application/json' };
      request({ host: 'localhost', port, path: '/api/v1/auth/login', method: 'POST', headers, ca }, resolve)
        .once('error', reject)
        .end(body);
    });
    answer.resume();
    expect(answer.statusCode).to.equal(200);
    expect(answer.headers['set-cookie']?.[0]).to.include('mingdan_refresh');
    expect(answer.headers).not.to.have.property('strict-transport-security');
  });
});
