// The feed of the list: begun with all of it, followed change by change, within the scope held and never beyond it.
import { expect } from 'chai';
import { FeedEntryModel, FeedHeadModel, FeedMarkModel } from '../../models/feed.ts';
import type { Merchant } from '../../models/merchant.ts';
import { UserModel } from '../../models/user.ts';
import { adoptMerchants, keepFeed, sequenceChanges } from '../../server/domain/feed-sequencer.ts';
import { merchantsInMark } from '../../server/domain/feed-marks.ts';
import { projectVisits } from '../../server/domain/visit-projection.ts';
import { submitVisit } from '../../server/domain/visits.ts';
import { sweep } from '../../server/jobs/sweep.ts';
import { clock } from '../../server/lib/clock.ts';
import { withinASecond } from '../support/accounts.ts';
import { isProblem } from '../support/app.ts';
import { approved, enacted, hours, passTime, releaseClock, shownIn } from '../support/desk.ts';
import { type Change, type Changes, listOf, Reader } from '../support/feed.ts';
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
  merchantsLike,
  type Person,
} from '../support/world.ts';

const idsOf = (changes: Change[]) => changes.map(({ id }) => id);

describe('the feed', () => {
  let desk: Desk;
  let inspector: Person;
  let merchants: Merchant[];
  const idOf = (index: number) => merchants[index]?._id ?? '';

  beforeEach(async () => {
    releaseClock();
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    merchants = await listedMerchants(desk, [{}, {}, {}, { subdistrict: '230104005' }]);
    await sequenceChanges();
  });

  after(releaseClock);

  /** Facts of a shop, corrected by one and approved by another where it becomes another's to follow. */
  async function correct(id: string, changes: object): Promise<void> {
    const { body } = await desk.staff.api.get(`/merchants/${id}`).expect(200);
    const answer = await desk.staff.api
      .patch(`/merchants/${id}`)
      .set('If-Match', `"${(body as { rev: number }).rev}"`)
      .send(changes);
    if (answer.status === 202) await approved(desk.approver, shownIn(answer));
    else expect(answer.status, answer.text).to.equal(200);
    await sequenceChanges();
  }

  it('begins with the list as it is shown, and goes on with what changes', async () => {
    const reader = new Reader(desk.staff);
    await reader.follow();
    expect(reader.held()).to.deep.equal(await listOf(desk.staff));
    expect(await reader.follow()).to.deep.equal([]);
    await adjust(desk, idOf(1), 'suspended');
    await sequenceChanges();
    const [change, ...more] = await reader.follow();
    expect(more).to.deep.equal([]);
    expect(change).to.include({ id: idOf(1), status: 'suspended' });
    expect(reader.held()).to.deep.equal(await listOf(desk.staff));
  });

  it('comes page by page, each merchant once', async () => {
    await listedMerchants(
      desk,
      Array.from({ length: 20 }, () => ({})),
    );
    await sequenceChanges();
    const reader = new Reader(desk.staff, 7);
    const heard = await reader.follow();
    expect(new Set(idsOf(heard)).size).to.equal(24);
    expect(heard).to.have.length(24);
  });

  it('tells nothing before it has a number, and all of it then', async () => {
    const reader = new Reader(desk.staff);
    await reader.follow();
    await adjust(desk, idOf(0), 'suspended');
    expect(await reader.follow()).to.deep.equal([]);
    await sequenceChanges();
    expect(idsOf(await reader.follow())).to.deep.equal([idOf(0)]);
  });

  const deeds: [string, () => Promise<unknown>][] = [
    ['a correction', () => correct(idOf(0), { name: '改名（示例）' })],
    [
      'a visit',
      async () => {
        await submitVisit(inspector.actor, aVisit(idOf(0)));
        await projectVisits();
      },
    ],
    ['an order that is opened', () => anOpenOrder(inspector, idOf(0))],
    [
      'another door code',
      () =>
        desk.staff.api
          .post(`/merchants/${idOf(0)}/door-code`)
          .set('If-Match', `"${merchants[0]?.rev ?? 0}"`)
          .send({ reason: '门牌丢失' })
          .expect(201),
    ],
  ];
  for (const [what, deed] of deeds)
    it(`tells of ${what}`, async () => {
      const reader = new Reader(inspector);
      await reader.follow();
      await deed();
      await sequenceChanges();
      expect(idsOf(await reader.follow())).to.deep.equal([idOf(0)]);
      expect(reader.held()).to.deep.equal(await listOf(inspector));
    });

  it('tells of an order that is closed', async () => {
    const order = await anOpenOrder(inspector, idOf(0));
    await inspector.api.post(`/orders/${order.id}/submit`).send({ note: '已改' }).expect(200);
    await sequenceChanges();
    const reader = new Reader(desk.staff);
    await reader.follow();
    await desk.staff.api.post(`/orders/${order.id}/verify`).send({}).expect(200);
    await sequenceChanges();
    expect(await reader.follow()).to.have.length(1);
    expect(reader.held()).to.deep.equal(await listOf(desk.staff));
  });

  it('tells of what time changes by itself', async () => {
    await enacted(desk, {
      merchants: [idOf(0)],
      effectiveFrom: new Date(clock.now().getTime() + hours).toISOString(),
    });
    await sequenceChanges();
    const reader = new Reader(desk.staff);
    await reader.follow();
    passTime(2 * hours);
    await sweep();
    await sequenceChanges();
    const [change] = await reader.follow();
    expect(change).to.include({ id: idOf(0), status: 'suspended' });
  });

  it('leaves a tombstone for what has left the scope, and shows it again when it is back', async () => {
    const [here, there] = [
      new Reader(inspector),
      new Reader(await aPerson('inspector', { areas: ['230104005'] })),
    ];
    await here.follow();
    await there.follow();
    await correct(idOf(0), { subdistrict: '230104005', address: '仁里街9号' });
    expect(await here.follow()).to.deep.equal([{ id: idOf(0), gone: true }]);
    expect(await there.follow()).to.have.length(1);
    expect(there.copy.has(idOf(0))).to.equal(true);
    await correct(idOf(0), { subdistrict: '230104001', address: '靖宇街9号' });
    expect(idsOf(await here.follow())).to.deep.equal([idOf(0)]);
    expect(here.copy.has(idOf(0))).to.equal(true);
    expect(await there.follow()).to.deep.equal([{ id: idOf(0), gone: true }]);
  });

  it('leaves one, too, where the task force changes with the category', async () => {
    const reader = new Reader(inspector);
    await reader.follow();
    await correct(idOf(0), { category: 'supermarket' });
    expect(await reader.follow()).to.deep.equal([{ id: idOf(0), gone: true }]);
  });

  it('tells who begins with nothing of no leaver, nor anybody of what he could never see', async () => {
    await correct(idOf(0), { subdistrict: '230104005', category: 'supermarket', address: '仁里街9号' });
    const late = new Reader(inspector);
    expect(idsOf(await late.follow())).to.have.members([idOf(1), idOf(2)]);
    // Once in the one street, once of the other task force, never both at once.
    const crossed = new Reader(await aPerson('inspector', { areas: ['230104001'], taskForce: 'trade' }));
    await crossed.follow();
    await correct(idOf(0), { name: '改名（示例）' });
    expect(crossed.heard).to.deep.equal([]);
  });

  it('never tells of a merchant beyond the scope that has no number there yet', async () => {
    const reader = new Reader(inspector);
    await reader.follow();
    await adjust(desk, idOf(0), 'suspended');
    await sequenceChanges();
    const move = await desk.staff.api
      .patch(`/merchants/${idOf(0)}`)
      .set('If-Match', `"2"`)
      .send({ subdistrict: '230104005', address: '仁里街9号' })
      .expect(202);
    await approved(desk.approver, shownIn(move));
    expect(await reader.follow()).to.deep.equal([{ id: idOf(0), gone: true }]);
  });

  it('begins anew for whom the scope has changed', async () => {
    const reader = new Reader(inspector);
    await reader.follow();
    const [scope] = inspector.user.scopes;
    await UserModel.updateOne({ _id: inspector.user._id }, { scopes: [{ ...scope, areas: ['230104005'] }] });
    await withinASecond();
    await inspector.api.get(`/merchants/changes?since=${reader.next}`).expect(isProblem(410, 'resync'));
    await reader.follow();
    expect(reader.held()).to.deep.equal(await listOf(inspector));
    expect([...reader.copy.keys()]).to.deep.equal([idOf(3)]);
  });

  it('begins anew for a cursor that it has not made, that is of another scope, or of another feed', async () => {
    const { next } = (await desk.staff.api.get('/merchants/changes').expect(200)).body as Changes;
    const [begun, , mark] = next.split('.');
    for (const since of ['x', '', 'a.b.c', `${begun}.zz.${mark}`, `${next}x`.slice(3)])
      await desk.staff.api.get(`/merchants/changes?since=${since}`).expect(isProblem(410, 'resync'));
    await inspector.api.get(`/merchants/changes?since=${next}`).expect(isProblem(410, 'resync'));
    await desk.approver.api.get(`/merchants/changes?since=${next}`).expect(200);
    await FeedHeadModel.updateOne({ _id: 'merchants' }, { epoch: 'another' });
    await desk.staff.api.get(`/merchants/changes?since=${next}`).expect(isProblem(410, 'resync'));
  });

  it('is nothing for whom holds no scope', async () => {
    const nobody = await aPerson('staff', { scopes: [] });
    expect((await nobody.api.get('/merchants/changes').expect(200)).body).to.include({ more: false });
    expect(await new Reader(nobody).follow()).to.deep.equal([]);
  });

  it('takes merchants over that are older than it, with two at it at once', async () => {
    const example = await aListedMerchant(desk);
    await merchantsLike(example, 2_300);
    for (const model of [FeedHeadModel, FeedEntryModel, FeedMarkModel]) await model.collection.deleteMany({});
    await Promise.all([keepFeed(), keepFeed()]);
    await keepFeed();
    expect(await adoptMerchants()).to.equal(false);
    const reader = new Reader(desk.staff);
    await reader.follow();
    expect(reader.copy.size).to.equal(2_305);
    expect((await FeedHeadModel.findById('merchants').lean())?.seq).to.equal(2_305);
  }).timeout(60_000);

  it('numbers more than one batch without a gap, whoever does it', async () => {
    const many = Array.from({ length: merchantsInMark + 200 }, () => ({}));
    await listedMerchants(desk, many);
    await Promise.all([sequenceChanges(), sequenceChanges(), sequenceChanges()]);
    await sequenceChanges();
    const numbers = (await FeedEntryModel.find().sort({ seq: 1 }).lean()).map(({ seq }) => seq);
    expect(numbers).to.deep.equal(numbers.map((_, index) => index + 1));
    expect(await FeedMarkModel.countDocuments()).to.equal(0);
    expect((await FeedHeadModel.findById('merchants').lean())?.seq).to.equal(numbers.length);
  }).timeout(60_000);
});
