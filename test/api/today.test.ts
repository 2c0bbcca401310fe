// What needs a decision today: every count is the total of the list that it names, and each has its clock.
import { expect } from 'chai';
import type { Merchant } from '../../models/merchant.ts';
import { submitVisit } from '../../server/domain/visits.ts';
import { sweep } from '../../server/jobs/sweep.ts';
import { ids } from '../../server/lib/ids.ts';
import { drafted, hours, passTime, releaseClock, submitted } from '../support/desk.ts';
import { anOpenOrder } from '../support/orders.ts';
import { aVisit } from '../support/visits.ts';
import {
  aDesk,
  aListedMerchant,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  type Person,
} from '../support/world.ts';

type Item = { kind: string; count: number; clock: string | null; rows: string };

describe('what needs a decision today', () => {
  let desk: Desk;
  let inspector: Person;
  let merchant: Merchant;

  beforeEach(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    merchant = await aListedMerchant(desk);
  });
  afterEach(releaseClock);

  const today = async (by = desk.staff) =>
    ((await by.api.get('/today').expect(200)).body as { items: Item[] }).items;

  it('is nothing where nothing waits', async () => {
    for (const { count, clock } of await today())
      expect({ count, clock }).to.deep.equal({ count: 0, clock: null });
  });

  it('counts what waits, with its clock, each as many as its list has rows', async () => {
    const neighbour = await aListedMerchant(desk);
    const approval = await submitted(desk, { merchants: [merchant._id] });
    const emergency = await drafted(desk, { merchants: [neighbour._id], emergency: true, ground: undefined });
    await desk.staff.api.post(`/adjustments/${emergency.id}/submit`).expect(200);
    const late = await anOpenOrder(inspector, merchant._id);
    const answered = await anOpenOrder(inspector, merchant._id);
    await inspector.api.post(`/orders/${answered.id}/submit`).send({ note: '已改' }).expect(200);
    const photos = [{ sha256: 'a'.repeat(64), source: 'gallery' as const }];
    await submitVisit(inspector.actor, aVisit(merchant._id, { photos }));
    await submitVisit(inspector.actor, aVisit(ids.uuid()));
    passTime(3 * hours);
    await sweep();

    const items = await today(await aPerson('staff'));
    const counts = Object.fromEntries(items.map(({ kind, count }) => [kind, count]));
    expect(counts).to.deep.equal({
      approvals: 1,
      emergencies: 1,
      proposals: 0,
      objections: 0,
      'overdue-orders': 1,
      'submitted-orders': 1,
      'flagged-visits': 1,
      'unmatched-visits': 1,
      'visits-without-photos': 1,
    });
    const clocks = new Map(items.map(({ kind, clock }) => [kind, clock]));
    expect(clocks.get('overdue-orders')).to.equal(late.due);
    const shownApproval = await desk.staff.api.get(`/adjustments/${approval.id}`).expect(200);
    expect(clocks.get('approvals')).to.equal((shownApproval.body as { submittedAt: string }).submittedAt);
    for (const { kind, count, rows } of items) {
      const { body } = await (await aPerson('approver')).api.get(rows).expect(200);
      expect((body as { total: number }).total, `${kind}: ${rows}`).to.equal(count);
    }
  });

  it('is of one’s own scope only, and not for those who decide nothing', async () => {
    await submitted(desk, { merchants: [merchant._id] });
    const elsewhere = await aPerson('staff', { areas: ['230199'] });
    expect((await today(elsewhere)).every(({ count }) => count === 0)).to.equal(true);
    await inspector.api.get('/today').expect(403);
  });
});
