// A rule over more shops than one transaction holds, and its undoing: in parts, whole after a kill, by the rules of small ones.
import { expect } from 'chai';
import { type Adjustment, AdjustmentLineModel, AdjustmentModel } from '../../models/adjustment.ts';
import { LedgerBlockModel, LedgerEntryModel } from '../../models/ledger.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { byOf } from '../../server/domain/actor.ts';
import { beginLarge, enactNextPart, whenEnacted } from '../../server/domain/chunked-enactment.ts';
import { environment } from '../../server/domain/environment.ts';
import { verifyLedger } from '../../server/domain/verify-ledger.ts';
import { moveDueMerchants } from '../../server/domain/whitelist-clock.ts';
import { inTransaction } from '../../server/lib/transaction.ts';
import { isProblem } from '../support/app.ts';
import {
  approved,
  drafted,
  passTime,
  releaseClock,
  seconds,
  shownIn,
  type ShownAdjustment,
} from '../support/desk.ts';
import { exported } from '../support/exports.ts';
import { textsIn } from '../support/sheets.ts';
import { adjust, aDesk, type Desk, emptyWorld, layGround, listedMerchants } from '../support/world.ts';

const count = 2_510;

describe('a rule over more shops than one transaction holds', function () {
  this.timeout(120_000);
  let desk: Desk;
  let shops: Merchant[];
  let asBefore: string[][];
  let closure: ShownAdjustment;

  /** Without the revision, which counts writes. */
  const list = async () =>
    (await textsIn(await exported(desk.staff, 'format=csv'))).map((row) => row.toSpliced(1, 1));
  const isUntouched = async () => {
    const verdict = await verifyLedger({ keys: environment().keys, heads: [] });
    expect(verdict.ok, JSON.stringify(verdict)).to.equal(true);
  };
  const undoing = async (reason = '复业') =>
    shownIn(await desk.staff.api.post(`/adjustments/${closure.id}/undo`).send({ reason }).expect(201));
  const frozen = async ({ id }: ShownAdjustment) =>
    shownIn(await desk.staff.api.post(`/adjustments/${id}/submit`).expect(200));
  const at = (index: number) => {
    const shop = shops[index];
    if (!shop) throw new Error('there is no such shop');
    return shop;
  };
  const takesEffect = async () => {
    passTime(30 * seconds);
    await moveDueMerchants();
  };

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    shops = [];
    for (const some of [2_500, count - 2_500])
      shops.push(
        ...(await listedMerchants(
          desk,
          Array.from({ length: some }, () => ({})),
        )),
      );
    asBefore = await list();
  });

  after(releaseClock);

  it('is enacted in parts, in one block', async () => {
    const draft = await drafted(desk, { rule: { where: { category: 'pharmacy' } } });
    expect(draft.dryRun.count).to.equal(count);
    closure = await frozen(draft);
    expect((await approved(desk.approver, closure)).state).to.equal('enacting');
    await whenEnacted();
    await takesEffect();
    expect(await MerchantModel.countDocuments({ status: 'suspended' })).to.equal(count);
    const blocks = await LedgerBlockModel.find({ adjustment: closure.id }).lean();
    expect(blocks.map((block) => block.count)).to.deep.equal([count]);
  });

  it('is undone by somebody else, and a shop that moved on makes the undoing stale as a whole', async () => {
    const undo = await frozen(await undoing());
    expect(undo).to.include({ needsApproval: true });
    await desk.staff.api
      .post(`/adjustments/${undo.id}/approve`)
      .send({ setHash: undo.setHash })
      .expect(isProblem(403, 'forbidden'));
    await adjust(desk, at(3)._id, 'removed');
    await approved(desk.approver, undo);
    await whenEnacted();
    const found = await AdjustmentModel.findById(undo.id).lean();
    expect(found).to.include({ state: 'stale', height: null });
    expect(found?.conflicts.map(({ merchant }) => merchant)).to.deep.equal([at(3)._id]);
    expect(await LedgerEntryModel.countDocuments({ adjustment: undo.id })).to.equal(0);
  });

  it('undone, leaves the one shop alone that changed in between, and is whole after a kill', async () => {
    const undo = await undoing();
    expect(undo.dryRun).to.deep.include({
      count,
      conflicts: [],
      remarks: [
        { code: 'later-stays', shops: 1, count: 1, merchants: [{ merchant: at(3)._id, name: at(3).name }] },
      ],
    });
    expect((await undoing()).id).to.equal(undo.id);
    await frozen(undo);
    const undoOnceMore = desk.staff.api.post(`/adjustments/${closure.id}/undo`).send({ reason: '复业' });
    await undoOnceMore.expect(isProblem(409, 'duplicate'));

    // Approved, and killed before anything else was done.
    const adjustment = await AdjustmentModel.findById(undo.id).lean<Adjustment>();
    if (!adjustment) throw new Error('nothing was drafted');
    await inTransaction(async () => {
      const next = await beginLarge(adjustment);
      const decidedBy = byOf(desk.approver.actor);
      await AdjustmentModel.updateOne(
        { _id: undo.id },
        { $set: { ...next, decidedBy, decidedAt: new Date() } },
      );
    });
    await enactNextPart(undo.id);
    await enactNextPart(undo.id);
    expect(await LedgerEntryModel.countDocuments({ adjustment: undo.id })).to.equal(500);
    await desk.staff.api
      .post(`/adjustments/${closure.id}/undo`)
      .send({ reason: '再来' })
      .expect(isProblem(409, 'duplicate'));
    await isUntouched();
    await AdjustmentModel.updateOne({ _id: undo.id }, { $set: { 'enactment.heardAt': new Date(0) } });
    await whenEnacted();
    await takesEffect();

    const rows = await list();
    const differing = rows.filter((row, index) => JSON.stringify(row) !== JSON.stringify(asBefore[index]));
    expect(differing.map(([id]) => id)).to.deep.equal([at(3)._id]);
    expect((await MerchantModel.findById(at(3)._id).lean())?.status).to.equal('removed');
    expect(await AdjustmentLineModel.countDocuments({ adjustment: undo.id })).to.equal(count);
    await isUntouched();
  });
});
