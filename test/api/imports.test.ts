// Imports: a file is read against the list and told row by row; what it would change happens once, by four eyes, or not at all.
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import iconv from 'iconv-lite';
import { AdjustmentLineModel, AdjustmentModel } from '../../models/adjustment.ts';
import { ImportRowModel } from '../../models/import.ts';
import { LedgerEntryModel } from '../../models/ledger.ts';
import { MerchantContactModel } from '../../models/merchant-contact.ts';
import { UserModel } from '../../models/user.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { environment } from '../../server/domain/environment.ts';
import { verifyLedger } from '../../server/domain/verify-ledger.ts';
import { isProblem } from '../support/app.ts';
import {
  columns,
  csv,
  enactImport,
  imported,
  newRow,
  reasonsIn,
  rowsOf,
  sendImport,
  shownImport,
} from '../support/imports.ts';
import {
  adjust,
  aDesk,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  listedMerchants,
} from '../support/world.ts';

const rowOf = (
  shop: Merchant,
  changes: Partial<Record<'name' | 'uscc' | 'address' | 'phone', string>> = {},
) => [
  shop._id,
  shop.rev,
  changes.name ?? shop.name,
  changes.uscc ?? shop.uscc,
  shop.category,
  shop.subdistrict === '230104001' ? '靖宇街道' : '仁里街道',
  changes.address ?? shop.address,
  changes.phone ?? '',
];
/** With another check character. */
const miscoded = (code: string) => code.slice(0, 17) + (code.endsWith('A') ? 'B' : 'A');

describe('an import', () => {
  let desk: Desk;
  let shops: Merchant[];

  beforeEach(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    shops = await listedMerchants(
      desk,
      Array.from({ length: 40 }, (_, i) => ({ name: `康宁药店${i}`, address: `靖宇街${i}号` })),
    );
  });

  const isUntouched = async () => {
    const verdict = await verifyLedger({
      keys: environment().keys,
      heads: [],
    });
    expect(verdict.ok, JSON.stringify(verdict)).to.equal(true);
  };
  const at = (index: number) => {
    const shop = shops[index];
    if (!shop) throw new Error(`there is no shop ${index}`);
    return shop;
  };

  it('of a GBK copy with every kind of row is told exactly, enacted once, and adds nothing the second time', async () => {
    const changed = shops.slice(0, 10).map((shop) => rowOf(shop, { address: `${shop.address}甲` }));
    const added = Array.from({ length: 5 }, (_, i) => newRow(`新店${i}`));
    const bad = shops.slice(10, 13).map((shop) => rowOf(shop, { uscc: miscoded(shop.uscc ?? '') }));
    const ragged = shops.slice(13, 15).map((shop) => rowOf(shop).slice(0, 5));
    const rest = shops.slice(15).map((shop) => rowOf(shop));
    const file = csv(columns, [...changed, ...added, ...bad, ...ragged, ...rest, rowOf(at(20))]);
    const bytes = iconv.encode(file, 'gbk');

    const one = await imported(desk.staff, bytes);
    expect(one.state).to.equal('ready');
    expect(one.counts).to.deep.equal({
      added: 5,
      changed: 10,
      removed: 0,
      unchanged: 25,
      refused: 6,
      conflicts: 0,
    });
    expect(one.progress).to.deep.equal({ phase: 'reading', rows: 46, of: 46 });
    expect(await reasonsIn(desk.staff, one)).to.deep.equal({
      17: ['uscc-check'],
      18: ['uscc-check'],
      19: ['uscc-check'],
      20: ['ragged'],
      21: ['ragged'],
      47: ['repeated'],
    });
    const [first] = await rowsOf(desk.staff, one, 'changed');
    expect(first?.changes).to.deep.equal([
      { column: 'address', before: at(0).address, after: `${at(0).address}甲` },
    ]);
    const [newcomer] = await rowsOf(desk.staff, one, 'added');
    expect(newcomer?.changes)
      .to.deep.include({ column: 'category', before: null, after: 'pharmacy' })
      .and.to.deep.include({ column: 'contactPhone', before: null, after: '0451-88881234' });
    expect(await MerchantModel.countDocuments()).to.equal(40);

    const done = await enactImport(desk, one);
    expect(done).to.include({ state: 'enacted' });
    expect(await MerchantModel.countDocuments({ status: 'listed' })).to.equal(45);
    expect((await MerchantModel.findById(at(3)._id).lean())?.address).to.equal(`${at(3).address}甲`);
    const fresh = await MerchantModel.findOne({ name: '新店2' }).lean();
    expect(await MerchantContactModel.findById(fresh?._id).lean()).to.deep.include({
      phone: '0451-88881234',
    });
    await isUntouched();

    const entries = await LedgerEntryModel.countDocuments();
    const again = await imported(desk.staff, bytes);
    expect(again.counts).to.include({ added: 0, changed: 0, unchanged: 40, refused: 6 });
    expect(again.can.submit).to.equal(false);
    expect(await LedgerEntryModel.countDocuments()).to.equal(entries);
  });

  it('of two streets is submitted by who answers for both, and no more once he does not', async () => {
    const both = await aPerson('staff', { areas: ['230104001', '230104005'] });
    const rows = [newRow('新店甲'), newRow('新店乙').with(5, '仁里街道')];
    const one = await imported(both, csv(columns, rows));
    expect(one).to.deep.include({ state: 'ready', can: { submit: true } });
    const other = await imported(
      both,
      csv(columns, [newRow('新店丙'), newRow('新店丁').with(5, '仁里街道')]),
    );
    await both.api.post(`/imports/${one.id}/submit`).expect(200);
    const scope = { areas: ['230104001'], taskForce: null, from: new Date(0), to: null };
    await UserModel.updateOne({ _id: both.user._id }, { $set: { scopes: [scope] }, $inc: { rev: 1 } });
    // Another scope holds within a second.
    await pause(1_100);
    await both.api.post(`/imports/${other.id}/submit`).expect(isProblem(403, 'forbidden'));
  });

  it('is decided by somebody who neither uploaded nor submitted it', async () => {
    const one = await imported(desk.staff, csv(columns, [newRow('新店')]));
    const colleague = await aPerson('staff');
    const { body } = await colleague.api.post(`/imports/${one.id}/submit`).expect(200);
    const { id } = (body as { adjustment: { id: string } }).adjustment;
    const adjustment = await AdjustmentModel.findById(id).lean();
    expect(adjustment).to.deep.include({ kind: 'import', state: 'submitted', needsApproval: true });
    expect(adjustment?.draftedBy.id).to.equal(desk.staff.user._id);
    expect(adjustment?.submittedBy?.id).to.equal(colleague.user._id);
    const { setHash } = adjustment ?? { setHash: '' };
    for (const person of [desk.staff, colleague])
      await person.api
        .post(`/adjustments/${id}/approve`)
        .send({ setHash })
        .expect(isProblem(403, 'forbidden'));
    const turncoat = await aPerson('approver');
    const by = { kind: 'user' as const, id: turncoat.user._id, role: 'staff', name: 'before' };
    await AdjustmentModel.collection.updateOne({ _id: id as never }, { $set: { draftedBy: by } });
    await turncoat.api
      .post(`/adjustments/${id}/approve`)
      .send({ setHash })
      .expect(isProblem(403, 'four-eyes'));
    await desk.staff.api.post(`/imports/${one.id}/submit`).expect(isProblem(409, 'import-state'));
  });

  it('is a draft of the uploader and nothing else while nobody approved it; a shop that moved on makes it stale', async () => {
    const one = await imported(
      desk.staff,
      csv(columns, [rowOf(at(0), { address: '别处1号' }), newRow('新店')]),
    );
    const { body } = await desk.staff.api.post(`/imports/${one.id}/submit`).expect(200);
    const { id } = (body as { adjustment: { id: string } }).adjustment;
    await adjust(desk, at(0)._id, 'suspended');
    const { setHash } = (await AdjustmentModel.findById(id).lean()) ?? { setHash: '' };
    await desk.approver.api
      .post(`/adjustments/${id}/approve`)
      .send({ setHash })
      .expect(isProblem(409, 'adjustment-stale'));
    expect(await MerchantModel.countDocuments({ name: '新店' })).to.equal(0);
    expect((await shownImport(desk.staff, one.id)).adjustment).to.deep.equal({ id, state: 'stale' });
    await isUntouched();
  });

  it('leaves alone what an empty, masked or missing column does not say, and clears by ∅', async () => {
    const file = csv(
      ['编号', '统一社会信用代码', '登记号', '经度', '纬度', '联系人', '联系电话'],
      [
        [at(0)._id, '', '', '', '', '王*', '100****1234'],
        [at(1)._id, '', '', '∅', '∅', '李四', '∅'],
        [at(2)._id, '∅', '', '', '', '', ''],
        [at(3)._id, '', '', '∅', '', '', ''],
      ],
    );
    const one = await imported(desk.staff, file);
    expect(one.counts).to.include({ changed: 2, unchanged: 1, refused: 1 });
    await enactImport(desk, one);
    expect((await MerchantModel.findById(at(1)._id).lean())?.point).to.equal(null);
    expect(await MerchantContactModel.findById(at(1)._id).lean()).to.deep.include({
      name: '李四',
      phone: '',
    });
    expect((await MerchantModel.findById(at(2)._id).lean())?.uscc).to.equal(null);
    await isUntouched();
  });

  it('finds shops by id, else by credit code and outlet, else by register number, else by door code', async () => {
    const [numbered, branch] = await listedMerchants(desk, [
      { uscc: null, registerNumber: '道外食0001' },
      { uscc: at(0).uscc, outlet: 2 },
    ]);
    const file = csv(
      ['统一社会信用代码', '网点号', '登记号', '门牌码', '容纳人数'],
      [
        [at(1).uscc?.toLowerCase(), '', '', '', '１０'],
        [at(0).uscc, 2, '', '', 11],
        ['', '', '道外食０００１', '', 12],
        ['', '', '', at(2).doorCode.toLowerCase(), 13],
        [at(0).uscc, '', '', '', 14],
      ],
    );
    const one = await imported(desk.staff, file);
    const rows = await rowsOf(desk.staff, one, 'changed');
    expect(rows.map(({ merchant, changes }) => [merchant, changes[0]?.after])).to.deep.equal([
      [at(1)._id, 10],
      [branch?._id, 11],
      [numbered?._id, 12],
      [at(2)._id, 13],
    ]);
    expect(await reasonsIn(desk.staff, one)).to.deep.equal({ 6: ['several-shops'] });
  });

  it('sets a row that was written before the list moved on against it', async () => {
    const file = csv(columns, [rowOf(at(0), { address: '别处1号' }), rowOf(at(1))]);
    for (const shop of [at(0), at(1)]) await adjust(desk, shop._id, 'suspended');
    const one = await imported(desk.staff, file);
    expect(one.counts).to.include({ conflicts: 1, unchanged: 1 });
    expect(await reasonsIn(desk.staff, one)).to.deep.equal({ 2: ['stale-revision'] });
    const [row] = await rowsOf(desk.staff, one, 'conflicts');
    expect(row?.reasons[0]?.message).to.equal(
      'Revision: The file holds revision 1, the list has 2: export it again and change that',
    );
  });

  it('removes what a row says is removed, and suspends or lists nobody', async () => {
    const rows = [
      [at(0)._id, '已移出'],
      [at(1)._id, '暂停'],
      [at(2)._id, '在名单'],
      [at(3)._id, '注销'],
      [at(4)._id, '倒闭'],
    ];
    const one = await imported(desk.staff, csv(['编号', '状态'], rows));
    expect(one.counts).to.include({ changed: 2, unchanged: 1, refused: 2 });
    expect(await reasonsIn(desk.staff, one)).to.deep.equal({
      3: ['status-by-adjustment'],
      6: ['unknown-word'],
    });
    await enactImport(desk, one);
    expect((await MerchantModel.findById(at(0)._id).lean())?.status).to.equal('removed');
    expect((await MerchantModel.findById(at(3)._id).lean())?.status).to.equal('deregistered');
    await isUntouched();
  });

  describe('that replaces', () => {
    const selector = { where: { subdistrict: '230104005' } };

    it('removes what the file leaves out of its part of the list, and nothing beyond', async () => {
      const [kept, gone, suspended] = await listedMerchants(desk, [
        { subdistrict: '230104005' },
        { subdistrict: '230104005' },
        { subdistrict: '230104005' },
      ]);
      await adjust(desk, suspended?._id ?? '', 'suspended');
      const one = await imported(desk.staff, csv(columns, kept ? [rowOf(kept)] : []), {
        mode: 'replace',
        selector,
      });
      expect(one.counts).to.include({ removed: 2, unchanged: 1, added: 0 });
      expect((await rowsOf(desk.staff, one, 'removed')).map(({ merchant }) => merchant)).to.have.members([
        gone?._id,
        suspended?._id,
      ]);
      await enactImport(desk, one);
      expect(await MerchantModel.countDocuments({ status: 'removed' })).to.equal(2);
      expect(await MerchantModel.countDocuments({ status: 'listed', subdistrict: '230104001' })).to.equal(40);
      await isUntouched();
    });

    it('is not submitted while a row of it is not understood: that shop would be removed', async () => {
      const [kept] = await listedMerchants(desk, [
        { subdistrict: '230104005' },
        { subdistrict: '230104005' },
      ]);
      const file = csv(
        columns,
        kept ? [rowOf(kept), ['', '', '坏行', '123', 'pharmacy', '仁里', '某街', '']] : [],
      );
      const one = await imported(desk.staff, file, { mode: 'replace', selector });
      expect(one.counts).to.include({ removed: 1, refused: 1 });
      expect(one.can.submit).to.equal(false);
      await desk.staff.api.post(`/imports/${one.id}/submit`).expect(isProblem(409, 'import-incomplete'));
    });

    it('says which part of the list', async () => {
      await sendImport(desk.staff, csv(columns, []), { mode: 'replace' }).expect(
        isProblem(400, 'invalid-request'),
      );
    });

    it('never reaches beyond the scope of who sends it', async () => {
      const narrow = await aPerson('staff', { areas: ['230104005'] });
      const [own] = await listedMerchants(desk, [{ subdistrict: '230104005' }, { subdistrict: '230104005' }]);
      const wide = { where: { area: '230104' } };
      const one = await imported(narrow, csv(columns, own ? [rowOf(own)] : []), {
        mode: 'replace',
        selector: wide,
      });
      expect(one.counts).to.include({ removed: 1, unchanged: 1 });
    });
  });

  it('shows nothing of another district, whatever its rows name', async () => {
    const elsewhere = await aDesk(['230199']);
    const [theirs] = await listedMerchants(elsewhere, [
      { subdistrict: '230199001', name: '别区药店', registerNumber: 'X-1' },
    ]);
    if (!theirs) throw new Error('nothing is listed there');
    const file = csv(
      [...columns, '登记号', '门牌码'],
      [
        [...rowOf(theirs, { name: '改名' }), '', ''],
        ['', '', '新店', '', 'pharmacy', '示例街道', '某街', '', '', ''],
        ['', '', '', '', '', '', '', '', '', theirs.doorCode],
        ['', '', '改名', theirs.uscc, '', '', '', '', '', ''],
        ['', '', '改名', '', '', '', '', '', 'X-1', ''],
      ],
    );
    const one = await imported(desk.staff, file);
    expect(one.counts).to.include({ refused: 5, added: 0, changed: 0 });
    const rows = await rowsOf(desk.staff, one);
    expect(rows.map(({ reasons }) => reasons[0]?.code)).to.deep.equal([
      'unknown-id',
      'out-of-scope',
      'unknown-id',
      'missing',
      'missing',
    ]);
    for (const told of ['别区药店', theirs.address]) expect(JSON.stringify(rows)).to.not.include(told);
    await elsewhere.staff.api.get(`/imports/${one.id}`).expect(isProblem(404, 'not-found'));
    await elsewhere.staff.api.get(`/imports/${one.id}/rows`).expect(isProblem(404, 'not-found'));
    await elsewhere.staff.api.post(`/imports/${one.id}/submit`).expect(isProblem(404, 'not-found'));
    const { body } = await elsewhere.staff.api.get('/imports').expect(200);
    expect((body as { items: unknown[] }).items).to.deep.equal([]);
  });

  it('moves no shop into another district, not even for somebody who answers for both', async () => {
    const both = await aDesk(['230104', '230199']);
    const file = csv(
      ['编号', '街道代码'],
      [
        [at(0)._id, '230199001'],
        [at(1)._id, '230104005'],
      ],
    );
    const one = await imported(both.staff, file);
    expect(await reasonsIn(both.staff, one)).to.deep.equal({ 2: ['moved-away'] });
    expect(one.counts).to.include({ changed: 1 });
  });

  it('of which rows are gone by time is not submitted in part', async () => {
    const one = await imported(desk.staff, csv(columns, [newRow('一店'), newRow('二店')]));
    await ImportRowModel.deleteOne({ import: one.id });
    await desk.staff.api.post(`/imports/${one.id}/submit`).expect(isProblem(409, 'import-expired'));
    expect(await AdjustmentModel.exists({ 'basis.id': one.id })).to.equal(null);
    expect(await AdjustmentLineModel.countDocuments({ 'facts.name': { $in: ['一店', '二店'] } })).to.equal(0);
  });

  it('keeps of a cell that it refuses no more than tells which one it is', async () => {
    const long = '长'.repeat(20_000);
    const one = await imported(
      desk.staff,
      csv([...columns, '状态', '经营方式'], [[...newRow('店'), long, long]]),
    );
    const rows = await ImportRowModel.find({ import: one.id }).lean();
    expect(JSON.stringify(rows).length).to.be.lessThan(2_000);
  });

  it('points out new shops that may be on the list already', async () => {
    const file = csv(columns, [
      ['', '', at(0).name, '', 'pharmacy', '靖宇', at(0).address, ''],
      ['', '', '别的店', '', 'pharmacy', '靖宇', '别的街1号', ''],
    ]);
    const one = await imported(desk.staff, file);
    expect(one).to.include({ warnings: 1 });
    const [twin, other] = await rowsOf(desk.staff, one, 'added');
    expect(twin?.warnings.map(({ code }) => code)).to.deep.equal(['same-name-and-street']);
    expect(other?.warnings).to.deep.equal([]);
  });

  it('takes foreign headers once somebody said what they mean, and remembers it', async () => {
    const file = csv(['Бизнес', 'Улица', 'Вид', 'Район'], [['新店', '南勋街1号', 'pharmacy', '靖宇街道']]);
    const unknown = await imported(desk.staff, file);
    expect(unknown).to.include({ state: 'failed' });
    expect(unknown.failure?.code).to.equal('no-header');
    expect(unknown.columns.map(({ header }) => header)).to.deep.equal(['Бизнес', 'Улица', 'Вид', 'Район']);
    const said = { Бизнес: 'name', Улица: 'address', Вид: 'category', Район: 'subdistrictName' };
    expect((await imported(desk.staff, file, { columns: said })).counts).to.include({ added: 1 });
    expect((await imported(desk.staff, file)).counts).to.include({ added: 1 });
    expect((await imported(await aPerson('staff'), file)).state).to.equal('failed');
  });
});
