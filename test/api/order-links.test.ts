// Signed links: they open one order and nothing else, end with it or seven days after its due, and opening one changes nothing.
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { expect } from 'chai';
import type { Merchant } from '../../models/merchant.ts';
import { OrderLinkModel, OrderModel } from '../../models/order.ts';
import { PhotoHoldingModel } from '../../models/photo.ts';
import { anybody, caller, isProblem, origin } from '../support/app.ts';
import { days, hours, minutes, passTime, releaseClock } from '../support/desk.ts';
import { aLink, anOpenOrder, type ShownOrder, shownOrder } from '../support/orders.ts';
import { aPhoto } from '../support/visits.ts';
import {
  aDesk,
  aListedMerchant,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  type Person,
} from '../support/world.ts';

describe('a signed link', () => {
  let desk: Desk;
  let inspector: Person;
  let merchant: Merchant;
  let order: ShownOrder;

  beforeEach(async () => {
    releaseClock();
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    merchant = await aListedMerchant(desk);
    order = await anOpenOrder(inspector, merchant._id);
  });

  after(() => {
    releaseClock();
  });

  const answer = async (token: string) => {
    const photo = await aPhoto();
    return anybody()
      .post(`/fix/${token}`)
      .field('answer', JSON.stringify({ note: '已张贴' }))
      .attach('photo', photo.bytes, 'fixed.jpg');
  };

  it('shows the order, the shop and nothing else', async () => {
    const { token } = await aLink(inspector, order);
    const { body } = await anybody().get(`/fix/${token}`).expect(200);
    expect(body).to.deep.include({
      order: order.id,
      merchant: { name: merchant.name, address: merchant.address },
      state: 'open',
      item: 'scan',
    });
    expect(JSON.stringify(body)).not.to.include('10000001234');
  });

  it('changes nothing when it is opened, as a chat’s preview does', async () => {
    const { token } = await aLink(inspector, order);
    const before = await OrderModel.findById(order.id).lean();
    const linksBefore = await OrderLinkModel.find().lean();
    for (let i = 0; i < 3; i++) await anybody().get(`/fix/${token}`).expect(200);
    expect(await OrderModel.findById(order.id).lean()).to.deep.equal(before);
    expect(await OrderLinkModel.find().lean()).to.deep.equal(linksBefore);
  });

  it('is kept as a hash only, and no guess opens anything', async () => {
    const { token } = await aLink(inspector, order);
    expect(JSON.stringify(await OrderLinkModel.find().lean())).not.to.include(token);
    await anybody()
      .get(`/fix/${token.slice(0, -1)}x`)
      .expect(isProblem(404, 'not-found'));
    await anybody().get('/fix/fx_').expect(isProblem(404, 'not-found'));
  });

  it('that opens nothing is said so before a photo is taken in', async () => {
    for (const address of ['/api/v1/fix/fx_nothing', '/f/fx_nothing']) {
      const sending = request(`${origin()}${address}`, {
        method: 'POST',
        headers: { 'Content-Type': 'multipart/form-data; boundary=edge', 'Content-Length': 5_000_000 },
      });
      sending.on('error', () => undefined).flushHeaders();
      const [response] = (await once(sending, 'response')) as [IncomingMessage];
      expect(response.statusCode).to.equal(404);
      sending.destroy();
    }
  });

  it('ends with the order', async () => {
    const { token } = await aLink(inspector, order);
    expect((await answer(token)).status).to.equal(200);
    await anybody().get(`/fix/${token}`).expect(200);
    expect((await answer(token)).status).to.equal(409);
    await inspector.api.post(`/orders/${order.id}/verify`).send({}).expect(200);
    await anybody().get(`/fix/${token}`).expect(isProblem(410, 'link-ended'));
    expect((await answer(token)).status).to.equal(410);
    await inspector.api.post(`/orders/${order.id}/link`).expect(isProblem(409, 'order-state'));
  });

  it('ends seven days after the due', async () => {
    const { token, expiresAt } = await aLink(inspector, order);
    expect(new Date(expiresAt).getTime()).to.equal(new Date(order.due ?? 0).getTime() + 7 * days);
    passTime(7 * days + 2 * hours - minutes);
    await anybody().get(`/fix/${token}`).expect(200);
    passTime(minutes);
    await anybody().get(`/fix/${token}`).expect(isProblem(410, 'link-ended'));
    expect((await answer(token)).status).to.equal(410);
  });

  it('lives on with a new due', async () => {
    const { token } = await aLink(inspector, order);
    const due = new Date(Date.now() + 5 * days).toISOString();
    await desk.staff.api.post(`/orders/${order.id}/extend`).send({ note: '等材料', due }).expect(200);
    passTime(12 * days - minutes);
    await anybody().get(`/fix/${token}`).expect(200);
    passTime(2 * minutes);
    await anybody().get(`/fix/${token}`).expect(isProblem(410, 'link-ended'));
  });

  it('is revoked by who may make one', async () => {
    const { token } = await aLink(inspector, order);
    const owner = await aPerson('merchant', { merchants: [merchant._id] });
    await owner.api.delete(`/orders/${order.id}/link`).expect(isProblem(403, 'forbidden'));
    await owner.api.post(`/orders/${order.id}/link`).expect(isProblem(403, 'forbidden'));
    await inspector.api.delete(`/orders/${order.id}/link`).expect(204);
    await anybody().get(`/fix/${token}`).expect(isProblem(410, 'link-ended'));
    expect((await answer(token)).status).to.equal(410);
    const { token: next } = await aLink(inspector, order);
    await anybody().get(`/fix/${next}`).expect(200);
  });

  it('keeps no photo when it is over or the answer is refused', async () => {
    const { token } = await aLink(inspector, order);
    await inspector.api.delete(`/orders/${order.id}/link`).expect(204);
    const held = await PhotoHoldingModel.countDocuments();
    await answer(token);
    expect(await PhotoHoldingModel.countDocuments()).to.equal(held);
  });

  it('as a bearer token opens its own order and no other door', async () => {
    const { token } = await aLink(inspector, order);
    const other = await anOpenOrder(inspector, merchant._id);
    const holder = caller(token);
    await holder.post(`/orders/${other.id}/submit`).send({}).expect(isProblem(404, 'not-found'));
    await holder.post(`/orders/${order.id}/verify`).send({}).expect(isProblem(403, 'forbidden'));
    await holder.get('/merchants').expect(isProblem(403, 'forbidden'));
    await holder.get(`/orders/${other.id}`).expect(isProblem(403, 'forbidden'));
    await holder.post(`/orders/${order.id}/submit`).send({ note: '已改' }).expect(200);
    expect((await shownOrder(inspector, order.id)).history.at(-1)?.by).to.include({ kind: 'link' });
  });
});
