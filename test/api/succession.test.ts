// Who follows a shop that leaves: a stall handed to a new tenant, and a duplicate merged into the record that is kept.
import { expect } from 'chai';
import supertest from 'supertest';
import { AdjustmentModel } from '../../models/adjustment.ts';
import { LedgerEntryModel } from '../../models/ledger.ts';
import { MerchantContactModel } from '../../models/merchant-contact.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { environment } from '../../server/domain/environment.ts';
import { verifyLedger } from '../../server/domain/verify-ledger.ts';
import { anybody, isProblem, origin } from '../support/app.ts';
import { approved, drafted, enacted, shownIn, submitted, undone, type Wish } from '../support/desk.ts';
import { anOpenOrder } from '../support/orders.ts';
import { handing, leaving, merging } from '../support/successions.ts';
import {
  aDesk,
  adjust,
  aListedMerchant,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  type Person,
  someFacts,
} from '../support/world.ts';

type Related = { kind: string; merchant: string | null; name: string | null };
type Detail = Merchant & { successor: Related | null; predecessors: Related[]; contact: object | null };
type Line = { merchant: string; from: string | null; to: string; successor: object | null };
type Status = { status: string; ground: string; successor: { kind: string; shop: object | null } | null };

describe('who follows a shop', () => {
  let desk: Desk;

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
  });

  const detail = async (id: string, { api }: Person = desk.staff) =>
    (await api.get(`/merchants/${id}`).expect(200)).body as Detail;
  const statusOf = async ({ doorCode }: Pick<Merchant, 'doorCode'>) =>
    (await anybody().get(`/status/${doorCode}`).expect(200)).body as Status;
  const pageOf = async ({ doorCode }: Merchant) =>
    (await supertest(origin()).get(`/s/${doorCode}`).expect(200)).text;
  const linesOf = async (id: string) =>
    ((await desk.approver.api.get(`/adjustments/${id}/lines`).expect(200)).body as { items: Line[] }).items;
  const followerOf = async (shop: Merchant): Promise<Merchant> => {
    const { successor } = await detail(shop._id);
    const found = await MerchantModel.findById(successor?.merchant).lean<Merchant>();
    if (!found) throw new Error('nobody follows');
    return found;
  };
  const verdict = () => verifyLedger({ keys: environment().keys, heads: [] });

  describe('a stall that is handed over', () => {
    it('is one adjustment with two lines, and changes nothing until another person approves', async () => {
      const shop = await aListedMerchant(desk, { site: 'market-1', capacity: 9, mode: ['delivery'] });
      const count = await MerchantModel.countDocuments();
      const wish = handing(shop, { contact: { name: '李新', phone: '10000005678' } });
      const draft = await drafted(desk, wish);
      expect(draft).to.deep.include({ kind: 'handover', to: 'deregistered', ground: 'closure' });
      expect(draft.dryRun).to.deep.include({ count: 2, conflicts: [] });
      const lines = await linesOf(draft.id);
      expect(lines.map(({ from, to }) => [from, to])).to.deep.equal([
        ['listed', 'deregistered'],
        [null, 'applying'],
      ]);
      const next = lines[1]?.merchant;
      expect(lines.map(({ successor }) => successor)).to.deep.equal([
        { kind: 'handed-over', merchant: next },
        null,
      ]);
      const frozen = shownIn(await desk.staff.api.post(`/adjustments/${draft.id}/submit`).expect(200));
      expect(frozen).to.include({ state: 'submitted', needsApproval: true });
      expect(await MerchantModel.countDocuments()).to.equal(count);
      expect(await statusOf(shop)).to.deep.include({ status: 'listed', successor: null });

      await approved(desk.approver, frozen);
      const tenant = await detail(next ?? '');
      expect(tenant).to.include({ status: 'applying', name: (wish.handTo as { name: string }).name });
      const { address, subdistrict, point, site, category } = shop;
      expect(tenant).to.deep.include({ address, subdistrict, point, site, category });
      expect(tenant).to.deep.include({ uscc: null, capacity: null, gbt4754: null, mode: ['in-store'] });
      expect(await detail(shop._id)).to.include({ status: 'deregistered' });
    });

    it('shows on both pages who was there before and who came after', async () => {
      const shop = await aListedMerchant(desk);
      await enacted(desk, handing(shop));
      const next = await followerOf(shop);
      const before = await detail(shop._id);
      expect(before.successor).to.deep.equal({ kind: 'handed-over', merchant: next._id, name: next.name });
      expect(before.predecessors).to.deep.equal([]);
      const after = await detail(next._id);
      expect(after.successor).to.equal(null);
      expect(after.predecessors).to.deep.equal([
        { kind: 'handed-over', merchant: shop._id, name: shop.name },
      ]);
      const { body } = await desk.staff.api.get(`/merchants/${shop._id}/timeline`).expect(200);
      const [last, first] = (body as { items: { successor: Related | null }[] }).items;
      expect(last?.successor).to.deep.equal(before.successor);
      expect(first?.successor).to.equal(null);
    });

    it('gives the new tenant nothing of the former one', async () => {
      const inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
      const shop = await aListedMerchant(desk);
      await anOpenOrder(inspector, shop._id);
      const owner = await aPerson('merchant', { merchants: [shop._id] });
      await enacted(desk, handing(shop));
      const next = await followerOf(shop);
      expect(next.doorCode).not.to.equal(shop.doorCode);
      expect(next).to.include({ lastVisit: null, openOrders: 0, risk: null });
      expect(await MerchantContactModel.findById(next._id)).to.equal(null);
      for (const kind of ['visits', 'orders', 'objections']) {
        const { body } = await desk.staff.api.get(`/${kind}?merchant=${next._id}`).expect(200);
        expect((body as { items: unknown[] }).items, kind).to.deep.equal([]);
      }
      const { body } = await desk.staff.api.get(`/merchants/${next._id}/timeline`).expect(200);
      expect((body as { items: { kind: string }[] }).items.map(({ kind }) => kind)).to.deep.equal(['entry']);
      // Its former owner is told that there is another, and nothing of whom.
      await owner.api.get(`/merchants/${next._id}`).expect(isProblem(404, 'merchant-not-found'));
      expect((await detail(shop._id, owner)).successor).to.deep.equal({
        kind: 'handed-over',
        merchant: null,
        name: null,
      });
    });

    it('takes the contact and what is said otherwise from the draft', async () => {
      const shop = await aListedMerchant(desk);
      const { uscc } = someFacts();
      const contact = { name: '李新', phone: '10000005678' };
      const told = {
        uscc,
        category: 'convenience',
        address: '靖宇街99号',
        subdistrict: '230104005',
        point: null,
      };
      await enacted(desk, handing(shop, { ...told, contact }));
      const next = await followerOf(shop);
      expect(next).to.deep.include(told);
      expect(await MerchantContactModel.findById(next._id).lean()).to.include(contact);
    });

    it('links the new tenant publicly only once the public may know it, and looks the same before', async () => {
      const shop = await aListedMerchant(desk);
      await enacted(desk, handing(shop));
      const next = await followerOf(shop);
      const hidden = await pageOf(shop);
      expect(hidden).to.include('这个铺位已换商户').and.not.include(next.name).and.not.include(next.doorCode);
      for (const to of ['applying', 'verifying', 'rejected'] as const) {
        if (to !== 'applying') await adjust(desk, next._id, to, { ground: 'application' });
        expect((await statusOf(shop)).successor, to).to.deep.equal({ kind: 'handed-over', shop: null });
        expect(await pageOf(shop), to).to.equal(hidden);
        await anybody().get(`/status/${next.doorCode}`).expect(isProblem(404, 'merchant-not-found'));
      }
      await adjust(desk, next._id, 'applying', { ground: 'application' });
      await adjust(desk, next._id, 'verifying', { ground: 'application' });
      await adjust(desk, next._id, 'listed', { ground: 'verified' });
      const { doorCode, name } = next;
      const page = `/s/${doorCode}`;
      expect((await statusOf(shop)).successor).to.deep.equal({
        kind: 'handed-over',
        shop: { name, doorCode, page },
      });
      expect(await pageOf(shop))
        .to.include(`href="${page}"`)
        .and.include(name);
    });

    it('is undone by one adjustment: the old shop is back, the link is gone, and the application stands alone', async () => {
      const shop = await aListedMerchant(desk);
      const handover = await enacted(desk, handing(shop));
      const next = await followerOf(shop);
      const undo = await undone(desk, handover);
      expect(undo.dryRun.conflicts).to.deep.include({
        merchant: next._id,
        code: 'would-erase',
        message: `${next.name}：撤销后将没有任何状态 / nothing would be left`,
      });
      expect(await detail(shop._id)).to.deep.include({ status: 'listed', successor: null });
      expect(await detail(next._id)).to.deep.include({ status: 'applying', predecessors: [] });
      expect(await statusOf(shop)).to.deep.include({ status: 'listed', successor: null });
      expect(await verdict()).to.include({ ok: true });
    });

    it('happens once where two persons hand the same stall over at once, and all of it or nothing', async () => {
      const shop = await aListedMerchant(desk);
      const second = await aPerson('approver');
      const one = await submitted(desk, handing(shop));
      const other = await submitted(desk, handing(shop));
      const count = await MerchantModel.countDocuments();
      const approve = ({ api }: Person, { id, setHash }: typeof one) =>
        api.post(`/adjustments/${id}/approve`).send({ setHash });
      const answers = await Promise.all([approve(desk.approver, one), approve(second, other)]);
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
      expect(answers.find(({ status }) => status === 409)?.body).to.include({ code: 'adjustment-stale' });
      expect(await MerchantModel.countDocuments()).to.equal(count + 1);
      expect(
        await LedgerEntryModel.countDocuments({
          'successor.merchant': { $exists: true },
          merchant: shop._id,
        }),
      ).to.equal(1);
      expect(await verdict()).to.include({ ok: true });
    });

    it('leaves the old shop where it is when the new one cannot be entered', async () => {
      const shop = await aListedMerchant(desk);
      const { uscc } = someFacts();
      const waiting = await submitted(desk, handing(shop, { uscc }));
      await aListedMerchant(desk, { uscc });
      const { id, setHash } = waiting;
      await desk.approver.api
        .post(`/adjustments/${id}/approve`)
        .send({ setHash })
        .expect(isProblem(409, 'duplicate'));
      expect(await detail(shop._id)).to.deep.include({ status: 'listed', successor: null });
    });

    it('refuses at the draft what could not be entered, and says where', async () => {
      const shop = await aListedMerchant(desk, { registerNumber: '示例-1' });
      const refusal = async (handTo: Wish, status: number, code: Parameters<typeof isProblem>[1]) => {
        const wish = { ...handing(shop, handTo), reason: '搬走' };
        for (const path of ['/adjustments', '/adjustments/dry-run']) {
          const { body } = await desk.staff.api.post(path).send(wish).expect(isProblem(status, code));
          const { errors = [] } = body as { errors?: { path: string }[] };
          if (path === '/adjustments/dry-run') return errors.map((error) => error.path);
        }
      };
      expect(await refusal({ uscc: shop.uscc }, 409, 'duplicate')).to.deep.equal(['/handTo/uscc']);
      expect(await refusal({ registerNumber: ' 示例-1 ' }, 409, 'duplicate')).to.deep.equal([
        '/handTo/registerNumber',
      ]);
      expect(await refusal({ uscc: 'X' }, 422, 'invalid-uscc')).to.deep.equal(['/handTo/uscc']);
      expect(await refusal({ category: 'nothing' }, 422, 'unknown-reference')).to.deep.equal([
        '/handTo/category',
      ]);
      expect(await refusal({ name: ' ' }, 400, 'invalid-request')).to.include('/handTo/name');
      expect(await refusal({ doorCode: shop.doorCode }, 400, 'invalid-request')).to.deep.equal([
        '/handTo/doorCode',
      ]);
      const away = { subdistrict: '230199001' };
      expect(await refusal(away, 403, 'forbidden')).to.deep.equal([]);
    });

    it('is out of reach of those who may not draft there, and does not begin later', async () => {
      const shop = await aListedMerchant(desk);
      const elsewhere = await aPerson('staff', { areas: ['230104005'] });
      const wish = { ...handing(shop), reason: '搬走' };
      await elsewhere.api.post('/adjustments').send(wish).expect(isProblem(404, 'merchant-not-found'));
      await desk.approver.api.post('/adjustments').send(wish).expect(isProblem(403, 'forbidden'));
      const effectiveFrom = new Date(Date.now() + 3_600_000).toISOString();
      for (const odd of [
        { effectiveFrom },
        { to: 'suspended' },
        { mergeInto: shop._id },
        { emergency: true },
        { merchants: undefined, rule: { where: { subdistrict: '230104001' } } },
      ])
        await desk.staff.api
          .post('/adjustments')
          .send({ ...wish, ...odd })
          .expect(isProblem(400, 'invalid-request'));
    });

    it('is submitted by a drafter who holds both task forces apart, and by none who holds one', async () => {
      const shop = await aListedMerchant(desk, { category: 'pharmacy' });
      const long = new Date('2022-01-01T00:00:00Z');
      const scopeOf = (taskForce: string) => ({ areas: ['230104'], taskForce, from: long, to: null });
      const own = await aPerson('staff', { scopes: [scopeOf('market'), scopeOf('trade')] });
      const draft = await drafted({ ...desk, staff: own }, handing(shop, { category: 'supermarket' }));
      const one = await aPerson('staff', { scopes: [scopeOf('market')] });
      await one.api
        .post(`/adjustments/${draft.id}/submit`)
        .expect(({ status }) => expect(status).to.be.oneOf([403, 404]));
      await own.api.post(`/adjustments/${draft.id}/submit`).expect(200);
    });

    it('names a conflict where the shop has left already, and is not submitted', async () => {
      const shop = await aListedMerchant(desk);
      const early = await submitted(desk, handing(shop));
      await enacted(desk, { ...leaving, ground: 'closure', merchants: [shop._id] });
      const draft = await drafted(desk, handing(shop));
      expect(draft.dryRun).to.deep.include({ count: 0 });
      expect(draft.dryRun.conflicts.map(({ merchant }) => merchant)).to.deep.equal([shop._id]);
      await desk.staff.api
        .post(`/adjustments/${draft.id}/submit`)
        .expect(isProblem(409, 'adjustment-conflicts'));
      await desk.approver.api
        .post(`/adjustments/${early.id}/approve`)
        .send({ setHash: early.setHash })
        .expect(isProblem(409, 'adjustment-stale'));
      expect((await detail(shop._id)).successor).to.equal(null);
    });
  });

  describe('a duplicate that is merged', () => {
    it('is one line for two persons, and leads to the record that is kept', async () => {
      const inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
      const [kept, duplicate] = [await aListedMerchant(desk), await aListedMerchant(desk)];
      await anOpenOrder(inspector, duplicate._id);
      const frozen = await submitted(desk, merging(duplicate, kept));
      expect(frozen).to.deep.include({ kind: 'merge', state: 'submitted', merchant: duplicate._id });
      expect(frozen).to.include({ ground: 'correction', needsApproval: true });
      expect(await linesOf(frozen.id)).to.have.length(1);
      await approved(desk.approver, frozen);
      expect(await detail(duplicate._id)).to.deep.include({
        status: 'deregistered',
        successor: { kind: 'merged', merchant: kept._id, name: kept.name },
      });
      expect(await detail(kept._id)).to.deep.include({
        status: 'listed',
        openOrders: 0,
        predecessors: [{ kind: 'merged', merchant: duplicate._id, name: duplicate.name }],
      });
      const { body } = await desk.staff.api.get(`/orders?merchant=${duplicate._id}`).expect(200);
      expect((body as { items: unknown[] }).items).not.to.have.length(0);
      const { body: none } = await desk.staff.api.get(`/orders?merchant=${kept._id}`).expect(200);
      expect((none as { items: unknown[] }).items).to.deep.equal([]);
      const { doorCode, name } = kept;
      expect(await statusOf(duplicate)).to.deep.include({
        status: 'deregistered',
        successor: { kind: 'merged', shop: { name, doorCode, page: `/s/${doorCode}` } },
      });
      const page = await pageOf(duplicate);
      expect(page).to.include(`href="/s/${doorCode}"`).and.include('重复登记').and.not.include('重新经营');
      const { body: entries } = await desk.staff.api.get(`/ledger?merchant=${duplicate._id}`).expect(200);
      expect(
        (entries as { items: { successor: object | null }[] }).items.map(({ successor }) => successor),
      ).to.deep.equal([{ kind: 'merged', merchant: kept._id }, null]);
    });

    it('tells the public of the kept one no longer than the public may know it', async () => {
      const [kept, duplicate] = [await aListedMerchant(desk), await aListedMerchant(desk)];
      await enacted(desk, merging(duplicate, kept));
      await adjust(desk, kept._id, 'removed');
      expect((await statusOf(duplicate)).successor?.shop).to.include({ name: kept.name });
      await adjust(desk, kept._id, 'applying', { ground: 'application' });
      expect((await statusOf(duplicate)).successor).to.deep.equal({ kind: 'merged', shop: null });
      expect(await pageOf(duplicate)).not.to.include(kept.name);
    });

    it('refuses itself, another district, a record off the list or unknown, and one out of reach', async () => {
      const shop = await aListedMerchant(desk);
      const removed = await aListedMerchant(desk);
      await adjust(desk, removed._id, 'removed');
      const wide = await aDesk(['23']);
      const away = await aListedMerchant(wide, { subdistrict: '230199001' });
      const narrow = await aPerson('staff', { areas: ['230104001'] });
      const beyond = await aListedMerchant(desk, { subdistrict: '230104005' });
      const refused = async (
        { api }: Person,
        into: Partial<Merchant>,
        status: number,
        code: Parameters<typeof isProblem>[1],
      ) => {
        const wish = { ...merging(shop, into as Merchant), reason: '重复' };
        const { body } = await api.post('/adjustments').send(wish).expect(isProblem(status, code));
        expect((body as { errors: { path: string }[] }).errors.map(({ path }) => path)).to.deep.equal([
          '/mergeInto',
        ]);
      };
      await refused(desk.staff, shop, 400, 'invalid-request');
      await refused(desk.staff, removed, 400, 'invalid-request');
      await refused(wide.staff, away, 400, 'invalid-request');
      await refused(desk.staff, away, 404, 'merchant-not-found');
      await refused(narrow, beyond, 404, 'merchant-not-found');
      await refused(desk.staff, { _id: '00000000-0000-7000-8000-000000000000' }, 404, 'merchant-not-found');
    });

    it('is decided only by who reaches both', async () => {
      const [kept, duplicate] = [
        await aListedMerchant(desk, { subdistrict: '230104005' }),
        await aListedMerchant(desk),
      ];
      const { id, setHash } = await submitted(desk, merging(duplicate, kept));
      const narrow = await aPerson('approver', { areas: ['230104001'] });
      await narrow.api
        .post(`/adjustments/${id}/approve`)
        .send({ setHash })
        .expect(isProblem(404, 'not-found'));
      const both = await aPerson('approver', { areas: ['230104'] });
      await both.api.post(`/adjustments/${id}/approve`).send({ setHash }).expect(200);
    });

    it('never comes back onto itself: not at once, not the other way round, not by an undo of an undo', async () => {
      const [one, other] = [await aListedMerchant(desk), await aListedMerchant(desk)];
      const waiting = [
        await submitted(desk, merging(one, other)),
        await submitted(desk, merging(other, one)),
      ];
      const answers = await Promise.all(
        waiting.map(({ id, setHash }) =>
          desk.approver.api.post(`/adjustments/${id}/approve`).send({ setHash }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
      const won = shownIn(answers.find(({ status }) => status === 200) ?? { body: {} });
      const [gone, kept] = won.merchant === one._id ? [one, other] : [other, one];
      await desk.staff.api
        .post('/adjustments')
        .send({ ...merging(kept, gone), reason: '重复' })
        .expect(isProblem(400, 'invalid-request'));

      const undo = await undone(desk, won);
      expect(await detail(gone._id)).to.deep.include({ status: 'listed', successor: null });
      await enacted(desk, merging(kept, gone));
      const again = shownIn(
        await desk.staff.api.post(`/adjustments/${undo.id}/undo`).send({ reason: '又错了' }).expect(201),
      );
      const { id, setHash } = shownIn(
        await desk.staff.api.post(`/adjustments/${again.id}/submit`).expect(200),
      );
      await desk.approver.api
        .post(`/adjustments/${id}/approve`)
        .send({ setHash })
        .expect(isProblem(409, 'adjustment-stale'));
      expect(await detail(gone._id)).to.deep.include({ status: 'listed', successor: null });
      expect(await detail(kept._id)).to.deep.include({ status: 'deregistered' });
      expect(await verdict()).to.include({ ok: true });
    });

    it('is stale where the kept one left the list since the draft', async () => {
      const [kept, duplicate] = [await aListedMerchant(desk), await aListedMerchant(desk)];
      const { id, setHash } = await submitted(desk, merging(duplicate, kept));
      await adjust(desk, kept._id, 'removed');
      await desk.approver.api
        .post(`/adjustments/${id}/approve`)
        .send({ setHash })
        .expect(isProblem(409, 'adjustment-stale'));
      expect(await detail(duplicate._id)).to.deep.include({ status: 'listed', successor: null });
    });
  });

  it('takes another person than who drafted or submitted it, whatever their role is by now', async () => {
    const [kept, duplicate, stall] = [
      await aListedMerchant(desk),
      await aListedMerchant(desk),
      await aListedMerchant(desk),
    ];
    for (const wish of [merging(duplicate, kept), handing(stall)]) {
      const { id, setHash } = await submitted(desk, wish);
      const found = await AdjustmentModel.findById(id).lean();
      for (const part of ['draftedBy', 'submittedBy'] as const) {
        const turncoat = await aPerson('approver');
        const by = { kind: 'user', id: turncoat.user._id, role: 'staff', name: 'before' };
        await AdjustmentModel.collection.updateOne({ _id: id as never }, { $set: { [part]: by } });
        await turncoat.api
          .post(`/adjustments/${id}/approve`)
          .send({ setHash })
          .expect(isProblem(403, 'four-eyes'));
        await AdjustmentModel.collection.updateOne({ _id: id as never }, { $set: { [part]: found?.[part] } });
      }
      await desk.approver.api.post(`/adjustments/${id}/approve`).send({ setHash }).expect(200);
    }
  });
});
