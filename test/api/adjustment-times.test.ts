// Adjustments and time: planned, temporary and undone layers, emergencies, and the list as of any instant.
import { expect } from 'chai';
import { LedgerEntryModel } from '../../models/ledger.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { sweep } from '../../server/jobs/sweep.ts';
import { clock } from '../../server/lib/clock.ts';
import { anybody, isProblem } from '../support/app.ts';
import {
  days,
  drafted,
  enacted,
  holdAt,
  hours,
  minutes,
  passTime,
  releaseClock,
  seconds,
  shownIn,
  submitted,
  undone,
} from '../support/desk.ts';
import { aDesk, aListedMerchant, type Desk, emptyWorld, layGround } from '../support/world.ts';

type Status = { status: string; since: string; until: string | null };
const statusOf = async ({ doorCode }: Merchant) =>
  (await anybody().get(`/status/${doorCode}`).expect(200)).body as Status;
const shownStatus = async (merchant: Merchant) => (await statusOf(merchant)).status;
const storedStatus = async ({ _id }: Merchant) => (await MerchantModel.findById(_id).lean())?.status;
const inMillis = (millis: number) => new Date(clock.now().getTime() + millis).toISOString();

describe('time on the list', () => {
  let desk: Desk;
  let merchant: Merchant;

  beforeEach(async () => {
    await emptyWorld();
    await layGround();
    releaseClock();
    desk = await aDesk();
    merchant = await aListedMerchant(desk);
  });

  after(() => {
    releaseClock();
  });

  async function listAsOf(asOf: string, more = ''): Promise<{ id: string; status: string; name: string }[]> {
    const { body } = await desk.staff.api
      .get(`/merchants?asOf=${asOf}&id=${merchant._id}${more}`)
      .expect(200);
    return (body as { items: { id: string; status: string; name: string }[] }).items;
  }

  describe('the list as of an instant', () => {
    it('is the old one before the adjustment, and the new one after it', async () => {
      const before = clock.now().toISOString();
      passTime(5 * minutes);
      await enacted(desk, { merchants: [merchant._id] });
      passTime(5 * minutes);
      const [old] = await listAsOf(before);
      expect(old).to.include({ id: merchant._id, status: 'listed' });
      const [now] = await listAsOf(clock.now().toISOString());
      expect(now).to.include({ id: merchant._id, status: 'suspended' });
      expect(await listAsOf(before, '&status=suspended')).to.deep.equal([]);
      expect(await listAsOf('2020-01-01T00:00:00Z')).to.deep.equal([]);
    });

    it('differs from another instant by exactly those who moved', async () => {
      await aListedMerchant(desk);
      const from = clock.now().toISOString();
      passTime(minutes);
      await enacted(desk, { merchants: [merchant._id] });
      passTime(minutes);
      const to = clock.now().toISOString();
      const { body } = await desk.staff.api.get(`/ledger/diff?from=${from}&to=${to}`).expect(200);
      expect((body as { items: object[] }).items).to.deep.equal([
        {
          merchant: merchant._id,
          name: merchant.name,
          doorCode: merchant.doorCode,
          from: 'listed',
          to: 'suspended',
        },
      ]);
      const { body: none } = await desk.staff.api.get(`/ledger/diff?from=${to}&to=${to}`).expect(200);
      expect(none).to.deep.equal({ items: [], total: 0, moves: [] });
    });
  });

  describe('a planned adjustment', () => {
    it('begins at its instant: seen by single reads at once, by the list after the sweep', async () => {
      const at = inMillis(2 * hours);
      await enacted(desk, { merchants: [merchant._id], effectiveFrom: at });
      expect(await statusOf(merchant)).to.include({ status: 'listed', until: at });
      const [planned] = await listAsOf(inMillis(3 * hours));
      expect(planned).to.include({ status: 'suspended' });
      await sweep();
      expect(await storedStatus(merchant)).to.equal('listed');

      passTime(2 * hours);
      expect(await statusOf(merchant)).to.include({ status: 'suspended', since: at });
      expect(await storedStatus(merchant)).to.equal('listed');
      await Promise.all([sweep(), sweep()]);
      const stored = await MerchantModel.findById(merchant._id).lean();
      expect(stored).to.include({ status: 'suspended', nextAt: null, rev: merchant.rev + 2 });
    });

    it('is never dated back', async () => {
      const before = clock.now();
      const { id } = await enacted(desk, {
        merchants: [merchant._id],
        effectiveFrom: '2022-01-01T00:00:00Z',
      });
      const entry = await LedgerEntryModel.findOne({ adjustment: id }).lean();
      expect(entry?.effectiveFrom.getTime()).to.be.at.least(before.getTime());
      const [then] = await listAsOf(before.toISOString());
      expect(then).to.include({ status: 'listed' });
    });

    it('does not come true after a removal', async () => {
      await enacted(desk, { merchants: [merchant._id], effectiveFrom: inMillis(2 * hours) });
      await enacted(desk, { to: 'removed', merchants: [merchant._id], effectiveFrom: inMillis(hours) });
      passTime(3 * hours);
      expect(await statusOf(merchant)).to.include({ status: 'removed', until: null });
      await sweep();
      expect(await storedStatus(merchant)).to.equal('removed');
    });

    it('does not come true after a rejection', async () => {
      const { body } = await desk.staff.api
        .post('/merchants')
        .send({ name: '新店（示例）', address: '靖宇街', category: 'pharmacy', subdistrict: '230104001' })
        .expect(201);
      const { id } = body as { id: string };
      await enacted(desk, { to: 'verifying', ground: undefined, merchants: [id] });
      const plan = { to: 'listed', ground: 'verified', merchants: [id], effectiveFrom: inMillis(2 * hours) };
      await enacted(desk, plan);
      await enacted(desk, { to: 'rejected', ground: undefined, merchants: [id] });
      passTime(3 * hours);
      await sweep();
      expect((await MerchantModel.findById(id).lean())?.status).to.equal('rejected');
    });
  });

  describe('a temporary adjustment', () => {
    it('lapses by itself', async () => {
      const until = inMillis(2 * hours);
      await enacted(desk, { merchants: [merchant._id], effectiveTo: until });
      expect(await statusOf(merchant)).to.include({ status: 'suspended', until });
      passTime(2 * hours);
      expect(await statusOf(merchant)).to.include({ status: 'listed', since: until, until: null });
      await sweep();
      expect(await storedStatus(merchant)).to.equal('listed');
    });

    it('whose time is over when it is approved is stale', async () => {
      const frozen = await submitted(desk, { merchants: [merchant._id], effectiveTo: inMillis(hours) });
      passTime(2 * hours);
      await desk.approver.api
        .post(`/adjustments/${frozen.id}/approve`)
        .send({ setHash: frozen.setHash })
        .expect(isProblem(409, 'adjustment-stale'));
      expect(await LedgerEntryModel.countDocuments({ adjustment: frozen.id })).to.equal(0);
    });

    it('is no removal: nothing comes back by itself from off the list', async () => {
      const wish = {
        ground: 'notice',
        reason: '测试',
        merchants: [merchant._id],
        effectiveTo: inMillis(hours),
      };
      for (const to of ['removed', 'deregistered'])
        await desk.staff.api
          .post('/adjustments')
          .send({ ...wish, to })
          .expect(isProblem(400, 'invalid-request'));
    });
  });

  describe('undoing', () => {
    it('takes exactly that layer away; what was painted later stays', async () => {
      const first = await enacted(desk, { merchants: [merchant._id] });
      passTime(seconds);
      await enacted(desk, { to: 'listed', merchants: [merchant._id] });
      passTime(seconds);
      const last = await enacted(desk, { merchants: [merchant._id] });
      passTime(seconds);
      await undone(desk, first);
      expect(await shownStatus(merchant)).to.equal('suspended');
      passTime(seconds);
      await undone(desk, last);
      expect(await shownStatus(merchant)).to.equal('listed');
    });

    it('brings back what lay below, and history still tells what was', async () => {
      const suspension = await enacted(desk, { merchants: [merchant._id] });
      const during = inMillis(minutes);
      passTime(hours);
      await undone(desk, suspension);
      expect(await shownStatus(merchant)).to.equal('listed');
      const [then] = await listAsOf(during);
      expect(then).to.include({ status: 'suspended' });
    });

    it('a second time is refused', async () => {
      const suspension = await enacted(desk, { merchants: [merchant._id] });
      await undone(desk, suspension);
      await desk.staff.api
        .post(`/adjustments/${suspension.id}/undo`)
        .send({ reason: '再撤一次' })
        .expect(isProblem(409, 'duplicate'));
    });

    it('may be tried again after it was rejected', async () => {
      const suspension = await enacted(desk, { merchants: [merchant._id] });
      const undo = shownIn(
        await desk.staff.api.post(`/adjustments/${suspension.id}/undo`).send({ reason: '有误' }).expect(201),
      );
      await desk.staff.api.post(`/adjustments/${undo.id}/submit`).expect(200);
      await desk.approver.api.post(`/adjustments/${undo.id}/reject`).send({ note: '不同意' }).expect(200);
      await undone(desk, suspension);
      expect(await shownStatus(merchant)).to.equal('listed');
    });

    it('the undoing brings the layer back', async () => {
      const suspension = await enacted(desk, { merchants: [merchant._id] });
      passTime(seconds);
      const undo = await undone(desk, suspension);
      passTime(seconds);
      await undone(desk, undo);
      expect(await shownStatus(merchant)).to.equal('suspended');
    });

    it('a planned one takes it away before it begins', async () => {
      const plan = await enacted(desk, { merchants: [merchant._id], effectiveFrom: inMillis(hours) });
      await undone(desk, plan);
      passTime(2 * hours);
      expect(await statusOf(merchant)).to.include({ status: 'listed', until: null });
    });

    it('needs a second person, and is not possible where nothing would be left', async () => {
      const [{ adjustment = '' } = {}] = await LedgerEntryModel.find({ merchant: merchant._id }).lean();
      const undo = shownIn(
        await desk.staff.api.post(`/adjustments/${adjustment}/undo`).send({ reason: '测试' }).expect(201),
      );
      expect(undo.dryRun.conflicts.map(({ code }) => code)).to.deep.equal(['would-erase']);
      expect(undo.can.submit).to.equal(false);
      await desk.staff.api
        .post(`/adjustments/${undo.id}/submit`)
        .expect(isProblem(409, 'adjustment-conflicts'));
    });
  });

  describe('an emergency', () => {
    const wish = (id: string) => ({ merchants: [id], emergency: true, ground: undefined });

    it('suspends one shop at once, and lapses after 24 hours', async () => {
      const emergency = await submitted(desk, wish(merchant._id));
      expect(emergency).to.include({ state: 'enacted', kind: 'emergency', needsApproval: false });
      expect(await statusOf(merchant)).to.include({ status: 'suspended', until: emergency.confirmBy });
      passTime(days - minutes);
      expect(await shownStatus(merchant)).to.equal('suspended');
      passTime(minutes);
      expect(await shownStatus(merchant)).to.equal('listed');
      await sweep();
      expect(await storedStatus(merchant)).to.equal('listed');
      await desk.approver.api
        .post(`/adjustments/${emergency.id}/confirm`)
        .send({ setHash: emergency.setHash })
        .expect(isProblem(409, 'adjustment-state'));
    });

    it('lasts once another person has confirmed the very same set', async () => {
      const { id, setHash } = await submitted(desk, wish(merchant._id));
      const confirm = (hash: string) =>
        desk.approver.api.post(`/adjustments/${id}/confirm`).send({ setHash: hash });
      await desk.staff.api
        .post(`/adjustments/${id}/confirm`)
        .send({ setHash })
        .expect(isProblem(403, 'forbidden'));
      await confirm('0'.repeat(64)).expect(isProblem(409, 'set-changed'));
      const confirmed = shownIn(await confirm(setHash).expect(200));
      expect(confirmed.confirmedBy).to.include({ name: desk.approver.user.name });
      await confirm(setHash).expect(isProblem(409, 'adjustment-state'));
      passTime(2 * days);
      expect(await statusOf(merchant)).to.include({ status: 'suspended', until: null });
    });

    it('that was undone or overtaken meanwhile is not confirmed', async () => {
      const emergency = await submitted(desk, wish(merchant._id));
      await undone(desk, emergency);
      await desk.approver.api
        .post(`/adjustments/${emergency.id}/confirm`)
        .send({ setHash: emergency.setHash })
        .expect(isProblem(409, 'adjustment-state'));
      expect(await shownStatus(merchant)).to.equal('listed');

      const other = await aListedMerchant(desk);
      const second = await submitted(desk, wish(other._id));
      await enacted(desk, { to: 'removed', merchants: [other._id] });
      await desk.approver.api
        .post(`/adjustments/${second.id}/confirm`)
        .send({ setHash: second.setHash })
        .expect(isProblem(409, 'adjustment-state'));
      expect(await shownStatus(other)).to.equal('removed');
    });

    it('is for one shop and a suspension only', async () => {
      const other = await aListedMerchant(desk);
      const base = { reason: '测试', emergency: true };
      for (const more of [
        { to: 'suspended', merchants: [merchant._id, other._id] },
        { to: 'removed', merchants: [merchant._id] },
      ])
        await desk.staff.api
          .post('/adjustments')
          .send({ ...base, ...more })
          .expect(isProblem(400, 'invalid-request'));
    });
  });

  describe('clocks that do not agree', () => {
    it('never leave a shop without a status', async () => {
      holdAt(new Date(Date.now() + 2 * seconds));
      const ahead = await aListedMerchant(desk);
      releaseClock();
      expect(await shownStatus(ahead)).to.equal('listed');
      const draft = await drafted(desk, { merchants: [ahead._id] });
      expect(draft.dryRun.count).to.equal(1);
    });

    it('never put an earlier block on top of a later one', async () => {
      holdAt(new Date(Date.now() + 2 * seconds));
      await enacted(desk, { merchants: [merchant._id] });
      releaseClock();
      await enacted(desk, { to: 'listed', merchants: [merchant._id] });
      const entries = await LedgerEntryModel.find({ merchant: merchant._id }).sort({ n: 1 }).lean();
      const instants = entries.map(({ effectiveFrom }) => effectiveFrom.getTime());
      expect(instants).to.deep.equal(instants.toSorted((a, b) => a - b));
      passTime(3 * seconds);
      expect(await shownStatus(merchant)).to.equal('listed');
    });
  });
});
