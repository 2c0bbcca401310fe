// Server and database killed in the middle of writing: all that was acknowledged is there, once.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { VisitBody } from '../../models/visit.ts';
import type { Merchant } from '../../models/merchant.ts';
import { endLeftRunning } from '../../server/mongo/embedded.ts';
import { inOwnDatabase } from '../support/own-database.ts';
import { request, type ServerProcess, startServer } from '../support/server-process.ts';
import { aFaultyVisit, aVisit } from '../support/visits.ts';
import { aDesk, aListedMerchant, aPerson, layGround, type Person } from '../support/world.ts';

const writers = 16;
/** Visits that must have been acknowledged before the kill. */
const enough = 100;

describe('a server killed while it writes', function () {
  this.timeout(90_000);
  let folder: string;
  let inspector: Person;
  let merchant: Merchant;
  let server: ServerProcess | undefined;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mingdan-kill-'));
    await inOwnDatabase(join(folder, 'data'), async () => {
      await layGround();
      merchant = await aListedMerchant(await aDesk());
      inspector = await aPerson('inspector', { areas: ['230104'], taskForce: 'market' });
    });
  });

  after(async () => {
    await server?.end('SIGTERM');
    await endLeftRunning(join(folder, 'data'));
    await rm(folder, { recursive: true, force: true });
  });

  const start = () => startServer({ DATA_DIR: join(folder, 'data'), UPLOADS_DIR: join(folder, 'uploads') });
  const send = (to: ServerProcess, visit: VisitBody) =>
    request(to, inspector.token, 'POST', '/visits', visit);

  it('keeps every acknowledged visit with its orders, and takes the others in once more', async () => {
    const sent: VisitBody[] = [];
    const acknowledged = new Map<string, unknown>();
    const first = (server = await start());
    let writing = true;
    const hash = 'a'.repeat(64);
    const write = async (serial: number) => {
      while (writing) {
        const visit =
          serial % 2 === 0
            ? aVisit(merchant._id)
            : aFaultyVisit(merchant._id, { before: hash, after: hash, scan: hash });
        sent.push(visit);
        const answer = await send(first, visit).catch(() => null);
        if (answer?.status === 201) acknowledged.set(visit.id, answer.body);
        else if (answer) throw new Error(`unexpected answer ${answer.status} ${JSON.stringify(answer.body)}`);
        else return;
      }
    };
    const done = Array.from({ length: writers }, (_, serial) => write(serial));
    while (acknowledged.size <= enough) await pause(5);
    const database = Number(await readFile(join(folder, 'data', 'db', 'mongod.lock'), 'utf8'));
    process.kill(database, 'SIGKILL');
    await first.end('SIGKILL');
    writing = false;
    await Promise.all(done);

    const second = (server = await start());
    expect(second.readyMillis).to.be.lessThan(10_000);
    for (const [id, receipt] of acknowledged) {
      const visit = sent.find((one) => one.id === id);
      if (!visit) continue;
      const { status, body } = await send(second, visit);
      // Flags that need a look at other visits come later.
      expect({ status, body: { ...body, flags: [] } }).to.deep.equal({ status: 200, body: receipt });
    }
    for (const visit of sent.filter(({ id }) => !acknowledged.has(id)))
      expect((await send(second, visit)).status).to.be.oneOf([200, 201]);
    const { body } = await request(second, inspector.token, 'GET', '/visits?limit=1');
    expect(body.total).to.equal(sent.length);
    const faulty = sent.filter(({ answers }) => answers.some(({ outcome }) => outcome === 'fail')).length;
    const orders = await request(second, inspector.token, 'GET', '/orders?limit=1');
    expect(orders.body.total).to.equal(2 * faulty);
  });

  it('starts a database again that ended alone, and takes visits in as before', async () => {
    const running = (server ??= await start());
    const pidOfDatabase = async () =>
      Number(await readFile(join(folder, 'data', 'db', 'mongod.lock'), 'utf8').catch(() => ''));
    const killed = await pidOfDatabase();
    process.kill(killed, 'SIGKILL');
    const visit = aVisit(merchant._id);
    const deadline = Date.now() + 10_000;
    let status = 0;
    while (status !== 201 && Date.now() < deadline) {
      status = (await send(running, visit).catch(() => ({ status: 0 }))).status;
      if (status === 503) await pause(50);
      else expect(status).to.equal(201);
    }
    expect(status).to.equal(201);
    expect(await pidOfDatabase()).not.to.equal(killed);
  });
});
