// "Malls closed from T by notice X, except supermarkets" (2022年11月26日): one rule from its dry run to its undoing.
import { expect } from 'chai';
import { OrderModel } from '../../models/order.ts';
import type { Merchant } from '../../models/merchant.ts';
import { LedgerBlockModel, LedgerEntryModel } from '../../models/ledger.ts';
import { SiteModel } from '../../models/site.ts';
import { environment } from '../../server/domain/environment.ts';
import { verifyLedger } from '../../server/domain/verify-ledger.ts';
import { sweep } from '../../server/jobs/sweep.ts';
import { clock } from '../../server/lib/clock.ts';
import { anybody, origin } from '../support/app.ts';
import {
  approved,
  drafted,
  enacted,
  holdAt,
  hours,
  minutes,
  releaseClock,
  seconds,
  shownIn,
  type ShownAdjustment,
  submitted,
  undone,
} from '../support/desk.ts';
import { exported } from '../support/exports.ts';
import { anOpenOrder } from '../support/orders.ts';
import { textsIn } from '../support/sheets.ts';
import { aVisit } from '../support/visits.ts';
import {
  aDesk,
  aListedMerchant,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  listedMerchants,
} from '../support/world.ts';

const notice = '示例通告〔2022〕26号';
const rule = { where: { 'site.kind': 'mall' }, except: { category: 'supermarket' } };

type Remark = { code: string; shops: number; count: number; merchants: { merchant: string; name: string }[] };
type DryRun = {
  count: number;
  already: number;
  excepted: number;
  conflictCount: number;
  conflicts: { merchant: string; code: string }[];
  remarks: Remark[];
  sample: { merchant: string; from: string; to: string }[];
};

describe('malls closed from an instant by a notice, except supermarkets', () => {
  let desk: Desk;
  let now: Date;
  let closing: Date;
  let mall: Merchant[];
  let supermarket: Merchant;
  let elsewhere: Merchant;

  const at = (index: number): Merchant => {
    const shop = mall[index];
    if (!shop) throw new Error('the mall has no such shop');
    return shop;
  };
  const closure = () => ({
    notice,
    ground: 'notice',
    reason: '商场停业',
    effectiveFrom: closing.toISOString(),
    rule,
  });

  beforeEach(async () => {
    await emptyWorld();
    await layGround();
    now = new Date('2022-11-25T02:00:00Z');
    closing = new Date('2022-11-25T16:00:00Z');
    holdAt(now);
    desk = await aDesk();
    await SiteModel.create({
      _id: 'mall-1',
      district: '230104',
      areas: ['23', '2301', '230104', '230104001'],
      kind: 'mall',
      name: '靖宇商场（示例）',
      subdistrict: '230104001',
      address: '靖宇街9号',
      point: { type: 'Point', coordinates: [126.64, 45.78] },
    });
    const inside = { site: 'mall-1' };
    const shops = await listedMerchants(desk, [
      ...Array.from({ length: 6 }, (_, index) => ({ ...inside, name: `商场药店${index}号（示例）` })),
      { ...inside, category: 'supermarket', name: '商场超市（示例）' },
      { site: 'market-1', name: '早市药店（示例）' },
    ]);
    mall = shops.slice(0, 6);
    [supermarket, elsewhere] = shops.slice(6) as [Merchant, Merchant];
    pass(hours);
  });

  after(() => {
    releaseClock();
  });

  function pass(millis: number): void {
    now = new Date(now.getTime() + millis);
    holdAt(now);
  }

  function passTo(instant: Date): void {
    now = instant;
    holdAt(now);
  }

  const verdict = () => verifyLedger({ keys: environment().keys, heads: [] });
  const statusOf = async ({ doorCode }: Merchant) =>
    ((await anybody().get(`/status/${doorCode}`).expect(200)).body as { status: string }).status;
  const pageOf = async ({ doorCode }: Merchant) => (await fetch(`${origin()}/s/${doorCode}`)).text();
  const listed = async (query: string) =>
    (
      (await desk.staff.api.get(`/merchants?limit=200&${query}`).expect(200)).body as {
        items: { id: string }[];
      }
    ).items.map(({ id }) => id);
  const idsOf = (shops: Merchant[]) => shops.map(({ _id }) => _id);
  const linesOf = async ({ id }: ShownAdjustment) =>
    (
      (await desk.staff.api.get(`/adjustments/${id}/lines?limit=200`).expect(200)).body as {
        items: { merchant: string; from: string; to: string }[];
      }
    ).items;

  /** All that people and programs read of the list; `rev` counts writes, and so is left out where it is shown. */
  async function all() {
    const withoutRevision = (rows: string[][]) => rows.map((row) => row.toSpliced(1, 1));
    const ndjson = (await exported(desk.staff, 'format=ndjson')).toString();
    const asOf = `asOf=${clock.now().toISOString()}`;
    return {
      csv: withoutRevision(await textsIn(await exported(desk.staff, 'format=csv'))),
      xlsx: withoutRevision(await textsIn(await exported(desk.staff, 'format=xlsx'))),
      ndjson: ndjson.replaceAll(/"rev":\d+/g, '"rev":0'),
      ...(await allOf(asOf)),
      pages: await Promise.all([...mall, supermarket, elsewhere].map(pageOf)),
      statuses: await Promise.all(
        [...mall, supermarket, elsewhere].map(
          async ({ doorCode }) => (await anybody().get(`/status/${doorCode}`).expect(200)).text,
        ),
      ),
    };
  }

  /** Of one instant, bytes as they are. */
  async function allOf(asOf: string) {
    return {
      csvThen: (await exported(desk.staff, `format=csv&${asOf}`)).toString(),
      xlsxThen: await textsIn(await exported(desk.staff, `format=xlsx&${asOf}`)),
      ndjsonThen: (await exported(desk.staff, `format=ndjson&${asOf}`)).toString(),
    };
  }

  it('freezes and enacts the very shops of its dry run', async () => {
    const { body } = await desk.staff.api
      .post('/adjustments/dry-run')
      .send({ to: 'suspended', ...closure() })
      .expect(200);
    const tried = body as DryRun;
    expect(tried).to.deep.include({ count: 6, excepted: 1, already: 0, conflictCount: 0, remarks: [] });
    expect(tried.sample.map(({ merchant }) => merchant)).to.have.members(idsOf(mall));

    const frozen = await submitted(desk, closure());
    expect(frozen).to.include({ state: 'submitted', needsApproval: true });
    expect(frozen.dryRun.count).to.equal(6);
    expect((await linesOf(frozen)).map(({ merchant }) => merchant)).to.have.members(idsOf(mall));

    // One shop more opens in the mall: the rule means it, the frozen set does not.
    const late = await aListedMerchant(desk, { site: 'mall-1', name: '晚到药店（示例）' });
    const done = await approved(desk.approver, frozen);
    expect(done.dryRun.count).to.equal(6);
    const entries = await LedgerEntryModel.find({ adjustment: done.id }).lean();
    expect(entries.map(({ merchant }) => merchant)).to.have.members(idsOf(mall));
    expect(entries.every(({ effectiveFrom }) => effectiveFrom.getTime() === closing.getTime())).to.equal(
      true,
    );
    const block = await LedgerBlockModel.findOne({ adjustment: done.id }).lean();
    expect(block).to.include({ count: 6, setHash: frozen.setHash });
    passTo(closing);
    expect(await statusOf(late)).to.equal('listed');
    expect(await verdict()).to.include({ ok: true, merchants: 9 });
  });

  it('changes nothing before its instant, single reads at it, and the list with the next sweep', async () => {
    const before = await all();
    await enacted(desk, closure());
    passTo(new Date(closing.getTime() - 1));
    await sweep();
    for (const shop of [...mall, supermarket]) expect(await statusOf(shop)).to.equal('listed');
    expect(await listed('status=suspended')).to.deep.equal([]);
    // The public page and its record tell the plan; the list does not move.
    const { csv, xlsx, ndjson, csvThen } = await all();
    expect({ csv, xlsx, ndjson, csvThen }).to.deep.equal({
      csv: before.csv,
      xlsx: before.xlsx,
      ndjson: before.ndjson,
      csvThen: before.csvThen,
    });
    expect(await pageOf(at(0))).to.include('可以营业');

    passTo(closing);
    for (const shop of mall) {
      expect(await statusOf(shop)).to.equal('suspended');
      const { body } = await desk.staff.api.get(`/merchants/${shop._id}`).expect(200);
      expect(body).to.include({ status: 'suspended', since: closing.toISOString() });
      expect(await pageOf(shop)).to.include(notice);
    }
    for (const shop of [supermarket, elsewhere]) expect(await statusOf(shop)).to.equal('listed');
    const asOf = `asOf=${closing.toISOString()}&status=suspended`;
    expect(await listed(asOf)).to.have.members(idsOf(mall));

    passTo(new Date(closing.getTime() + seconds));
    await sweep();
    expect(await listed('status=suspended')).to.have.members(idsOf(mall));
    expect(await listed('status=listed')).to.have.members(idsOf([supermarket, elsewhere]));
    const rows = await textsIn(await exported(desk.staff, 'format=csv&status=suspended'));
    expect(rows).to.have.length(1 + mall.length);
  });

  it('undone, leaves lists, exports and public pages as they were, byte by byte', async () => {
    const before = await all();
    const then = `asOf=${now.toISOString()}`;
    const planned = await enacted(desk, closure());
    passTo(new Date(closing.getTime() + hours));
    await sweep();
    expect(await statusOf(at(0))).to.equal('suspended');
    expect(await all()).to.not.deep.equal(before);

    pass(hours);
    await undone(desk, planned);
    await sweep();
    const { csvThen, xlsxThen, ndjsonThen, ...shown } = await all();
    // The page says on which day it was asked; this is another.
    const today = (pages: string[]) => pages.map((page) => page.replaceAll(/11月2[56]日/g, '今天'));
    expect({ ...shown, pages: today(shown.pages) }).to.deep.equal({
      csv: before.csv,
      xlsx: before.xlsx,
      ndjson: before.ndjson,
      pages: today(before.pages),
      statuses: before.statuses,
    });
    expect({ csvThen, xlsxThen, ndjsonThen }).to.deep.equal({
      csvThen: before.csvThen,
      xlsxThen: before.xlsxThen,
      ndjsonThen: before.ndjsonThen,
    });
    // What was so in between, and before, is still told.
    expect(await allOf(then)).to.deep.equal({ csvThen, xlsxThen, ndjsonThen });
    expect(await listed(`asOf=${closing.toISOString()}&status=suspended`)).to.have.members(idsOf(mall));
    expect(await verdict()).to.include({ ok: true });
  });

  it('undone, leaves the one shop alone that somebody changed in between', async () => {
    const before = await all();
    const planned = await enacted(desk, closure());
    passTo(new Date(closing.getTime() + hours));
    await sweep();
    await enacted(desk, { to: 'removed', ground: 'other', reason: '已关门', merchants: [at(3)._id] });
    pass(minutes);

    const undo = shownIn(
      await desk.staff.api.post(`/adjustments/${planned.id}/undo`).send({ reason: '商场复业' }).expect(201),
    );
    expect(undo.dryRun).to.deep.include({
      count: 6,
      conflicts: [],
      remarks: [
        { code: 'later-stays', shops: 1, count: 1, merchants: [{ merchant: at(3)._id, name: at(3).name }] },
      ],
    });
    const frozen = shownIn(await desk.staff.api.post(`/adjustments/${undo.id}/submit`).expect(200));
    await approved(desk.approver, frozen);
    await sweep();
    const after = await all();
    const differing = (rows: string[][], others: string[][]) =>
      rows.filter((row, index) => JSON.stringify(row) !== JSON.stringify(others[index])).map(([id]) => id);
    expect(differing(after.csv, before.csv)).to.deep.equal([at(3)._id]);
    expect(differing(after.xlsx, before.xlsx)).to.deep.equal([at(3)._id]);
    expect(await statusOf(at(3))).to.equal('removed');
    expect(await listed('status=removed')).to.deep.equal([at(3)._id]);
  });

  it('says in its dry run who cannot follow, what is open at the shops, and which plans stay', async () => {
    const inspector = await aPerson('inspector', { taskForce: 'market' });
    await anOpenOrder(inspector, at(0)._id);
    await inspector.api
      .post('/visits')
      .send(aVisit(at(1)._id, { photos: [{ sha256: 'a'.repeat(64), source: 'camera' }] }))
      .expect(201);
    // Closed once more, later, by a decision of its own: that plan stays.
    const later = new Date(closing.getTime() + 24 * hours).toISOString();
    await enacted(desk, { merchants: [at(2)._id], effectiveFrom: later });
    // Suspended already, and listed again the day after: the closure does not reach it.
    await enacted(desk, { merchants: [at(3)._id] });
    await enacted(desk, { to: 'listed', ground: 'verified', merchants: [at(3)._id], effectiveFrom: later });
    await enacted(desk, { to: 'removed', merchants: [at(4)._id] });

    const draft = await drafted(desk, closure());
    const { dryRun } = shownIn(
      await desk.staff.api.get(`/adjustments/${draft.id}`).expect(200),
    ) as unknown as {
      dryRun: DryRun;
    };
    expect(dryRun).to.include({ count: 4, already: 1, excepted: 1, conflictCount: 1 });
    expect(dryRun.conflicts.map(({ merchant, code }) => [merchant, code])).to.deep.equal([
      [at(4)._id, 'transition'],
      [at(3)._id, 'already'],
    ]);
    const named = dryRun.remarks.map(({ code, merchants }) => [
      code,
      merchants.map(({ merchant }) => merchant).sort(),
    ]);
    expect(named).to.deep.equal([
      ['open-orders', [at(0)._id]],
      ['open-visits', idsOf([at(0), at(1)]).sort()],
      ['plan-stays', [at(2)._id]],
      ['already-ends', [at(3)._id]],
    ]);
    const orders = await OrderModel.countDocuments({ merchant: at(0)._id, state: 'open' });
    expect(dryRun.remarks[0]?.count).to.equal(orders);
  });

  it('says which plans end where shops are taken off the list', async () => {
    await enacted(desk, closure());
    const draft = await drafted(desk, { to: 'removed', merchants: [at(0)._id, elsewhere._id] });
    expect((draft.dryRun as unknown as DryRun).remarks).to.deep.equal([
      { code: 'plan-ends', shops: 1, count: 1, merchants: [{ merchant: at(0)._id, name: at(0).name }] },
    ]);
  });
});
