// The offline pack: all that a phone needs, of one's own scope only, and not sent again where nothing has changed.
import { brotliCompressSync } from 'node:zlib';
import { expect } from 'chai';
import type { Merchant } from '../../models/merchant.ts';
import { submitVisit } from '../../server/domain/visits.ts';
import { searchTextOf } from '../../server/lib/search-text.ts';
import { isProblem } from '../support/app.ts';
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
  areas: { code: string }[];
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

  it('of a street with 400 shops stays well under two megabytes', async () => {
    await listedMerchants(
      desk,
      Array.from({ length: 400 }, (_, i) => ({ name: `康宁药店示例${1_000 + i}` })),
    );
    const { text } = await inspector.api.get('/pack').expect(200);
    expect(brotliCompressSync(text).length).to.be.lessThan(400_000);
  });
});
