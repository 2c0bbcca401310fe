// Adjustments over HTTP: drafted, frozen, decided by another person, and only then the list says something else.
import { expect } from 'chai';
import { AdjustmentModel } from '../../models/adjustment.ts';
import { AuditRecordModel } from '../../models/audit-record.ts';
import { LedgerEntryModel } from '../../models/ledger.ts';
import type { Merchant } from '../../models/merchant.ts';
import { SiteModel } from '../../models/site.ts';
import { clock } from '../../server/lib/clock.ts';
import { anybody, isProblem } from '../support/app.ts';
import { approved, drafted, enacted, holdAt, releaseClock, shownIn, submitted } from '../support/desk.ts';
import {
  aDesk,
  adjust,
  aListedMerchant,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  listedMerchants,
  type Person,
} from '../support/world.ts';

type PublicStatus = {
  status: string;
  onList: boolean;
  mayOpen: boolean;
  nextStep: string;
  ground: string;
  notice: string | null;
  since: string;
};
const statusOf = async ({ doorCode }: Merchant) =>
  (await anybody().get(`/status/${doorCode}`).expect(200)).body as PublicStatus;

describe('an adjustment', () => {
  let desk: Desk;
  let merchant: Merchant;

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
  });

  beforeEach(async () => {
    merchant = await aListedMerchant(desk);
  });

  it('is drafted with a dry run, and changes nothing yet', async () => {
    const draft = await drafted(desk, { merchants: [merchant._id] });
    expect(draft).to.deep.include({ state: 'draft', kind: 'list', to: 'suspended' });
    expect(draft.dryRun).to.deep.include({ count: 1, conflicts: [] });
    expect(draft.setHash).to.match(/^[0-9a-f]{64}$/);
    expect(draft.can).to.include({ submit: true, approve: false });
    expect(await statusOf(merchant)).to.include({ status: 'listed', onList: true });
  });

  it('shows its lines with the revision that was seen', async () => {
    const { id } = await drafted(desk, { merchants: [merchant._id] });
    const { body } = await desk.approver.api.get(`/adjustments/${id}/lines`).expect(200);
    expect((body as { items: unknown[] }).items).to.deep.equal([
      {
        index: 0,
        merchant: merchant._id,
        rev: 1,
        from: 'listed',
        to: 'suspended',
        facts: null,
        contact: null,
        cancels: [],
        successor: null,
      },
    ]);
  });

  it('names the merchants that cannot follow, and is not submitted with them', async () => {
    const gone = await aListedMerchant(desk);
    await adjust(desk, gone._id, 'removed');
    const draft = await drafted(desk, { merchants: [merchant._id, gone._id] });
    expect(draft.dryRun.count).to.equal(1);
    expect(draft.dryRun.conflicts).to.have.length(1);
    expect(draft.dryRun.conflicts[0]).to.include({ merchant: gone._id, code: 'transition' });
    await desk.staff.api
      .post(`/adjustments/${draft.id}/submit`)
      .expect(isProblem(409, 'adjustment-conflicts'));
  });

  it('is tried without being stored: who would change, who has the status already, who is excepted, who cannot', async () => {
    const shops = await listedMerchants(desk, [
      { subdistrict: '230104005', category: 'convenience' },
      { subdistrict: '230104005', category: 'convenience' },
      { subdistrict: '230104005', category: 'convenience' },
      { subdistrict: '230104005', category: 'convenience', mode: ['delivery'] },
    ]);
    const [changed, suspended, gone] = shops.map(({ _id }) => _id);
    await adjust(desk, suspended ?? '', 'suspended');
    await adjust(desk, gone ?? '', 'removed');
    const before = await AdjustmentModel.countDocuments();
    const wish = {
      to: 'suspended',
      rule: {
        where: { subdistrict: '230104005', category: 'convenience' },
        except: { mode: 'delivery' },
      },
    };
    const { body } = await desk.staff.api.post('/adjustments/dry-run').send(wish).expect(200);
    expect(body).to.deep.include({ count: 1, already: 1, excepted: 1, conflictCount: 1 });
    expect(
      (body as { conflicts: { merchant: string; code: string }[] }).conflicts.map(
        ({ merchant: id, code }) => [id, code],
      ),
    ).to.deep.equal([
      [gone, 'transition'],
      [suspended, 'already'],
    ]);
    expect((body as { sample: object[] }).sample).to.have.length(1);
    expect((body as { sample: object[] }).sample[0]).to.deep.include({
      merchant: changed,
      name: shops[0]?.name,
      subdistrict: '230104005',
      from: 'listed',
      to: 'suspended',
    });
    expect(await AdjustmentModel.countDocuments()).to.equal(before);
    const draft = await drafted(desk, wish);
    expect(draft.dryRun).to.deep.include({ count: 1, already: 1, excepted: 1, conflictCount: 1 });
    expect(draft.merchant).to.equal(changed);
  });

  it('is approved by an approver only: staff is refused', async () => {
    const { id, setHash } = await submitted(desk, { merchants: [merchant._id] });
    await desk.staff.api
      .post(`/adjustments/${id}/approve`)
      .send({ setHash })
      .expect(isProblem(403, 'forbidden'));
    const auditor = await aPerson('auditor');
    await auditor.api
      .post(`/adjustments/${id}/approve`)
      .send({ setHash })
      .expect(isProblem(403, 'forbidden'));
  });

  it('is never approved by whoever drafted or submitted it, whatever their role is by now', async () => {
    const { id, setHash } = await submitted(desk, { merchants: [merchant._id] });
    const turncoat = await aPerson('approver');
    const by = { kind: 'user' as const, id: turncoat.user._id, role: 'staff', name: 'before' };
    await AdjustmentModel.updateOne({ _id: id }, { submittedBy: by });
    await turncoat.api
      .post(`/adjustments/${id}/approve`)
      .send({ setHash })
      .expect(isProblem(403, 'four-eyes'));
    await turncoat.api
      .post(`/adjustments/${id}/reject`)
      .send({ note: '不同意' })
      .expect(isProblem(403, 'four-eyes'));
    expect(await statusOf(merchant)).to.include({ status: 'listed' });
  });

  it('needs the hash of the very set that was frozen', async () => {
    const frozen = await submitted(desk, { merchants: [merchant._id] });
    await desk.approver.api
      .post(`/adjustments/${frozen.id}/approve`)
      .send({ setHash: 'f'.repeat(64) })
      .expect(isProblem(409, 'set-changed'));
    await desk.approver.api.post(`/adjustments/${frozen.id}/approve`).send({}).expect(400);
    expect((await approved(desk.approver, frozen)).state).to.equal('enacted');
  });

  it('shows in the public status at once, with ground and notice', async () => {
    await enacted(desk, { merchants: [merchant._id] });
    expect(await statusOf(merchant)).to.include({
      status: 'suspended',
      onList: true,
      mayOpen: false,
      nextStep: 'as-announced',
      ground: 'notice',
      notice: '示例通告〔2022〕7号',
    });
  });

  it('says what follows for the shop: by notice or for a fault, and the shop reads the same', async () => {
    const steps = { notice: 'as-announced', complaint: 'fix-and-recheck' };
    for (const [ground, nextStep] of Object.entries(steps)) {
      const shop = await aListedMerchant(desk);
      const wish = { merchants: [shop._id], ground };
      await enacted(desk, wish);
      expect(await statusOf(shop)).to.include({ status: 'suspended', nextStep });
      const { body } = await desk.staff.api.get(`/merchants/${shop._id}`).expect(200);
      expect(body).to.include({ status: 'suspended', nextStep });
    }
    const brief = await aListedMerchant(desk);
    await enacted(desk, {
      merchants: [brief._id],
      effectiveTo: new Date(Date.now() + 3_600_000).toISOString(),
    });
    expect(await statusOf(brief)).to.include({ status: 'suspended', nextStep: 'ends-by-itself' });
  });

  it('is rejected with a reason, or withdrawn, and changes nothing then', async () => {
    const one = await submitted(desk, { merchants: [merchant._id] });
    const rejected = shownIn(
      await desk.approver.api.post(`/adjustments/${one.id}/reject`).send({ note: '证据不足' }).expect(200),
    );
    expect(rejected.state).to.equal('rejected');
    const other = await submitted(desk, { merchants: [merchant._id] });
    const withdrawn = shownIn(await desk.staff.api.post(`/adjustments/${other.id}/withdraw`).expect(200));
    expect(withdrawn.state).to.equal('withdrawn');
    for (const { id, setHash } of [one, other])
      await desk.approver.api
        .post(`/adjustments/${id}/approve`)
        .send({ setHash })
        .expect(isProblem(409, 'adjustment-state'));
    expect(await statusOf(merchant)).to.include({ status: 'listed' });
  });

  it('lies out of sight of another district', async () => {
    const { id, setHash } = await submitted(desk, { merchants: [merchant._id] });
    const elsewhere = await aDesk(['230199']);
    await elsewhere.staff.api.get(`/adjustments/${id}`).expect(isProblem(404, 'not-found'));
    await elsewhere.approver.api
      .post(`/adjustments/${id}/approve`)
      .send({ setHash })
      .expect(isProblem(404, 'not-found'));
    await elsewhere.staff.api
      .post('/adjustments')
      .send({ to: 'suspended', ground: 'notice', reason: '越界', merchants: [merchant._id] })
      .expect(isProblem(404, 'merchant-not-found'));
  });

  it('is in its drafter’s list even where it spans more than each of the drafter’s scopes', async () => {
    const elsewhere = await aListedMerchant(desk, { subdistrict: '230104005' });
    const scopeOf = (area: string) => ({ areas: [area], taskForce: null, from: new Date(0), to: null });
    const scopes = [scopeOf('230104001'), scopeOf('230104005')];
    const [staff, other] = [await aPerson('staff', { scopes }), await aPerson('staff', { scopes })];
    const { id } = await drafted({ ...desk, staff }, { merchants: [merchant._id, elsewhere._id] });
    const listOf = async ({ api }: Person) =>
      ((await api.get('/adjustments?limit=200').expect(200)).body as { items: { id: string }[] }).items.map(
        (item) => item.id,
      );
    expect(await listOf(staff)).to.include(id);
    expect(await listOf(other)).not.to.include(id);
  });

  it('that another one overtook is stale as a whole', async () => {
    const other = await aListedMerchant(desk);
    const slow = await submitted(desk, { merchants: [merchant._id, other._id] });
    await enacted(desk, { to: 'removed', merchants: [merchant._id] });
    await desk.approver.api
      .post(`/adjustments/${slow.id}/approve`)
      .send({ setHash: slow.setHash })
      .expect(isProblem(409, 'adjustment-stale'));
    const { state, dryRun } = shownIn(await desk.staff.api.get(`/adjustments/${slow.id}`).expect(200));
    expect(state).to.equal('stale');
    expect(dryRun.conflicts.map(({ merchant: id }) => id)).to.deep.equal([merchant._id]);
    expect(await statusOf(other)).to.include({ status: 'listed' });
    expect(await LedgerEntryModel.countDocuments({ adjustment: slow.id })).to.equal(0);
  });

  it('leaves a record of every step', async () => {
    const { id } = await enacted(desk, { merchants: [merchant._id] });
    const trail = await AuditRecordModel.find({ record: id }).sort({ at: 1, _id: 1 }).lean();
    expect(trail.map(({ action }) => action)).to.deep.equal([
      'adjustment.drafted',
      'adjustment.submitted',
      'adjustment.approved',
    ]);
  });

  it('has an end that lies after its beginning', async () => {
    const wish = { to: 'suspended', ground: 'notice', reason: '测试', merchants: [merchant._id] };
    const effectiveFrom = new Date(Date.now() + 7_200_000).toISOString();
    const effectiveTo = new Date(Date.now() + 3_600_000).toISOString();
    await desk.staff.api
      .post('/adjustments')
      .send({ ...wish, effectiveFrom, effectiveTo })
      .expect(isProblem(400, 'invalid-request'));
  });
});

describe('a rule', () => {
  let desk: Desk;
  let mall: string;
  let shops: { pharmacy: Merchant; convenience: Merchant; supermarket: Merchant; outside: Merchant };

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    mall = 'mall-1';
    await SiteModel.create({
      _id: mall,
      district: '230104',
      areas: ['23', '2301', '230104', '230104001'],
      kind: 'mall',
      name: '靖宇商场（示例）',
      subdistrict: '230104001',
      address: '靖宇街2号',
      point: { type: 'Point', coordinates: [126.64, 45.78] },
    });
    const [pharmacy, convenience, supermarket, outside] = await listedMerchants(desk, [
      { site: mall },
      { site: mall, category: 'convenience' },
      { site: mall, category: 'supermarket' },
      { site: 'market-1' },
    ]);
    if (!pharmacy || !convenience || !supermarket || !outside) throw new Error('the mall is not full');
    shops = { pharmacy, convenience, supermarket, outside };
  });

  const closing = { rule: { where: { 'site.kind': 'mall' }, except: { category: 'supermarket' } } };

  it('closes the malls but leaves the supermarkets inside them open', async () => {
    const { dryRun } = await enacted(desk, closing);
    expect(dryRun).to.deep.include({ count: 2, conflicts: [] });
    expect(await statusOf(shops.pharmacy)).to.include({ status: 'suspended' });
    expect(await statusOf(shops.convenience)).to.include({ status: 'suspended' });
    expect(await statusOf(shops.supermarket)).to.include({ status: 'listed' });
    expect(await statusOf(shops.outside)).to.include({ status: 'listed' });
  });

  it('passes over those that cannot follow, and says so', async () => {
    const [late] = await listedMerchants(desk, [{ site: mall }]);
    const draft = await submitted(desk, closing);
    expect(draft.dryRun.count).to.equal(1);
    expect(draft.dryRun.conflicts).to.have.length(2);
    await listedMerchants(desk, [{ site: mall }]);
    expect((await approved(desk.approver, draft)).dryRun.count).to.equal(1);
    expect(
      await LedgerEntryModel.countDocuments({ adjustment: draft.id, merchant: late?._id ?? '' }),
    ).to.equal(1);
    expect(await LedgerEntryModel.countDocuments({ adjustment: draft.id })).to.equal(1);
  });

  it('that nobody matches is refused', async () => {
    await desk.staff.api
      .post('/adjustments')
      .send({
        to: 'suspended',
        ground: 'notice',
        reason: '测试',
        rule: { where: { 'site.kind': 'logistics-park' } },
      })
      .expect(isProblem(422, 'adjustment-empty'));
  });
});

describe('what one person may do alone', () => {
  let desk: Desk;
  let second: Person;

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    second = await aPerson('staff');
  });
  // A day is counted: midnight in Shanghai must not fall into it.
  beforeEach(() => {
    holdAt(clock.now());
  });
  afterEach(releaseClock);

  /** Shops that have applied and are being verified. */
  async function verifying(count: number): Promise<string[]> {
    const merchants: string[] = [];
    for (let i = 0; i < count; i++) {
      const { body } = await desk.staff.api
        .post('/merchants')
        .send({ name: `新店${i}（示例）`, address: '靖宇街', category: 'pharmacy', subdistrict: '230104001' })
        .expect(201);
      merchants.push((body as { id: string }).id);
    }
    await enacted(desk, { to: 'verifying', ground: undefined, merchants });
    return merchants;
  }

  const listing = (merchants: string[], ground = 'verified') => ({ to: 'listed', ground, merchants });

  it('is to list up to twenty verified shops a day; the next needs a second person', async () => {
    const shops = await verifying(23);
    expect((await submitted(desk, listing(shops.slice(0, 15)))).state).to.equal('enacted');
    const tooMany = await submitted(desk, listing(shops.slice(15, 21)));
    expect(tooMany).to.include({ state: 'submitted', needsApproval: true });
    expect((await submitted(desk, listing(shops.slice(15, 20)))).state).to.equal('enacted');
    expect((await submitted(desk, listing(shops.slice(21, 22)))).state).to.equal('submitted');
    expect((await submitted({ ...desk, staff: second }, listing(shops.slice(22)))).state).to.equal('enacted');
  });

  it('is not stretched by calling it something else: the day counts, not the ground', async () => {
    const third = { ...desk, staff: await aPerson('staff') };
    const shops = await verifying(22);
    const states: string[] = [];
    for (const [i, shop] of shops.entries())
      states.push((await submitted(third, listing([shop], i % 2 ? 'verified' : 'other'))).state);
    expect(states.filter((state) => state === 'enacted')).to.have.length(20);
  });

  it('has no ground of the server’s own', async () => {
    for (const ground of ['seed', 'import', 'undo', 'correction', 'application', 'emergency', undefined])
      await desk.staff.api
        .post('/adjustments')
        .send({ ...listing([second.user._id]), reason: '测试', ground })
        .expect(isProblem(400, 'invalid-request'));
  });

  it('is never a suspension', async () => {
    const merchant = await aListedMerchant(desk);
    expect(await submitted(desk, { merchants: [merchant._id] })).to.include({
      state: 'submitted',
      needsApproval: true,
    });
  });
});
