// Joint visits (联合巡查): two task forces or more, a section each, and orders that both may follow.
import { expect } from 'chai';
import type { Merchant } from '../../models/merchant.ts';
import { OrderModel } from '../../models/order.ts';
import type { VisitBody, VisitSection } from '../../models/visit.ts';
import { isProblem } from '../support/app.ts';
import { aPhoto, aVisit } from '../support/visits.ts';
import { aDesk, aListedMerchant, aPerson, emptyWorld, layGround, type Person } from '../support/world.ts';

describe('a joint visit', () => {
  let market: Person;
  let trade: Person;
  let merchant: Merchant;
  let photo: string;

  before(async () => {
    await emptyWorld();
    await layGround();
    merchant = await aListedMerchant(await aDesk());
    market = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    trade = await aPerson('inspector', { areas: ['230104'], taskForce: 'trade' });
    const { bytes, sha256 } = await aPhoto();
    await market.api.post('/photos').attach('photo', bytes, 'a.jpg').expect(201);
    photo = sha256;
  });

  const fault = () => ({
    item: 'scan',
    outcome: 'fail' as const,
    photos: [photo],
    fix: { kind: 'timed' as const },
  });
  const sections = (): [VisitSection, VisitSection] => [
    { key: 'market', taskForce: 'market', inspectors: [market.user._id], answers: [fault()] },
    {
      key: 'trade',
      taskForce: 'trade',
      inspectors: [trade.user._id],
      answers: [fault(), { item: 'mask', outcome: 'pass' }],
    },
  ];
  const joint = (changes: Partial<VisitBody> = {}) =>
    aVisit(merchant._id, {
      kind: 'joint',
      inspectors: [market.user._id, trade.user._id],
      answers: [],
      sections: sections(),
      ...changes,
    });
  const send = (visit: object) => market.api.post('/visits').send(visit);
  const refusedAt = async (visit: object) => {
    const { body } = await send(visit).expect(isProblem(400, 'invalid-request'));
    return (body as { errors: { path: string }[] }).errors.map(({ path }) => path);
  };

  it('has a section of each task force, and an order of each for the same item', async () => {
    const visit = joint();
    const { body } = await send(visit).expect(201);
    expect(body).to.deep.include({ result: 'orders', state: 'complete' });
    const { orders } = body as { orders: { id: string; item: string }[] };
    expect(orders.map(({ item }) => item)).to.deep.equal(['scan', 'scan']);
    expect(new Set(orders.map(({ id }) => id)).size).to.equal(2);
    const again = await send(visit).expect(200);
    expect(again.body).to.deep.equal(body);
    const stored = await OrderModel.find({ visit: visit.id }).lean();
    expect(stored.map(({ taskForces }) => [...taskForces].sort())).to.have.deep.members([
      ['market'],
      ['market', 'trade'],
    ]);
  });

  it('is seen by all its task forces, and each follows its own orders', async () => {
    const visit = joint();
    const { body } = await send(visit).expect(201);
    const [ours, theirs] = (body as { orders: { id: string }[] }).orders;
    await trade.api.get(`/visits/${visit.id}`).expect(200);
    await trade.api.get(`/orders/${theirs?.id}`).expect(200);
    await trade.api.get(`/orders/${ours?.id}`).expect(404);
    await market.api.get(`/orders/${theirs?.id}`).expect(200);
  });

  it('is malformed where the sections are not those of several task forces and their inspectors', async () => {
    const [one, two] = sections();
    expect(await refusedAt(joint({ sections: undefined }))).to.deep.equal(['/sections']);
    expect(await refusedAt(joint({ sections: [one] }))).to.deep.equal(['/sections']);
    expect(await refusedAt(joint({ sections: [one, { ...two, taskForce: 'market' }] }))).to.deep.equal([
      '/sections/1/taskForce',
    ]);
    expect(await refusedAt(joint({ sections: [one, { ...two, key: 'market' }] }))).to.deep.equal([
      '/sections/1/key',
    ]);
    expect(await refusedAt(joint({ inspectors: [market.user._id] }))).to.deep.equal([
      '/sections/1/inspectors/0',
    ]);
    expect(await refusedAt(joint({ answers: [{ item: 'mask', outcome: 'pass' }] }))).to.deep.equal([
      '/answers',
    ]);
    expect(await refusedAt({ ...joint(), kind: 'routine' })).to.deep.equal(['/sections']);
    const wrongItem = { ...two, answers: [{ item: 'lights', outcome: 'pass' as const }] };
    expect(await refusedAt(joint({ sections: [one, wrongItem] }))).to.deep.equal([
      '/sections/1/answers/0/item',
    ]);
  });

  it('names inspectors of the task forces that its sections speak for', async () => {
    const [one, two] = sections();
    const swapped = joint({ sections: [one, { ...two, inspectors: [market.user._id] }] });
    const { body } = await send(swapped).expect(isProblem(422, 'unknown-reference'));
    expect((body as { errors: object[] }).errors).to.deep.equal([
      { path: '/sections/1/taskForce', message: 'trade' },
    ]);
  });
});
