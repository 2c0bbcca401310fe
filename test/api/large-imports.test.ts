// An import of more than one transaction: sealed in one block, written in parts, whole after any kill, and nobody gets between.
import { randomBytes, randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { type Adjustment, AdjustmentLineModel, AdjustmentModel } from '../../models/adjustment.ts';
import { LedgerBlockModel, LedgerEntryModel } from '../../models/ledger.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { byOf } from '../../server/domain/actor.ts';
import { beginLarge, enactNextPart, whenEnacted } from '../../server/domain/chunked-enactment.ts';
import { environment } from '../../server/domain/environment.ts';
import { verifyLedger } from '../../server/domain/verify-ledger.ts';
import { moveDueMerchants } from '../../server/domain/whitelist-clock.ts';
import { holdClock } from '../../server/lib/clock.ts';
import { withIds } from '../../server/lib/ids.ts';
import { inTransaction } from '../../server/lib/transaction.ts';
import { makeUscc } from '../../server/lib/uscc.ts';
import { isProblem } from '../support/app.ts';
import { passTime, releaseClock, seconds } from '../support/desk.ts';
import { csv, imported, shownImport, submittedImport } from '../support/imports.ts';
import {
  adjust,
  aDesk,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  listedMerchants,
} from '../support/world.ts';

const columns = ['编号', '商户名称', '统一社会信用代码', '类别', '街道代码', '地址', '状态'];
const count = 2_600;

describe('a large import', () => {
  let desk: Desk;
  let shops: Merchant[];
  let file: string;

  beforeEach(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    shops = await listedMerchants(desk, [{}, {}, {}, { subdistrict: '230104005' }]);
    const [changed, removed] = shops;
    const added = Array.from({ length: count - 2 }, (_, i) => [
      '',
      `店${i}`,
      makeUscc('92', '230104', 2_000_000 + i),
      'pharmacy',
      '230104001',
      `靖宇街${i}号`,
      '',
    ]);
    file = csv(columns, [
      [changed?._id, '改名', '', '', '', '', ''],
      ...added,
      [removed?._id, '', '', '', '', '', '已移出'],
    ]);
  });

  afterEach(releaseClock);

  const verdict = () => {
    return verifyLedger({ keys: environment().keys, heads: [] });
  };
  const isUntouched = async () => {
    const found = await verdict();
    expect(found.ok, JSON.stringify(found)).to.equal(true);
  };
  const submitted = async () => {
    const one = await imported(desk.staff, file);
    expect(one.counts).to.include({ added: count - 2, changed: 2, refused: 0 });
    const { adjustment } = await submittedImport(desk.staff, one);
    const found = await AdjustmentModel.findById(adjustment?.id).lean<Adjustment>();
    if (!found) throw new Error('nothing was drafted');
    return { one, adjustment: found };
  };

  /** Approved, and killed before anything else was done. */
  const begun = async () => {
    const { one, adjustment } = await submitted();
    await inTransaction(async () => {
      const next = await beginLarge(adjustment);
      const decidedBy = byOf(desk.approver.actor);
      await AdjustmentModel.updateOne(
        { _id: adjustment._id },
        { $set: { ...next, decidedBy, decidedAt: new Date() } },
      );
    });
    return { one, id: adjustment._id };
  };

  it('is approved like any other, and the list follows at once', async () => {
    const { one, adjustment } = await submitted();
    const { body } = await desk.approver.api
      .post(`/adjustments/${adjustment._id}/approve`)
      .send({ setHash: adjustment.setHash })
      .expect(200);
    expect((body as { state: string }).state).to.equal('enacting');
    await whenEnacted();
    expect(await shownImport(desk.staff, one.id)).to.include({ state: 'enacted' });
    passTime(30 * seconds);
    await moveDueMerchants();
    expect(await MerchantModel.countDocuments({ status: 'listed' })).to.equal(count + 1);
    const [changed, removed] = await Promise.all(
      shops.slice(0, 2).map(({ _id }) => MerchantModel.findById(_id).lean()),
    );
    expect(changed?.name).to.equal('改名');
    expect(removed?.status).to.equal('removed');
    await isUntouched();
    const blocks = await LedgerBlockModel.find({ adjustment: adjustment._id }).lean();
    expect(blocks.map((block) => block.count)).to.deep.equal([count]);
    const again = await imported(desk.staff, file);
    expect(again.counts).to.include({ added: 0, changed: 0, unchanged: count });
  }).timeout(120_000);

  it('shows nothing before its block is there, goes on after a kill at any part, and is whole once', async () => {
    const { one, id } = await begun();
    const before = await MerchantModel.countDocuments();
    await isUntouched();
    expect(await enactNextPart(id)).to.equal(true);
    expect(await MerchantModel.countDocuments()).to.equal(before);
    await isUntouched();
    expect(await enactNextPart(id)).to.equal(true);
    expect(await LedgerEntryModel.countDocuments({ adjustment: id })).to.equal(500);
    expect(await shownImport(desk.staff, one.id)).to.deep.include({
      state: 'enacting',
      progress: { phase: 'writing', rows: 500, of: count },
    });
    await isUntouched();

    // Two processes go on with it at the same time, as after a restart.
    await Promise.allSettled([enactNextPart(id), enactNextPart(id)]);
    await AdjustmentModel.updateOne({ _id: id }, { $set: { 'enactment.heardAt': new Date(0) } });
    await whenEnacted();
    const done = await AdjustmentModel.findById(id).lean();
    expect(done).to.deep.include({ state: 'enacted', enactment: null });
    expect(await LedgerEntryModel.countDocuments({ adjustment: id })).to.equal(count);
    expect(await MerchantModel.countDocuments()).to.equal(before + count - 2);
    await isUntouched();
  }).timeout(120_000);

  it('writes each part once, however often its writer says meanwhile that it lives', async () => {
    const { id } = await begun();
    await enactNextPart(id);
    let codes = 0;
    const bytes = (size: number) => {
      codes += 1;
      return randomBytes(size);
    };
    let isDone = false;
    const say = async () => {
      while (!isDone)
        await AdjustmentModel.updateOne({ _id: id }, { $set: { 'enactment.heardAt': new Date() } });
    };
    const saying = say();
    await withIds({ uuid: randomUUID, bytes }, () => enactNextPart(id));
    isDone = true;
    await saying;
    expect(codes).to.equal(499);
  }).timeout(120_000);

  it('keeps others away from its shops and codes meanwhile, and lets all else go on', async () => {
    const { id } = await begun();
    const [changed, , untouched] = shops;
    if (!changed || !untouched) throw new Error('no shops');
    await enactNextPart(id);
    const patch = (shop: Merchant) =>
      desk.staff.api.patch(`/merchants/${shop._id}`).set('If-Match', `"${shop.rev}"`).send({ capacity: 5 });
    await patch(untouched).expect(isProblem(503, 'unavailable'));
    const draft = {
      to: 'suspended',
      ground: 'notice',
      reason: '测试',
      merchants: [changed._id],
      emergency: true,
    };
    const { body } = await desk.staff.api
      .post('/adjustments')
      .send({ ...draft, ground: undefined })
      .expect(201);
    const { id: emergency } = body as { id: string };
    await desk.staff.api.post(`/adjustments/${emergency}/submit`).expect(isProblem(503, 'unavailable'));
    await adjust(desk, untouched._id, 'suspended');
    await isUntouched();
    while (await enactNextPart(id));
    await isUntouched();
    await patch({ ...untouched, rev: untouched.rev + 1 }).expect(200);
  }).timeout(120_000);

  it('tells nobody of an instant at which it had taken effect before it is written', async () => {
    const { id } = await begun();
    await enactNextPart(id);
    const sealed = (await AdjustmentModel.findById(id).lean())?.enactment?.sealed;
    if (!sealed) throw new Error('it is not sealed');
    const at = (instant: Date) => `asOf=${instant.toISOString()}`;
    const before = new Date(sealed.effectiveFrom.getTime() - 1);
    const since = `from=${before.toISOString()}&to=${sealed.effectiveFrom.toISOString()}`;
    const asked = [`/merchants?${at(sealed.effectiveFrom)}`, `/ledger/diff?${since}`];
    const planned = await desk.staff.api.get(asked[0] ?? '').expect(200);
    expect((planned.body as { planned: boolean }).planned).to.equal(true);

    passTime(sealed.effectiveFrom.getTime() - Date.now() + seconds);
    for (const path of asked) {
      const { headers } = await desk.staff.api.get(path).expect(isProblem(503, 'unavailable'));
      expect(headers['retry-after']).to.equal('30');
    }
    await desk.staff.api.get(`/merchants?${at(before)}`).expect(200);
    const withinReach = [['2301'], ['230104'], ['230199', '230104005']];
    for (const areas of withinReach) {
      const auditor = await aPerson('auditor', { areas });
      await auditor.api.get(asked[0] ?? '').expect(isProblem(503, 'unavailable'));
    }
    const elsewhere = await aPerson('auditor', { areas: ['230199'] });
    for (const path of asked) await elsewhere.api.get(path).expect(200);
    while (await enactNextPart(id));
    const { body } = await desk.staff.api.get(asked[0] ?? '').expect(200);
    expect((body as { total: number }).total).to.equal(count + 2);
    await desk.staff.api.get(asked[1] ?? '').expect(200);
  }).timeout(120_000);

  it('is stale, and holds nobody up, where a market that it names was moved meanwhile', async () => {
    const { id } = await begun();
    const [, line] = await AdjustmentLineModel.find({ adjustment: id }).sort({ index: 1 }).limit(2);
    await AdjustmentLineModel.collection.updateOne(
      { _id: line?._id as never },
      { $set: { 'facts.site': 'gone' } },
    );
    while (await enactNextPart(id));
    const found = await AdjustmentModel.findById(id).lean();
    expect(found).to.include({ state: 'stale', height: null });
    expect(found?.conflicts.map(({ merchant }) => merchant)).to.deep.equal([line?.merchant]);
    await isUntouched();
  }).timeout(120_000);

  it('lets nobody move a market while it is written: its shops would be left half on the list', async () => {
    const { id } = await begun();
    const admin = await aPerson('admin');
    const point = { type: 'Point', coordinates: [126.64, 45.78] };
    const site = { kind: 'farm-market', name: '市场', address: '靖宇街1号', point };
    const put = (subdistrict: string) => admin.api.put('/sites/new-market').send({ ...site, subdistrict });
    await put('230104001').expect(201);
    await enactNextPart(id);
    await put('230104005').expect(isProblem(503, 'unavailable'));
    while (await enactNextPart(id));
    await put('230104005').expect(200);
  }).timeout(120_000);

  it('is sealed also where reckoning takes longer than was allowed for', async () => {
    const { id } = await begun();
    let now = Date.now();
    // Nine seconds pass from one look at the clock to the next; at first eight are allowed for all.
    holdClock(() => new Date((now += 9_000)));
    let tries = 0;
    for (; (await AdjustmentModel.exists({ _id: id, height: null })) && tries < 6; tries += 1)
      await enactNextPart(id, 2 ** tries);
    expect(tries).to.be.within(2, 5);
  }).timeout(120_000);

  it('is verified while it is written: what is there and what is still to come give its root', async () => {
    const { id } = await begun();
    await enactNextPart(id);
    await enactNextPart(id);
    await isUntouched();
    const entries = LedgerEntryModel.collection;
    const seventh = await LedgerEntryModel.findOne({ adjustment: id, index: 7 }).lean();
    await entries.updateOne({ adjustment: id, index: 7 }, { $set: { factsHash: '0'.repeat(64) } });
    const found = await verdict();
    expect(found.ok ? '' : found.what).to.match(/Merkle root differs/);
    await entries.updateOne({ adjustment: id, index: 7 }, { $set: { factsHash: seventh?.factsHash } });
    await isUntouched();
    const lines = AdjustmentLineModel.collection;
    await lines.updateOne({ adjustment: id, index: count - 2 }, { $set: { 'facts.name': '别的店' } });
    expect((await verdict()).ok).to.equal(false);
  }).timeout(120_000);

  it('hides nothing: a small block has all of its entries, whatever its adjustment says', async () => {
    const listed = await LedgerBlockModel.findOne({ height: 1 }).lean();
    const sealed = { height: 1, at: listed?.at, effectiveFrom: listed?.at };
    await AdjustmentModel.collection.updateOne(
      { _id: listed?.adjustment as never },
      { $set: { state: 'enacting', enactment: { seed: '', sealed, written: 0, heardAt: new Date() } } },
    );
    await LedgerEntryModel.collection.deleteMany({ adjustment: listed?.adjustment });
    const found = await verdict();
    expect(found.ok).to.equal(false);
    if (!found.ok) expect(found.what).to.match(/^holds 0 entries/);
  });

  it('is stale as a whole where one of its shops moved on, or one of its codes was taken', async () => {
    const { adjustment } = await submitted();
    await listedMerchants(desk, [{ uscc: makeUscc('92', '230104', 2_000_100) }]);
    await desk.approver.api
      .post(`/adjustments/${adjustment._id}/approve`)
      .send({ setHash: adjustment.setHash })
      .expect(200);
    await whenEnacted();
    const found = await AdjustmentModel.findById(adjustment._id).lean();
    expect(found).to.include({ state: 'stale', height: null });
    expect(found?.conflicts).to.have.length(1);
    expect(await LedgerEntryModel.countDocuments({ adjustment: adjustment._id })).to.equal(0);
    await isUntouched();
  }).timeout(120_000);
});
