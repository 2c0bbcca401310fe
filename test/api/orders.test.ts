// Fix orders over HTTP: answered through the signed link, verified by the bureau, closed; or returned, extended, cancelled.
import { expect } from 'chai';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { anybody, isProblem } from '../support/app.ts';
import { hours } from '../support/desk.ts';
import { aLink, anOpenOrder, orderIn, type ShownOrder, shownOrder } from '../support/orders.ts';
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

describe('a fix order', () => {
  let desk: Desk;
  let inspector: Person;
  let merchant: Merchant;
  let owner: Person;
  let order: ShownOrder;

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
  });

  beforeEach(async () => {
    merchant = await aListedMerchant(desk);
    owner = await aPerson('merchant', { merchants: [merchant._id] });
    order = await anOpenOrder(inspector, merchant._id);
  });

  const openOrders = async () => (await MerchantModel.findById(merchant._id).lean())?.openOrders;
  const act = (person: Person, verb: string, body: object = {}) =>
    person.api.post(`/orders/${order.id}/${verb}`).send(body);

  /** The merchant answers through the link, with a picture. */
  async function answered(note = '已张贴'): Promise<{ sha256: string }> {
    const { token } = await aLink(inspector, order);
    const photo = await aPhoto();
    const { body } = await anybody()
      .post(`/fix/${token}`)
      .field('answer', JSON.stringify({ note }))
      .attach('photo', photo.bytes, 'fixed.jpg')
      .expect(200);
    expect(body).to.include({ order: order.id, state: 'submitted' });
    return photo;
  }

  it('is answered through the signed link, verified by the inspector, and closed', async () => {
    expect(await openOrders()).to.equal(1);
    const photo = await answered();
    expect(await openOrders()).to.equal(1);
    await act(owner, 'verify').expect(isProblem(403, 'forbidden'));

    const submitted = await shownOrder(inspector, order.id);
    expect(submitted).to.deep.include({ state: 'submitted', level: 'none' });
    expect(submitted.can).to.include({ verify: true, return: true, submit: false });
    expect(submitted.history.at(-1)?.photos).to.deep.equal([
      { sha256: photo.sha256, present: true, lost: false },
    ]);

    const closed = orderIn(await act(inspector, 'verify', { note: '已现场核对' }).expect(200));
    expect(closed).to.include({ state: 'closed' });
    expect(closed.closedAt).to.be.a('string');
    expect(await openOrders()).to.equal(0);
    await act(inspector, 'verify').expect(isProblem(409, 'order-state'));
    expect(await openOrders()).to.equal(0);
  });

  it('shows the photo that was answered to the inspector, and not to a stranger', async () => {
    const { sha256 } = await answered();
    const { headers } = await inspector.api.get(`/photos/${sha256}?size=320`).expect(200);
    expect(headers['content-type']).to.equal('image/jpeg');
    await owner.api.get(`/photos/${sha256}`).expect(200);
    const elsewhere = await aPerson('inspector', { areas: ['230104005'], taskForce: 'market' });
    const otherForce = await aPerson('inspector', { areas: ['230104001'], taskForce: 'trade' });
    const otherOwner = await aPerson('merchant', { merchants: [(await aListedMerchant(desk))._id] });
    for (const stranger of [elsewhere, otherForce, otherOwner])
      await stranger.api.get(`/photos/${sha256}`).expect(isProblem(404, 'not-found'));
    await anybody().get(`/photos/${sha256}`).expect(isProblem(401, 'not-signed-in'));
  });

  it('is answered by the merchant’s own account with photos that he has sent', async () => {
    const photo = await aPhoto();
    await act(owner, 'submit', { photos: [photo.sha256] }).expect(isProblem(422, 'photo-missing'));
    await owner.api.post('/photos').attach('photo', photo.bytes, 'a.jpg').expect(201);
    await act(inspector, 'submit', { photos: [photo.sha256] }).expect(isProblem(422, 'photo-missing'));
    const { state } = orderIn(await act(owner, 'submit', { photos: [photo.sha256] }).expect(200));
    expect(state).to.equal('submitted');
  });

  it('that is not fixed after all is returned with a new due', async () => {
    await answered();
    await act(inspector, 'return', {}).expect(400);
    const past = new Date(Date.now() - hours).toISOString();
    const { staff } = desk;
    await act(staff, 'return', { note: '仍未张贴', due: past }).expect(isProblem(400, 'invalid-request'));
    const never = '9999-12-31T23:59:59Z';
    await act(staff, 'return', { note: '仍未张贴', due: never }).expect(isProblem(400, 'invalid-request'));
    const due = new Date(Date.now() + 5 * hours).toISOString();
    await act(inspector, 'return', { note: '仍未张贴', due }).expect(isProblem(403, 'forbidden'));
    const returned = orderIn(await act(staff, 'return', { note: '仍未张贴', due }).expect(200));
    expect(returned).to.include({ state: 'open', due, returns: 1, level: 'none' });
    expect(await openOrders()).to.equal(1);

    const { token } = await aLink(inspector, order);
    const { body } = await anybody().get(`/fix/${token}`).expect(200);
    expect(body).to.deep.include({ state: 'open', due, returnNote: '仍未张贴', can: { submit: true } });
  });

  it('is not verified by who answered it', async () => {
    await act(inspector, 'submit', { note: '看着改好的' }).expect(200);
    const shown = orderIn(await inspector.api.get(`/orders/${order.id}`).expect(200));
    expect(shown.can).to.include({ verify: false });
    await act(inspector, 'verify', {}).expect(isProblem(403, 'four-eyes'));
    await act(desk.staff, 'verify', {}).expect(200);
  });

  it('is extended by staff with a reason, never by the inspector or the merchant', async () => {
    const due = new Date(Date.now() + 48 * hours).toISOString();
    await act(inspector, 'extend', { note: '等材料', due }).expect(isProblem(403, 'forbidden'));
    await act(owner, 'extend', { note: '等材料', due }).expect(isProblem(403, 'forbidden'));
    await act(desk.staff, 'extend', { due }).expect(400);
    const extended = orderIn(await act(desk.staff, 'extend', { note: '等材料', due }).expect(200));
    expect(extended).to.include({ state: 'open', due, returns: 0 });
  });

  it('is cancelled by staff with a reason, and is then over', async () => {
    const cancelled = orderIn(await act(desk.staff, 'cancel', { note: '重复开具' }).expect(200));
    expect(cancelled).to.include({ state: 'cancelled' });
    expect(await openOrders()).to.equal(0);
    for (const [verb, body] of [
      ['submit', {}],
      ['cancel', { note: '再来' }],
      ['extend', { note: '再来', due: new Date(Date.now() + hours).toISOString() }],
    ] as const)
      await act(desk.staff, verb, body).expect(({ status }) => expect([403, 409]).to.include(status));
    expect(await openOrders()).to.equal(0);
  });

  it('is acted upon once by two at once', async () => {
    await answered();
    const answers = await Promise.all([act(inspector, 'verify'), act(desk.staff, 'verify')]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
    expect(await openOrders()).to.equal(0);
    expect((await shownOrder(inspector, order.id)).history.map(({ act: step }) => step)).to.deep.equal([
      'open',
      'submit',
      'verify',
    ]);
  });

  it('is told in the timeline, step by step, in order', async () => {
    await answered('第一次');
    await act(inspector, 'return', { note: '还差一处' }).expect(200);
    await answered('第二次');
    await act(inspector, 'verify').expect(200);
    const { body } = await inspector.api.get(`/merchants/${merchant._id}/timeline`).expect(200);
    const { items } = body as {
      items: { kind: string; order?: string; act?: string; item?: string; note?: string }[];
    };
    const told = items
      .toReversed()
      .map(({ kind, item, act: step, note }) => [kind, item, step, note].join(' ').trim());
    expect(told.slice(0, 2)).to.deep.equal(['entry', 'visit']);
    expect(told.filter((one) => one.startsWith('order mask'))).to.deep.equal([
      'order mask open 店员未戴口罩',
      'order mask verify',
    ]);
    expect(told.filter((one) => one.startsWith('order scan'))).to.deep.equal([
      'order scan open 未张贴场所码',
      'order scan submit 第一次',
      'order scan return 还差一处',
      'order scan submit 第二次',
      'order scan verify',
    ]);
  });

  it('stands in lists by state, merchant and level, within scope only', async () => {
    const listed = async (person: Person, query: string) => {
      const { body } = await person.api.get(`/orders?merchant=${merchant._id}&${query}`).expect(200);
      return (body as { items: ShownOrder[]; total: number }).items.map(({ id }) => id);
    };
    expect(await listed(inspector, 'state=open')).to.deep.equal([order.id]);
    expect(await listed(inspector, 'state=open&overdue=true')).to.deep.equal([]);
    expect(await listed(inspector, 'level=none')).to.have.length(2);
    expect(await listed(owner, 'state=open')).to.deep.equal([order.id]);
    const elsewhere = await aPerson('inspector', { areas: ['230104005'] });
    expect(await listed(elsewhere, 'state=open')).to.deep.equal([]);
    await elsewhere.api.get(`/orders/${order.id}`).expect(isProblem(404, 'not-found'));
  });

  it('stands in the list of its task force, the answered ones by how long they have waited', async () => {
    const other = await anOpenOrder(inspector, merchant._id);
    await act(inspector, 'submit').expect(200);
    await inspector.api.post(`/orders/${other.id}/submit`).send({}).expect(200);
    await act(desk.staff, 'return', { note: '还差一处' }).expect(200);
    const answeredLast = orderIn(await act(inspector, 'submit').expect(200));
    expect(answeredLast.submittedAt).to.equal(answeredLast.history.at(-1)?.at);
    const waiting = async (more: string) => {
      const query = `merchant=${merchant._id}&state=submitted&sort=submittedAt&${more}`;
      const { body } = await desk.staff.api.get(`/orders?${query}`).expect(200);
      return (body as { items: ShownOrder[] }).items.map(({ id }) => id);
    };
    expect(await waiting('taskForce=market')).to.deep.equal([other.id, order.id]);
    expect(await waiting('taskForce=trade')).to.deep.equal([]);
  });
});
