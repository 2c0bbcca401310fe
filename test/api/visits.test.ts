// Visits over HTTP: taken in exactly once, with their orders and photos.
import { expect } from 'chai';
import { OrderModel } from '../../models/order.ts';
import { VisitModel } from '../../models/visit.ts';
import { isProblem } from '../support/app.ts';
import {
  aDesk,
  aListedMerchant,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  type Person,
} from '../support/world.ts';
import { aFaultyVisit, aPhoto, aVisit } from '../support/visits.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { UserModel } from '../../models/user.ts';
import { projectVisits } from '../../server/domain/visit-projection.ts';

type Receipt = {
  id: string;
  state: string;
  result: string;
  missingPhotos: string[];
  orders: { id: string; item: string; state: string; due?: string }[];
  receivedAt: string;
  flags: string[];
};

describe('a visit', () => {
  let desk: Desk;
  let inspector: Person;
  let merchant: Merchant;

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    merchant = await aListedMerchant(desk);
  });

  const send = (body: object) => inspector.api.post('/visits').send(body);
  const receiptOf = (response: { body: unknown }) => response.body as Receipt;

  it('that is clean is complete at once', async () => {
    const visit = aVisit(merchant.doorCode);
    const receipt = receiptOf(await send(visit).expect(201));
    expect(receipt).to.include({ id: visit.id, state: 'complete', result: 'passed' });
    expect(receipt.orders).to.deep.equal([]);
  });

  it('with faults closes one order on the spot and opens one that is due two hours after receipt', async () => {
    const [before, after, scan] = [await aPhoto(), await aPhoto(), await aPhoto()];
    const visit = aFaultyVisit(merchant._id, {
      before: before.sha256,
      after: after.sha256,
      scan: scan.sha256,
    });
    const first = receiptOf(await send(visit).expect(201));
    expect(first).to.include({ state: 'received', result: 'orders' });
    expect(first.missingPhotos).to.have.members([before.sha256, after.sha256, scan.sha256]);
    expect(first.orders.map(({ item, state }) => ({ item, state }))).to.deep.equal([
      { item: 'mask', state: 'closed' },
      { item: 'scan', state: 'open' },
    ]);
    const due = new Date(first.orders[1]?.due ?? 0).getTime();
    expect(due - new Date(first.receivedAt).getTime()).to.equal(2 * 3_600_000);

    await inspector.api
      .post('/photos')
      .attach('photo', before.bytes, 'a.jpg')
      .attach('photo', after.bytes, 'b.jpg')
      .attach('photo', scan.bytes, 'c.jpg')
      .expect(201);
    const again = receiptOf(await send(visit).expect(200));
    expect(again).to.deep.equal({ ...first, state: 'complete', missingPhotos: [] });
  });

  it('comes whole in one multipart request', async () => {
    const [before, after] = [await aPhoto(), await aPhoto()];
    const visit = aFaultyVisit(merchant._id, {
      before: before.sha256,
      after: after.sha256,
      scan: before.sha256,
    });
    const response = await inspector.api
      .post('/visits')
      .field('visit', JSON.stringify(visit))
      .attach('photo', before.bytes, 'a.jpg')
      .attach('photo', after.bytes, 'b.jpg')
      .expect(201);
    expect(receiptOf(response)).to.include({ state: 'complete', result: 'orders' });
  });

  it('sent fifty times at once is one visit with the same ids', async () => {
    const [before, after] = [await aPhoto(), await aPhoto()];
    const visit = aFaultyVisit(merchant._id, {
      before: before.sha256,
      after: after.sha256,
      scan: before.sha256,
    });
    const answers = await Promise.all(Array.from({ length: 50 }, () => send(visit)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).to.deep.equal([...Array<number>(49).fill(200), 201]);
    const receipts = new Set(answers.map(({ body }) => JSON.stringify(body)));
    expect(receipts.size).to.equal(1);
    expect(await VisitModel.countDocuments({ _id: visit.id })).to.equal(1);
    expect(await OrderModel.countDocuments({ visit: visit.id })).to.equal(2);
  });

  it('with other content under the same id is refused with the paths that differ', async () => {
    const visit = aVisit(merchant._id);
    await send(visit).expect(201);
    const response = await send({ ...visit, note: 'changed' }).expect(isProblem(409, 'visit-differs'));
    expect((response.body as { errors: { path: string }[] }).errors.map(({ path }) => path)).to.deep.equal([
      '/note',
    ]);
  });

  it('is accepted and flagged when the shop has moved to another task force meanwhile', async () => {
    const moved = await aListedMerchant(desk);
    await MerchantModel.updateOne({ _id: moved._id }, { taskForces: ['trade'] });
    const receipt = receiptOf(await send(aVisit(moved._id)).expect(201));
    expect(receipt.flags).to.deep.equal(['scope-changed']);
  });

  it('names colleagues of the area only, whatever they have become since', async () => {
    const colleague = await aPerson('inspector', { areas: ['230104005'], taskForce: 'trade' });
    await UserModel.updateOne({ _id: colleague.user._id }, { role: 'staff' });
    const stranger = await aPerson('inspector', { areas: ['230199'], taskForce: 'market' });
    const together = (other: string) => aVisit(merchant._id, { inspectors: [inspector.user._id, other] });
    await UserModel.updateOne({ _id: colleague.user._id }, { 'scopes.0.areas': ['230104'] });
    await send(together(colleague.user._id)).expect(201);
    await send(together(stranger.user._id)).expect(isProblem(422, 'unknown-reference'));
  });

  it('completes on a repeat when the server was killed before it could say that the photos had come', async () => {
    const photo = await aPhoto();
    await inspector.api.post('/photos').attach('photo', photo.bytes, 'a.jpg').expect(201);
    const visit = aVisit(merchant._id, { photos: [{ sha256: photo.sha256, source: 'camera' }] });
    await send(visit).expect(201);
    await VisitModel.updateOne(
      { _id: visit.id },
      { state: 'received', 'photos.0.present': false, completedAt: null },
    );
    expect(receiptOf(await send(visit).expect(200))).to.include({ state: 'complete' });
  });

  it('by the merchant itself, or before a closed door, is not shown as the last one', async () => {
    const shop = await aListedMerchant(desk);
    const owner = await aPerson('merchant', { merchants: [shop._id] });
    await send(aVisit(shop._id)).expect(201);
    await owner.api
      .post('/visits')
      .send(aVisit(shop._id, { kind: 'self', arrivedAt: new Date().toISOString() }))
      .expect(201);
    await send(
      aVisit(shop._id, { noEntry: 'closed', answers: [], arrivedAt: new Date().toISOString() }),
    ).expect(201);
    await projectVisits();
    const first = await VisitModel.findOne({ merchant: shop._id, kind: 'routine', result: 'passed' }).lean();
    const shown = await MerchantModel.findById(shop._id).lean();
    expect(shown?.lastVisit).to.deep.equal({ at: first?.arrivedAt, result: 'passed' });
  });
});
