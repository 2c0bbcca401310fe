// Server and database killed at random, again and again, under load: what was acknowledged is there, once and whole.
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { OrderModel } from '../../models/order.ts';
import { type Visit, type VisitBody, VisitModel } from '../../models/visit.ts';
import { projectVisits } from '../../server/domain/visit-projection.ts';
import { endLeftRunning } from '../../server/mongo/embedded.ts';
import type { Random } from '../../server/seeds/random.ts';
import { inOwnDatabase } from '../support/own-database.ts';
import { chance } from '../support/random.ts';
import { request, type ServerProcess, startServer } from '../support/server-process.ts';
import { aFaultyVisit, aPhoto, aVisit } from '../support/visits.ts';
import { aDesk, aPerson, type Desk, layGround, listedMerchants, type Person } from '../support/world.ts';

const kills = 20;
const writers = 8;
/** Milliseconds. */
const patience = 15_000;

type Receipt = { id: string; receivedAt: string; result: string; orders: { id: string; due?: string }[] };
type Photo = Awaited<ReturnType<typeof aPhoto>>;

describe('twenty kills of server and database under load', () => {
  let folder: string;
  let random: Random;
  let inspector: Person;
  let desk: Desk;
  let merchants: Merchant[];
  let photos: Photo[];
  let server: ServerProcess;
  let killing = true;
  let late = 0;
  const sent = new Map<string, VisitBody>();
  const receipts = new Map<string, Receipt>();
  const readyMillis: number[] = [];

  const dataDir = () => join(folder, 'data');
  const start = async () => {
    server = await startServer({
      DATA_DIR: dataDir(),
      UPLOADS_DIR: join(folder, 'uploads'),
      LOG_LEVEL: 'error',
    });
    readyMillis.push(server.readyMillis);
  };

  before(async () => {
    random = chance();
    folder = await mkdtemp(join(tmpdir(), 'mingdan-kills-'));
    await inOwnDatabase(dataDir(), async () => {
      await layGround();
      desk = await aDesk();
      inspector = await aPerson('inspector', { areas: ['230104'], taskForce: 'market' });
      merchants = await listedMerchants(
        desk,
        Array.from({ length: 12 }, () => ({})),
      );
    });
    photos = await Promise.all(Array.from({ length: 30 }, () => aPhoto({ width: 64, height: 48 })));
  });
  after(async () => {
    await server.end('SIGKILL');
    await endLeftRunning(dataDir());
    await rm(folder, { recursive: true, force: true });
  });

  it('lose no acknowledged visit, part no visit from its orders, and leave every count right', async () => {
    await start();
    const done = Array.from({ length: writers }, () => write());
    for (let kill = 0; kill < kills; kill += 1) {
      // Most fall into full work, some into what is only just getting up again.
      if (random.chance(0.75)) await received(receipts.size + 8);
      await pause(random.int(150, 900));
      if (random.chance(0.5)) await killDatabase();
      else {
        await server.end('SIGKILL');
        await start();
      }
    }
    killing = false;
    await Promise.all(done);
    expect(await server.end('SIGTERM')).to.equal(0);
    process.stdout.write(
      `      ${receipts.size} visits, ${late} answers too late, ready after ${readyMillis.map(Math.round).join(', ')} ms\n`,
    );
    // One of them may fall into a moment in which the machine does something else.
    const [slowest = 0, next = 0] = readyMillis.toSorted((a, b) => b - a);
    expect(next).to.be.lessThan(10_000);
    expect(slowest).to.be.lessThan(20_000);
    expect(receipts.size).to.be.greaterThan(100);
    await inOwnDatabase(dataDir(), async () => {
      await projectVisits();
      await checkVisits();
      await checkCounts();
      await checkPhotos();
    });
  });

  /** Waits until so many visits are acknowledged, or for half a minute: then a count at the end says so. */
  async function received(count: number): Promise<void> {
    const deadline = Date.now() + 30_000;
    while (receipts.size < count && Date.now() < deadline) await pause(20);
  }

  async function killDatabase(): Promise<void> {
    const pid = Number(await readFile(join(dataDir(), 'db', 'mongod.lock'), 'utf8').catch(() => '0'));
    try {
      if (pid > 0) process.kill(pid, 'SIGKILL');
    } catch {
      // Dead already from the kill before, and not started anew yet.
    }
  }

  /** Again and again until it is acknowledged, as a phone does; then the next one, while there is killing. */
  async function write(): Promise<void> {
    while (killing) {
      const merchant = random.pick(merchants)._id;
      const [before, after, scan] = random.shuffle(photos) as [Photo, Photo, Photo];
      const isFaulty = random.chance(0.4);
      const visit = isFaulty
        ? aFaultyVisit(merchant, { before: before.sha256, after: after.sha256, scan: scan.sha256 })
        : aVisit(merchant);
      sent.set(visit.id, visit);
      if (isFaulty) for (const photo of [before, after, scan]) await acknowledged(() => sendPhoto(photo));
      const { body } = await acknowledged(() => request(server, inspector.token, 'POST', '/visits', visit));
      receipts.set(visit.id, body as Receipt);
      const open = (body as Receipt).orders.find(({ due }) => due !== undefined);
      if (open && random.chance(0.6)) await answer(open.id);
    }
  }

  async function answer(order: string): Promise<void> {
    await act(inspector.token, `/orders/${order}/submit`);
    if (random.chance(0.7)) await act(desk.staff.token, `/orders/${order}/verify`);
  }

  /** An act that was done, and whose answer was lost, is refused as done the second time. */
  async function act(token: string, path: string): Promise<void> {
    const { status } = await acknowledged(() => request(server, token, 'POST', path, {}));
    expect(status).to.be.oneOf([200, 409]);
  }

  async function sendPhoto({ bytes }: Photo): Promise<{ status: number; body: Record<string, unknown> }> {
    const form = new FormData();
    form.append('photo', new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), 'a.jpg');
    const headers = { Authorization: `Bearer ${inspector.token}` };
    const response = await fetch(`${server.url}/api/v1/photos`, { method: 'POST', headers, body: form });
    await response.arrayBuffer();
    return { status: response.status, body: {} };
  }

  async function acknowledged(
    attempt: () => Promise<{ status: number; body: Record<string, unknown> }>,
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    for (;;) {
      // A phone does not wait for ever either: what is not answered in time is sent again.
      const answered = await Promise.race([attempt().catch(() => null), pause(patience, 'late' as const)]);
      if (answered === 'late') {
        late += 1;
        continue;
      }
      if (answered && answered.status !== 503) {
        const said = answered.status === 500 ? (/.*"bug".*/.exec(server.said())?.[0] ?? '') : '';
        expect(answered.status, `${JSON.stringify(answered.body)}\n${said}`).to.be.oneOf([200, 201, 409]);
        return answered;
      }
      await pause(50);
    }
  }

  async function checkVisits(): Promise<void> {
    const stored = new Map((await VisitModel.find().lean<Visit[]>()).map((visit) => [visit._id, visit]));
    for (const [id, { receivedAt, orders }] of receipts) {
      const visit = stored.get(id);
      expect(visit?.receivedAt.toISOString(), id).to.equal(receivedAt);
      expect(visit?.orders.map(({ _id, due }) => [_id, due?.toISOString()])).to.deep.equal(
        orders.map((order) => [order.id, order.due]),
      );
    }
    const promised = [...stored.values()].flatMap(({ _id, orders }) =>
      orders.map((order) => `${_id}/${order._id}`),
    );
    const existing = (await OrderModel.find({}, { visit: 1 }).lean()).map(
      ({ _id, visit }) => `${visit}/${_id}`,
    );
    expect(existing.sort()).to.deep.equal(promised.sort());
    for (const id of stored.keys()) expect(sent.has(id)).to.equal(true);
  }

  async function checkCounts(): Promise<void> {
    for (const { _id } of merchants) {
      const { openOrders, lastVisit } =
        (await MerchantModel.findById(_id).lean<Merchant>()) ?? merchants[0] ?? {};
      const open = await OrderModel.countDocuments({ merchant: _id, state: { $in: ['open', 'submitted'] } });
      expect(openOrders).to.equal(open);
      const last = await VisitModel.find({ merchant: _id }).sort({ arrivedAt: -1 }).limit(1).lean<Visit[]>();
      expect(lastVisit?.at.getTime()).to.equal(last[0]?.arrivedAt.getTime());
    }
    expect(await VisitModel.countDocuments({ pending: true })).to.equal(0);
  }

  /** Every acknowledged faulty visit is complete, and its photos lie on the disk to the byte. */
  async function checkPhotos(): Promise<void> {
    expect(
      await VisitModel.countDocuments({ _id: { $in: [...receipts.keys()] }, state: { $ne: 'complete' } }),
    ).to.equal(0);
    const shown = (await VisitModel.distinct('photos.sha256', { state: 'complete' })).map(String);
    expect(shown.length).to.be.greaterThan(5);
    for (const sha256 of shown) {
      const bytes = await readFile(join(folder, 'uploads', sha256.slice(0, 2), sha256.slice(2, 4), sha256));
      expect(createHash('sha256').update(bytes).digest('hex')).to.equal(sha256);
    }
  }
});
