// The offline pack: all that a phone needs, of one's own scope only, and not sent again where nothing has changed.
import { brotliCompressSync } from 'node:zlib';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { UserModel } from '../../models/user.ts';
import { submitVisit } from '../../server/domain/visits.ts';
import { searchTextOf } from '../../server/lib/search-text.ts';
import { isProblem } from '../support/app.ts';
import type { Pack } from '../../web/src/inspect/core/contract.ts';
import { applied, type PackDifference } from '../../web/src/inspect/core/pack-difference.ts';
import { anOpenOrder } from '../support/orders.ts';
import { aVisit } from '../support/visits.ts';
import {
  adjust,
  aDesk,
  aListedMerchant,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  listedMerchants,
  type Person,
} from '../support/world.ts';

type Shown = {
  version: string;
  areas: { code: string }[];
  colleagues: { id: string; name: string; scopes: { areas: string[]; taskForce: string | null }[] }[];
  taskForces: { key: string }[];
  categories: { key: string; checklist: { key: string } | null }[];
  checklists: { key: string; items: unknown[] }[];
  merchants: { id: string; status: string; text: string; lastVisit: { result: string } | null }[];
  orders: { id: string; merchant: string; state: string }[];
  visits: { id: string; merchant: string; inspectors: string[] }[];
};

describe('the offline pack', () => {
  let desk: Desk;
  let inspector: Person;
  let merchant: Merchant;

  beforeEach(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market', name: '李检查' });
    merchant = await aListedMerchant(desk, { name: '康宁药店（示例）' });
  });

  const fetched = async (path = '/pack') => (await inspector.api.get(path).expect(200)).body as Shown;

  it('holds the shops of one’s scope with their status of now, and what they are found by', async () => {
    const elsewhere = await aListedMerchant(desk, { subdistrict: '230104005' });
    const otherTask = await aListedMerchant(desk, { category: 'supermarket' });
    await adjust(desk, merchant._id, 'suspended', { ground: 'notice', notice: '示例通告〔2022〕9号' });
    const pack = await fetched();
    const ids = pack.merchants.map(({ id }) => id);
    expect(ids).to.include(merchant._id);
    expect(ids).not.to.include.members([elsewhere._id]);
    expect(ids).not.to.include.members([otherTask._id]);
    const [shop] = pack.merchants.filter(({ id }) => id === merchant._id);
    expect(shop).to.include({
      status: 'suspended',
      text: searchTextOf({ ...merchant, code: merchant.uscc }).text,
    });
    expect(pack.areas.map(({ code }) => code)).to.deep.equal(['230104001']);
  });

  it('names for each category the checklist that it is visited with, and holds that', async () => {
    const { categories, checklists } = await fetched();
    const byKey = new Map(checklists.map((list) => [list.key, list]));
    for (const { key, checklist } of categories) {
      const { body } = await inspector.api.get(`/checklists?category=${key}`).expect(200);
      expect(checklist?.key).to.equal((body as { items: { key: string }[] }).items[0]?.key);
      expect(byKey.get(checklist?.key ?? '')?.items).to.have.length.greaterThan(0);
    }
  });

  it('holds open orders, and the last five visits of each shop, newest first', async () => {
    const order = await anOpenOrder(inspector, merchant._id);
    const ids: string[] = [];
    for (let i = 0; i < 6; i += 1)
      ids.push((await submitVisit(inspector.actor, aVisit(merchant._id))).visit._id);
    const pack = await fetched();
    expect(pack.orders.map(({ id, state }) => [id, state])).to.deep.equal([[order.id, 'open']]);
    expect(pack.visits.map(({ id }) => id)).to.deep.equal(ids.toReversed().slice(0, 5));
    expect(pack.visits[0]?.inspectors).to.deep.equal(['李检查']);
    await desk.staff.api.post(`/orders/${order.id}/cancel`).send({ note: '误开' }).expect(200);
    expect((await fetched()).orders).to.deep.equal([]);
  });

  it('is sent again only where something in it has changed', async () => {
    const first = await inspector.api.get('/pack').expect(200);
    const etag = first.headers.etag ?? '';
    await inspector.api.get('/pack').set('If-None-Match', etag).expect(304);
    await submitVisit(inspector.actor, aVisit(merchant._id));
    const second = await inspector.api.get('/pack').set('If-None-Match', etag).expect(200);
    expect(second.headers.etag).not.to.equal(etag);
  });

  it('is of one area where that is asked for, and never of more than one’s own', async () => {
    expect((await fetched('/pack?area=230104001')).merchants).to.have.length(1);
    expect((await fetched('/pack?area=230104005')).merchants).to.deep.equal([]);
    await inspector.api.get('/pack?area=999999').expect(isProblem(404, 'not-found'));
    await desk.staff.api.get('/pack').expect(isProblem(403, 'forbidden'));
  });

  it('names the inspectors of the area with their present task forces, whole districts’ included, and nobody else', async () => {
    const own = { id: inspector.user._id, name: '李检查' };
    const trade = await aPerson('inspector', { areas: ['230104'], taskForce: 'trade', name: '王商务' });
    await aPerson('inspector', { areas: ['230199'], taskForce: 'trade' });
    await aPerson('inspector', { areas: ['230104005'], taskForce: 'trade' });
    const left = await aPerson('inspector', { areas: ['230104001'], taskForce: 'trade' });
    await UserModel.updateOne({ _id: left.user._id }, { 'scopes.0.to': new Date() });
    const { colleagues, taskForces } = await fetched();
    expect(colleagues).to.have.deep.members([
      { ...own, scopes: [{ areas: ['230104001'], taskForce: 'market' }] },
      { id: trade.user._id, name: '王商务', scopes: [{ areas: ['230104'], taskForce: 'trade' }] },
    ]);
    expect(taskForces.map(({ key }) => key)).to.deep.equal(['market', 'trade']);
  });

  it('of a street with 400 shops stays well under two megabytes', async () => {
    await listedMerchants(
      desk,
      Array.from({ length: 400 }, (_, i) => ({ name: `康宁药店示例${1_000 + i}` })),
    );
    const { text } = await inspector.api.get('/pack').expect(200);
    expect(brotliCompressSync(text).length).to.be.lessThan(400_000);
  });
});

describe('the difference of an offline pack', () => {
  let desk: Desk;
  let inspector: Person;
  let shops: Merchant[];

  beforeEach(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    shops = await listedMerchants(
      desk,
      Array.from({ length: 40 }, (_, at) => ({ name: `康宁药店示例${at}` })),
    );
  });

  const whole = async (query = '') => (await inspector.api.get(`/pack${query}`).expect(200)).body as Pack;
  const since = (version = '', query = '') => inspector.api.get(`/pack?since=${version}${query}`);
  const withoutTime = ({ madeAt: _, ...pack }: Pack) => pack;
  /** What the phone makes of the difference is what the server would send whole. */
  async function caughtUp(before: Pack): Promise<PackDifference> {
    const { body } = await since(before.version).expect(200);
    const next = applied(before, body as PackDifference);
    expect(next && withoutTime(next)).to.deep.equal(withoutTime(await whole()));
    return body as PackDifference;
  }

  it('holds the shop that was visited, with its visits and orders, and little else', async () => {
    const before = await whole();
    const [shop] = shops;
    const id = shop?._id ?? '';
    await anOpenOrder(inspector, id);
    await submitVisit(inspector.actor, aVisit(id));
    const difference = await caughtUp(before);
    expect(difference.merchants.map((one) => one.id)).to.include(id);
    expect(difference.merchants.length).to.be.below(10);
    expect(difference.visits).to.have.length(2);
    expect(difference.orders).to.have.length(1);
    expect(difference).not.to.have.any.keys('areas', 'categories', 'checklists', 'sites', 'colleagues');
    const { text } = await since(before.version).expect(200);
    expect(text.length).to.be.below((await inspector.api.get('/pack')).text.length / 2);
  });

  it('lets go of what has left: a shop that was deregistered, an order that was cancelled', async () => {
    const order = await anOpenOrder(inspector, shops[1]?._id ?? '');
    const before = await whole();
    await adjust(desk, shops[0]?._id ?? '', 'deregistered');
    await desk.staff.api.post(`/orders/${order.id}/cancel`).send({ note: '误开' }).expect(200);
    const difference = await caughtUp(before);
    expect(difference.counts).to.deep.equal({ merchants: 39, orders: 0, visits: 1 });
  });

  it('holds a list of reference data where that has changed', async () => {
    const before = await whole();
    await aPerson('inspector', { areas: ['230104001'], taskForce: 'trade', name: '王商务' });
    const difference = await caughtUp(before);
    expect(difference.colleagues?.map(({ name }) => name)).to.include('王商务');
    expect(difference.merchants).to.deep.equal([]);
  });

  it('is 304 where nothing has changed, and empty for whoever does not say what he has', async () => {
    const first = await inspector.api.get('/pack').expect(200);
    const { version } = first.body as Pack;
    await since(version)
      .set('If-None-Match', first.headers.etag ?? '')
      .expect(304);
    const { body } = await since(version).expect(200);
    expect(body).to.deep.include({ parts: [], merchants: [], orders: [], visits: [], version });
  });

  it('asks for the whole where the scope has changed, or the version is none', async () => {
    const { version } = await whole();
    await since(version, '&area=230104001').expect(isProblem(410, 'resync'));
    await since('AQAA').expect(isProblem(410, 'resync'));
    await since('nonsense').expect(isProblem(410, 'resync'));
    const now = new Date();
    const scopes = inspector.user.scopes.map((scope) => ({ ...scope, to: now }));
    const moved = { areas: ['230104005'], taskForce: 'market', from: now, to: null };
    await UserModel.updateOne({ _id: inspector.user._id }, { scopes: [...scopes, moved] });
    await until(async () => (await since(version)).status === 410);
    expect((await whole()).merchants).to.deep.equal([]);
  });

  it('never misses a change that was begun earlier and became visible later', async () => {
    const before = await whole();
    const session = await mongoose.startSession();
    try {
      session.startTransaction();
      await MerchantModel.updateOne({ _id: shops[0]?._id }, { name: '改了名的店' }, { session });
      await MerchantModel.updateOne({ _id: shops[1]?._id }, { name: '先改好的店' });
      const between = await whole();
      await session.commitTransaction();
      const difference = await caughtUp(between);
      expect(difference.merchants.map(({ name }) => name)).to.include('改了名的店');
      await caughtUp(before);
    } finally {
      await session.endSession();
    }
  });
});

/** What a change takes away ends within a second. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 2_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('it did not come about within two seconds');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
