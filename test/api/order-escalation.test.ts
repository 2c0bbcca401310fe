// What time does to an order that nobody answers: yellow when due passes, red three days later, each step exactly once.
import { expect } from 'chai';
import type { Merchant } from '../../models/merchant.ts';
import { OrderModel } from '../../models/order.ts';
import { escalateDueOrders } from '../../server/domain/order-escalation.ts';
import { sweep } from '../../server/jobs/sweep.ts';
import { clock } from '../../server/lib/clock.ts';
import { days, hours, minutes, passTime, releaseClock } from '../support/desk.ts';
import { anOpenOrder, type ShownOrder, shownOrder } from '../support/orders.ts';
import {
  aDesk,
  aListedMerchant,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  type Person,
} from '../support/world.ts';

describe('an order that nobody answers', () => {
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

  const now = () => shownOrder(inspector, order.id);
  const steps = ({ history }: ShownOrder) =>
    history.map(({ act, level }) => (level ? `${act} ${level}` : act));
  const due = () => new Date(order.due ?? 0);

  it('turns yellow when its due passes, and red three days later', async () => {
    passTime(2 * hours - minutes);
    await sweep();
    expect(await now()).to.include({ level: 'none', overdue: false });
    passTime(minutes);
    await sweep();
    expect(await now()).to.include({ level: 'yellow', overdue: true, state: 'open' });
    passTime(3 * days - minutes);
    await sweep();
    expect(await now()).to.include({ level: 'yellow' });
    passTime(minutes);
    await sweep();
    const red = await now();
    expect(red).to.include({ level: 'red', overdue: true, state: 'open' });
    expect(steps(red)).to.deep.equal(['open', 'escalate yellow', 'escalate red']);
  });

  it('takes each step once, however many sweep at once', async () => {
    for (let i = 0; i < 5; i++) await anOpenOrder(inspector, merchant._id);
    passTime(2 * hours);
    await Promise.all([sweep(), sweep(), sweep()]);
    passTime(3 * days);
    await Promise.all([sweep(), sweep()]);
    const all = await OrderModel.find({ kind: 'timed' }).lean();
    expect(all).to.have.length(6);
    for (const { history } of all)
      expect(history.map(({ act, level }) => [act, level])).to.deep.equal([
        ['open', null],
        ['escalate', 'yellow'],
        ['escalate', 'red'],
      ]);
  });

  it('catches up after a long stop, and keeps the nominal instant beside the real one', async () => {
    passTime(10 * days);
    await sweep();
    const { level, history } = await now();
    expect(level).to.equal('red');
    const [, yellow, red] = history;
    expect(yellow?.nominalAt).to.equal(due().toISOString());
    expect(red?.nominalAt).to.equal(new Date(due().getTime() + 3 * days).toISOString());
    for (const step of [yellow, red])
      expect(clock.now().getTime() - new Date(step?.at ?? 0).getTime()).to.be.lessThan(minutes);
    expect(yellow?.by).to.include({ kind: 'system' });
  });

  it('stands still while the answer waits to be looked at', async () => {
    await inspector.api.post(`/orders/${order.id}/submit`).send({ note: '已改' }).expect(200);
    passTime(10 * days);
    await sweep();
    expect(await now()).to.include({ state: 'submitted', level: 'none' });
    await inspector.api.post(`/orders/${order.id}/return`).send({ note: '没改' }).expect(200);
    await sweep();
    expect(await now()).to.include({ state: 'open', level: 'none', returns: 1 });
    passTime(2 * hours);
    await sweep();
    expect(await now()).to.include({ level: 'yellow' });
  });

  it('stays on the supervision list until it is closed, more time or not', async () => {
    passTime(3 * hours);
    await sweep();
    const listed = async (query: string) => {
      const { body } = await desk.staff.api.get(`/orders?${query}`).expect(200);
      return (body as { items: ShownOrder[] }).items.map(({ id }) => id);
    };
    const supervised = () => listed('supervision=true');
    expect(await supervised()).to.deep.equal([order.id]);
    expect(await listed('supervision=false')).to.have.length(1);
    const since = { overdueSince: order.due };
    expect(await now()).to.include(since);
    const later = new Date(clock.now().getTime() + hours).toISOString();
    await desk.staff.api.post(`/orders/${order.id}/extend`).send({ note: '等材料', due: later }).expect(200);
    expect(await supervised()).to.deep.equal([order.id]);
    passTime(2 * hours);
    expect(await escalateDueOrders()).to.equal(0);
    passTime(3 * days);
    expect(await escalateDueOrders()).to.equal(1);
    expect(await now()).to.include({ level: 'red', ...since });
    await desk.staff.api.post(`/orders/${order.id}/cancel`).send({ note: '重复' }).expect(200);
    expect(await supervised()).to.deep.equal([]);
    expect(await listed('overdue=true')).to.deep.equal([order.id]);
  });

  it('that is answered late has its steps first, be the sweep ever so late', async () => {
    passTime(4 * days);
    await inspector.api.post(`/orders/${order.id}/submit`).send({ note: '已改' }).expect(200);
    expect(await now()).to.include({ state: 'submitted', level: 'red' });
    await sweep();
    expect((await now()).history.map(({ act }) => act)).to.deep.equal([
      'open',
      'escalate',
      'escalate',
      'submit',
    ]);
    await desk.staff.api.post(`/orders/${order.id}/return`).send({ note: '没改' }).expect(200);
    expect(await now()).to.include({ state: 'open', level: 'red' });
  });

  it('that is cancelled or closed moves no more', async () => {
    await desk.staff.api.post(`/orders/${order.id}/cancel`).send({ note: '重复' }).expect(200);
    passTime(10 * days);
    expect(await escalateDueOrders()).to.equal(0);
    expect(await now()).to.include({ state: 'cancelled', level: 'none' });
  });
});
