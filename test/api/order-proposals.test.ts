// An order's whole clock, to the second: yellow, red, and three working days later the proposal to suspend, each once.
import { expect } from 'chai';
import { AdjustmentModel } from '../../models/adjustment.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { type Order, OrderModel } from '../../models/order.ts';
import { cancelOrder, submitOrder, verifyOrder } from '../../server/domain/orders.ts';
import { submitVisit } from '../../server/domain/visits.ts';
import { sweep } from '../../server/jobs/sweep.ts';
import { clock } from '../../server/lib/clock.ts';
import { holdAt, passTime, releaseClock, days, hours, shownIn, approved } from '../support/desk.ts';
import { aPhoto, aVisit } from '../support/visits.ts';
import {
  adjust,
  aDesk,
  aListedMerchant,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  type Person,
} from '../support/world.ts';

const shanghai = (text: string) => new Date(`${text}:00+08:00`);

describe('an order’s clock', () => {
  let desk: Desk;
  let inspector: Person;
  let merchant: Merchant;

  async function lay(at: Date | null): Promise<void> {
    if (at) holdAt(new Date(at.getTime() - hours));
    else releaseClock();
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    merchant = await aListedMerchant(desk);
  }
  after(() => {
    releaseClock();
  });

  /** `scan` is a major item, `entrance` a minor one. */
  async function opened(item = 'scan', of = merchant): Promise<Order> {
    const { sha256 } = await aPhoto({ width: 64, height: 48 });
    const answers = [{ item, outcome: 'fail' as const, photos: [sha256], fix: { kind: 'timed' as const } }];
    const arrivedAt = new Date(clock.now().getTime() - 60_000).toISOString();
    const visit = aVisit(of._id, { answers, arrivedAt, sealedAt: arrivedAt });
    const { orders } = (await submitVisit(inspector.actor, visit)).visit;
    return stored(orders[0]?._id ?? '');
  }
  async function stored(id: string): Promise<Order> {
    const order = await OrderModel.findById(id).lean<Order>();
    if (!order) throw new Error('the order is gone');
    return order;
  }
  const twice = () => Promise.all([sweep(), sweep()]);
  const steps = ({ history }: Order) =>
    history.slice(1).map(({ act, level, nominalAt }) => [level ?? act, nominalAt?.toISOString()]);
  const proposals = () => AdjustmentModel.find({ proposal: /^red-order\// }).lean();

  const examples: [string, string, { yellow: string; red: string; draft: string }][] = [
    [
      '2022-09-30T17:00',
      'scan',
      { yellow: '2022-09-30T19:00', red: '2022-10-03T19:00', draft: '2022-10-11T00:00' },
    ],
    [
      '2022-09-30T17:00',
      'entrance',
      { yellow: '2022-10-09T00:00', red: '2022-10-12T00:00', draft: '2022-10-15T00:00' },
    ],
    [
      '2022-12-30T17:00',
      'scan',
      { yellow: '2022-12-30T19:00', red: '2023-01-02T19:00', draft: '2023-01-06T00:00' },
    ],
    [
      '2022-12-30T17:00',
      'entrance',
      { yellow: '2023-01-04T00:00', red: '2023-01-07T00:00', draft: '2023-01-12T00:00' },
    ],
  ];
  for (const [received, item, { yellow, red, draft }] of examples) {
    const severity = item === 'scan' ? 'major' : 'minor';
    const instants = [shanghai(yellow), shanghai(red), shanghai(draft)];
    const expected = ['yellow', 'red', 'propose'].map((name, i) => [name, instants[i]?.toISOString()]);

    it(`received ${received}, ${severity}: yellow ${yellow}, red ${red}, proposal ${draft}, to the second`, async () => {
      await lay(shanghai(received));
      holdAt(shanghai(received));
      const { _id } = await opened(item);
      for (const [taken, instant] of instants.entries()) {
        holdAt(new Date(instant.getTime() - 1_000));
        await twice();
        expect(steps(await stored(_id))).to.deep.equal(expected.slice(0, taken));
        holdAt(instant);
        await twice();
        expect(steps(await stored(_id))).to.deep.equal(expected.slice(0, taken + 1));
      }
      expect(await proposals()).to.have.length(1);
    });

    it(`received ${received}, ${severity}: all of it at once after six hours, or weeks, of silence`, async () => {
      await lay(shanghai(received));
      holdAt(shanghai(received));
      const { _id } = await opened(item);
      holdAt(new Date(shanghai(draft).getTime() + 6 * hours));
      await twice();
      const order = await stored(_id);
      expect(steps(order)).to.deep.equal(expected);
      expect(order.history.slice(1).every(({ at }) => at.getTime() === clock.now().getTime())).to.equal(true);
      expect(order).to.include({ level: 'red', nextAt: null, state: 'open' });
    });
  }

  describe('ends in a proposal', () => {
    beforeEach(() => lay(null));

    const due = async () => {
      passTime(20 * days);
      await twice();
    };

    it('that people decide about: staff submit it, an approver enacts it', async () => {
      const { _id } = await opened();
      await due();
      const [draft] = await proposals();
      expect(draft).to.deep.include({ state: 'draft', to: 'suspended', ground: 'order', count: 1 });
      expect(draft?.basis).to.deep.equal({ kind: 'order', id: _id });
      expect(draft?.draftedBy.kind).to.equal('system');
      expect((await MerchantModel.findById(merchant._id).lean())?.status).to.equal('listed');
      desk = await aDesk();
      const frozen = shownIn(await desk.staff.api.post(`/adjustments/${draft?._id}/submit`).expect(200));
      expect(frozen).to.include({ state: 'submitted', needsApproval: true });
      await approved(desk.approver, frozen);
      expect((await MerchantModel.findById(merchant._id).lean())?.status).to.equal('suspended');
    });

    it('of which a shop has one, however many of its orders are red', async () => {
      const orders = [await opened(), await opened('entrance'), await opened('mask')];
      await due();
      const [draft, ...more] = await proposals();
      expect(more).to.deep.equal([]);
      for (const { _id } of orders)
        expect((await stored(_id)).history.at(-1)).to.include({ act: 'propose', adjustment: draft?._id });
    });

    it('that goes with the last red order, unless somebody has taken it up', async () => {
      const [first, second] = [await opened(), await opened('entrance')];
      await due();
      await cancelOrder(desk.staff.actor, first._id, { note: '重复' });
      expect((await proposals())[0]?.state).to.equal('draft');
      await submitOrder(inspector.actor, second._id, {});
      await verifyOrder(desk.staff.actor, second._id, {});
      expect((await proposals())[0]?.state).to.equal('withdrawn');
      await opened();
      await due();
      expect((await proposals()).map(({ state }) => state)).to.have.members(['withdrawn', 'draft']);
    });

    it('that is not made for a shop that is off the list already', async () => {
      const { _id } = await opened();
      await adjust(desk, merchant._id, 'removed');
      await due();
      expect(await proposals()).to.deep.equal([]);
      const { act, adjustment, note } = (await stored(_id)).history.at(-1) ?? {};
      expect({ act, adjustment }).to.deep.equal({ act: 'propose', adjustment: null });
      expect(note).to.match(/not on the list/);
    });

    it('that an answered order does not get', async () => {
      const { _id } = await opened();
      passTime(4 * days);
      await sweep();
      await submitOrder(inspector.actor, _id, {});
      await due();
      expect(await proposals()).to.deep.equal([]);
    });
  });
});
