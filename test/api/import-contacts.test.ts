// Contacts in an import: what was frozen is what is approved and enacted, shown as the reader may see it, and dropped at the end.
import { expect } from 'chai';
import { AdjustmentLineModel, AdjustmentModel } from '../../models/adjustment.ts';
import { LedgerEntryModel } from '../../models/ledger.ts';
import { MerchantContactModel } from '../../models/merchant-contact.ts';
import type { Merchant } from '../../models/merchant.ts';
import { environment } from '../../server/domain/environment.ts';
import { verifyLedger } from '../../server/domain/verify-ledger.ts';
import { sweep } from '../../server/jobs/sweep.ts';
import { isProblem } from '../support/app.ts';
import { approved, shownIn, type ShownAdjustment } from '../support/desk.ts';
import { csv, imported, shownImport } from '../support/imports.ts';
import {
  aDesk,
  aListedMerchant,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  type Person,
} from '../support/world.ts';

type ShownLine = {
  merchant: string;
  contact: { before: object | null; after: object | null; changes: string[] } | null;
};
const columns = ['编号', '商户名称', '类别', '街道', '地址', '联系人', '联系电话'];

describe('the contacts of an import', () => {
  let desk: Desk;
  let known: Merchant;
  let quiet: Merchant;

  beforeEach(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    known = await aListedMerchant(desk);
    quiet = await aListedMerchant(desk);
  });

  const rowOf = ({ _id, name, category, address }: Merchant, changes: { address?: string } = {}) => [
    _id,
    name,
    category,
    '靖宇街道',
    changes.address ?? address,
  ];

  /** A shop with another number, one that only moves, and a new one. */
  async function submitted(phone = '13912340000'): Promise<ShownAdjustment> {
    const file = csv(columns, [
      [...rowOf(known), '李小红', phone],
      [...rowOf(quiet, { address: '靖宇街99号' }), '', ''],
      ['', '新来药店（示例）', 'pharmacy', '靖宇街道', '南勋街1号', '赵新', '0451-88881234'],
    ]);
    const one = await imported(desk.staff, file);
    await desk.staff.api.post(`/imports/${one.id}/submit`).send({ reason: '更新电话' }).expect(200);
    const { adjustment } = await shownImport(desk.staff, one.id);
    return shownIn(await desk.staff.api.get(`/adjustments/${adjustment?.id}`).expect(200));
  }

  const linesFor = async ({ api }: Person, { id }: ShownAdjustment) =>
    ((await api.get(`/adjustments/${id}/lines`).expect(200)).body as { items: ShownLine[] }).items;
  const stored = ({ id }: ShownAdjustment) =>
    AdjustmentLineModel.find({ adjustment: id }).sort({ index: 1 }).lean();
  const phoneOf = async ({ _id }: Merchant) => (await MerchantContactModel.findById(_id).lean())?.phone;

  it('are shown with the lines: whole to those who call, masked to who approves and who audits', async () => {
    const adjustment = await submitted();
    const [first, second, third] = await linesFor(desk.staff, adjustment);
    expect(first?.contact).to.deep.equal({
      before: { name: '王小明', phone: '10000001234' },
      after: { name: '李小红', phone: '13912340000' },
      changes: ['name', 'phone'],
    });
    expect(second?.contact).to.equal(null);
    for (const person of [desk.approver, await aPerson('auditor')]) {
      const [masked, , newcomer] = await linesFor(person, adjustment);
      expect(masked?.contact).to.deep.equal({
        before: { name: '王*', phone: '100****1234' },
        after: { name: '李*', phone: '139****0000' },
        changes: ['name', 'phone'],
      });
      expect(newcomer?.contact?.after).to.deep.equal({ name: '赵*', phone: '0451-****1234' });
    }
    expect(third?.contact).to.include({ before: null });
  });

  it('belong to the frozen set: another number is another set, and the hash gives none away', async () => {
    const one = await submitted();
    const other = await submitted('13912340001');
    expect(one.setHash).to.not.equal(other.setHash);
    const hashes = [...(await stored(one)), ...(await stored(other))].flatMap(
      (line) => line.contactHash ?? [],
    );
    expect(new Set(hashes)).to.have.length(4);
  });

  it('that were changed after they were frozen are not enacted', async () => {
    const adjustment = await submitted();
    const [line] = await stored(adjustment);
    await AdjustmentLineModel.updateOne({ _id: line?._id }, { $set: { 'contact.phone': '13666666666' } });
    await desk.approver.api
      .post(`/adjustments/${adjustment.id}/approve`)
      .send({ setHash: adjustment.setHash })
      .expect(isProblem(409, 'adjustment-stale'));
    expect(await LedgerEntryModel.countDocuments({ adjustment: adjustment.id })).to.equal(0);
    expect(await phoneOf(known)).to.equal('10000001234');
  });

  it('are enacted as approved; then the lines hold no number and no salt, and the ledger proves as before', async () => {
    const adjustment = await submitted();
    await sweep();
    expect((await stored(adjustment)).filter(({ contact }) => contact)).to.have.length(2);
    await approved(desk.approver, adjustment);
    expect(await phoneOf(known)).to.equal('13912340000');
    expect(await phoneOf(quiet)).to.equal('10000001234');
    await sweep();
    const lines = await stored(adjustment);
    expect(lines.map(({ contact, contactSalt }) => contact ?? contactSalt ?? null)).to.deep.equal([
      null,
      null,
      null,
    ]);
    expect(lines.filter(({ contactHash }) => contactHash)).to.have.length(2);
    expect(await AdjustmentModel.countDocuments({ contactsFrom: { $gte: 0 } })).to.equal(0);
    expect(await verifyLedger({ keys: environment().keys, heads: [] })).to.include({ ok: true });
    const [first] = await linesFor(desk.staff, adjustment);
    expect(first?.contact).to.deep.equal({ before: null, after: null, changes: [] });
  });

  for (const end of ['reject', 'withdraw'])
    it(`are dropped when it comes to nothing by ${end}`, async () => {
      const adjustment = await submitted();
      const by = end === 'reject' ? desk.approver : desk.staff;
      await by.api
        .post(`/adjustments/${adjustment.id}/${end}`)
        .send(end === 'reject' ? { note: '号码有误' } : {})
        .expect(200);
      await sweep();
      expect((await stored(adjustment)).some(({ contact, contactSalt }) => contact ?? contactSalt)).to.equal(
        false,
      );
    });

  it('of an application are dropped as well, and the shop keeps them', async () => {
    const { body } = await desk.staff.api
      .post('/merchants')
      .send({
        name: '新店（示例）',
        address: '靖宇街',
        category: 'pharmacy',
        subdistrict: '230104001',
        contact: { name: '钱多', phone: '13800001111' },
      })
      .expect(201);
    await sweep();
    const { id } = body as { id: string };
    expect((await MerchantContactModel.findById(id).lean())?.phone).to.equal('13800001111');
    expect(await AdjustmentLineModel.countDocuments({ contact: { $ne: null } })).to.equal(0);
  });
});
