// Shops that nobody has visited for as long as their area sets: the longest overdue are proposed, a few at a time, until somebody goes.
import { expect } from 'chai';
import { AdjustmentModel } from '../../models/adjustment.ts';
import { AreaSettingsModel } from '../../models/settings.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import type { VisitBody } from '../../models/visit.ts';
import { reviewCycles } from '../../server/domain/cycle-proposals.ts';
import { followSettings } from '../../server/domain/settings.ts';
import { submitVisit } from '../../server/domain/visits.ts';
import { sweep } from '../../server/jobs/sweep.ts';
import { clock } from '../../server/lib/clock.ts';
import { approved, days, passTime, releaseClock, shownIn } from '../support/desk.ts';
import { watched, wholeScans } from '../support/plans.ts';
import { aVisit } from '../support/visits.ts';
import {
  aDesk,
  adjust,
  aListedMerchant,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  merchantsLike,
  type Person,
} from '../support/world.ts';

describe('an overdue cycle', () => {
  let desk: Desk;
  let admin: Person;
  let inspector: Person;
  let merchant: Merchant;

  /** Logins run out while time passes. */
  async function signInAnew(): Promise<void> {
    desk = await aDesk();
    admin = await aPerson('admin');
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
  }

  beforeEach(async () => {
    releaseClock();
    await emptyWorld();
    await followSettings();
    await layGround();
    await signInAnew();
    merchant = await aListedMerchant(desk);
  });

  after(async () => {
    releaseClock();
    await AreaSettingsModel.deleteMany({});
    await followSettings();
  });

  async function setDays(unvisitedDays: number, area = '230104'): Promise<void> {
    await admin.api.put(`/settings/${area}`).send({ unvisitedDays });
    await followSettings();
  }
  async function visited(changes: Partial<VisitBody> = {}): Promise<string> {
    const arrivedAt = new Date(clock.now().getTime() - 60_000).toISOString();
    const visit = aVisit(merchant._id, { arrivedAt, sealedAt: arrivedAt, ...changes });
    const by = changes.kind === 'self' ? await aPerson('merchant', { merchants: [merchant._id] }) : inspector;
    const { _id } = (await submitVisit(by.actor, visit)).visit;
    await sweep();
    return _id;
  }
  const proposals = () =>
    AdjustmentModel.find({ proposal: `overdue-cycle/${merchant._id}` })
      .sort({ draftedAt: 1 })
      .lean();
  const states = async () => (await proposals()).map(({ state }) => state);
  const openOnes = () => AdjustmentModel.countDocuments({ proposal: /^overdue-cycle\//, state: 'draft' });

  it('is proposed once by however many processes, after the days that are set, and goes with the visit', async () => {
    await setDays(30);
    passTime(30 * days - 60_000);
    await reviewCycles();
    expect(await states()).to.deep.equal([]);
    passTime(2 * 60_000);
    await Promise.all([reviewCycles(), reviewCycles()]);
    const [draft, ...more] = await proposals();
    expect(more).to.deep.equal([]);
    expect(draft).to.deep.include({ state: 'draft', to: 'suspended', ground: 'other', basis: null });
    const listing = merchant.outlook[0]?.adjustment;
    expect(draft?.causes).to.deep.equal([{ kind: 'adjustment', id: listing }]);
    await signInAnew();
    const { body } = await desk.staff.api.get(`/adjustments/${draft?._id}`).expect(200);
    expect((body as { proposed: unknown }).proposed).to.deep.equal({
      rule: 'overdue-cycle',
      causes: [{ kind: 'adjustment', id: listing }],
    });

    await visited({ kind: 'self' });
    await visited({ noEntry: 'closed', answers: [] });
    expect(await states()).to.deep.equal(['draft']);
    const visit = await visited();
    expect(await states()).to.deep.equal(['withdrawn']);
    passTime(29 * days);
    await reviewCycles();
    expect(await states()).to.deep.equal(['withdrawn']);
    passTime(2 * days);
    await reviewCycles();
    expect(await states()).to.deep.equal(['withdrawn', 'draft']);
    const anew = (await proposals())[1];
    expect(anew?.basis).to.deep.equal({ kind: 'visit', id: visit });
  });

  it('follows the settings of the narrowest area, and is off where they say 0', async () => {
    passTime(100 * days);
    await reviewCycles();
    expect(await states()).to.deep.equal([]);
    await signInAnew();
    await setDays(30);
    await setDays(200, '230104001');
    await reviewCycles();
    expect(await states()).to.deep.equal([]);
    await setDays(90, '230104001');
    await reviewCycles();
    expect(await states()).to.deep.equal(['draft']);
    await setDays(0, '230104001');
    await reviewCycles();
    expect(await states()).to.deep.equal(['withdrawn']);
  });

  it('that is dismissed makes way for others, and comes back only after another visit', async () => {
    await setDays(30);
    passTime(31 * days);
    await reviewCycles();
    const [draft] = await proposals();
    await signInAnew();
    await desk.staff.api.post(`/adjustments/${draft?._id}/withdraw`).send({ note: '停业装修' }).expect(200);
    await reviewCycles();
    passTime(60 * days);
    await reviewCycles();
    expect(await states()).to.deep.equal(['withdrawn']);
    expect((await MerchantModel.findById(merchant._id).lean())?.cycleDecided).to.equal(true);
    await signInAnew();
    await visited();
    passTime(31 * days);
    await reviewCycles();
    expect(await states()).to.deep.equal(['withdrawn', 'draft']);
  });

  it('goes with the shop that leaves the list, and what was enacted is not proposed again on its return', async () => {
    await setDays(30);
    passTime(31 * days);
    await reviewCycles();
    await signInAnew();
    const [draft] = await proposals();
    const frozen = shownIn(await desk.staff.api.post(`/adjustments/${draft?._id}/submit`).expect(200));
    await reviewCycles();
    await approved(desk.approver, frozen);
    await reviewCycles();
    await adjust(desk, merchant._id, 'listed');
    await reviewCycles();
    // It was listed anew: a cycle begins with that.
    expect(await states()).to.deep.equal(['enacted']);
    passTime(31 * days);
    await reviewCycles();
    expect(await states()).to.deep.equal(['enacted', 'draft']);
    await signInAnew();
    await adjust(desk, merchant._id, 'removed');
    await reviewCycles();
    expect(await states()).to.deep.equal(['enacted', 'withdrawn']);
  });

  it('of a whole district opens the twenty that wait longest, and the next as they are settled', async () => {
    await merchantsLike(merchant, 60);
    // The one that matters was listed before all the others, and is found among them.
    await MerchantModel.updateMany({ _id: { $ne: merchant._id } }, { $set: { since: clock.now() } });
    await setDays(30);
    passTime(31 * days);
    await Promise.all([reviewCycles(), reviewCycles()]);
    expect(await openOnes()).to.equal(20);
    expect(await states()).to.deep.equal(['draft']);
    await signInAnew();
    await visited();
    expect(await openOnes()).to.equal(19);
    await reviewCycles();
    expect(await openOnes()).to.equal(20);
  });

  it('is found by an index, without a look at those that are not overdue', async () => {
    await setDays(30);
    passTime(31 * days);
    await reviewCycles();
    await merchantsLike({ ...merchant, since: clock.now() }, 200);
    await merchantsLike({ ...merchant, lastVisit: { at: clock.now(), result: 'passed' } }, 200);
    const operations = await watched(reviewCycles);
    expect(wholeScans(operations)).to.deep.equal([]);
    const looks = operations.filter(({ ns, op }) => ns.endsWith('.merchants') && op === 'query');
    expect(looks).to.have.length(3);
    for (const { docsExamined, hasSortStage } of looks) {
      expect(docsExamined).to.be.at.most(1);
      expect(hasSortStage).to.equal(undefined);
    }
  });
});
