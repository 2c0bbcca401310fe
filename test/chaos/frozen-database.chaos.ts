// A database that does not answer for a while: requests end in bounded time, readiness says so, and nothing acknowledged is lost.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { Merchant } from '../../models/merchant.ts';
import { endLeftRunning } from '../../server/mongo/embedded.ts';
import { inOwnDatabase } from '../support/own-database.ts';
import { request, type ServerProcess, startServer } from '../support/server-process.ts';
import { aVisit } from '../support/visits.ts';
import { aDesk, aListedMerchant, aPerson, layGround, type Person } from '../support/world.ts';

describe('a database that is frozen for five seconds', () => {
  let folder: string;
  let inspector: Person;
  let merchant: Merchant;
  let server: ServerProcess;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mingdan-frozen-'));
    await inOwnDatabase(join(folder, 'data'), async () => {
      await layGround();
      merchant = await aListedMerchant(await aDesk());
      inspector = await aPerson('inspector', { areas: ['230104'], taskForce: 'market' });
    });
    server = await startServer({ DATA_DIR: join(folder, 'data'), UPLOADS_DIR: join(folder, 'uploads') });
  });
  after(async () => {
    await server.end('SIGTERM');
    await endLeftRunning(join(folder, 'data'));
    await rm(folder, { recursive: true, force: true });
  });

  it('answers or refuses every visit, says that it is not ready, and goes on', async () => {
    const pid = Number(await readFile(join(folder, 'data', 'db', 'mongod.lock'), 'utf8'));
    const acknowledged = new Map<string, unknown>();
    let longest = 0;
    let sending = true;
    const write = async () => {
      while (sending) {
        const visit = aVisit(merchant._id);
        const began = performance.now();
        for (;;) {
          const answer = await request(server, inspector.token, 'POST', '/visits', visit);
          expect(answer.status).to.be.oneOf([200, 201, 503]);
          if (answer.status === 503) {
            await pause(100);
            continue;
          }
          acknowledged.set(visit.id, answer.body);
          break;
        }
        longest = Math.max(longest, performance.now() - began);
      }
    };
    const writers = Array.from({ length: 8 }, write);
    await pause(500);
    process.kill(pid, 'SIGSTOP');
    await pause(3_000);
    const ready = await fetch(`${server.url}/readyz`, { signal: AbortSignal.timeout(10_000) });
    const health = await fetch(`${server.url}/healthz`);
    await pause(2_000);
    process.kill(pid, 'SIGCONT');
    expect({ ready: ready.status, health: health.status }).to.deep.equal({ ready: 503, health: 200 });
    await pause(1_000);
    sending = false;
    await Promise.all(writers);
    expect(longest).to.be.lessThan(20_000);
    for (const id of acknowledged.keys())
      expect((await request(server, inspector.token, 'GET', `/visits/${id}`)).status).to.equal(200);
    const { body } = await request(server, inspector.token, 'GET', '/visits?limit=1');
    expect(body.total).to.equal(acknowledged.size);
    expect((await fetch(`${server.url}/readyz`)).status).to.equal(200);
  });
});
