// A thousand orders due within seconds, two processes that sweep them, one killed half-way: each step exactly once.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { AdjustmentModel } from '../../models/adjustment.ts';
import { type Level, type Order, OrderModel } from '../../models/order.ts';
import { ids } from '../../server/lib/ids.ts';
import { testConfig } from '../support/app.ts';
import { anOpenOrder } from '../support/orders.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { aDesk, aPerson, emptyWorld, layGround, listedMerchants } from '../support/world.ts';

const count = 1_000;
const spreadMillis = 4_000;
const levels: Level[] = ['none', 'yellow', 'red'];

describe('a thousand orders due at once', function () {
  this.timeout(60_000);
  let folder: string;
  let servers: ServerProcess[] = [];

  before(async () => {
    await emptyWorld();
    await layGround();
    folder = await mkdtemp(join(tmpdir(), 'mingdan-clock-'));
  });
  after(async () => {
    await Promise.all(servers.map((server) => server.end('SIGTERM')));
    await rm(folder, { recursive: true, force: true });
  });

  it('are each taken one step by two processes of which one is killed half-way', async () => {
    const merchants = await listedMerchants(
      await aDesk(),
      Array.from({ length: 20 }, () => ({})),
    );
    const inspector = await aPerson('inspector', { areas: ['230104'], taskForce: 'market' });
    const { id } = await anOpenOrder(inspector, merchants[0]?._id ?? '');
    const sample = await OrderModel.findById(id).lean<Order>();
    if (!sample) throw new Error('no order was opened');
    const uri = testConfig().mongodbUri ?? '';
    const start = (name: string) =>
      startServer({ MONGODB_URI: uri, DATA_DIR: join(folder, name), UPLOADS_DIR: join(folder, 'uploads') });
    servers = await Promise.all([start('one'), start('two')]);

    const from = Date.now() + 1_000;
    const far = new Date(from + 30 * 86_400_000);
    const orders = Array.from({ length: count }, (_, i): Order => {
      const level = levels[i % 3] ?? 'none';
      const nextAt = new Date(from + (spreadMillis * i) / count);
      const merchant = merchants[i % merchants.length]?._id ?? '';
      return {
        ...sample,
        _id: ids.uuid(),
        merchant,
        level,
        nextAt,
        yellowAt: nextAt,
        redAt: far,
        proposalAt: far,
      };
    });
    await OrderModel.deleteMany({ _id: id });
    await OrderModel.insertMany(orders);

    const taken = () => OrderModel.countDocuments({ 'history.1': { $exists: true } });
    const deadline = Date.now() + 40_000;
    while ((await taken()) < count / 2 && Date.now() < deadline) await pause(20);
    await servers[0]?.end('SIGKILL');
    while ((await taken()) < count && Date.now() < deadline) await pause(50);

    const next = { none: 'yellow', yellow: 'red', red: null } as const;
    const found = new Map((await OrderModel.find().lean<Order[]>()).map((order) => [order._id, order]));
    for (const { _id, level, nextAt } of orders) {
      const steps = found.get(_id)?.history.slice(1) ?? [];
      expect(steps.map((step) => [step.act, step.level, step.nominalAt?.getTime()])).to.deep.equal([
        [level === 'red' ? 'propose' : 'escalate', next[level], nextAt?.getTime()],
      ]);
    }
    const drafts = await AdjustmentModel.find({ proposal: { $ne: null } }).lean();
    expect(drafts).to.have.length(merchants.length);
  });
});
