// Objections: one at a time, with their clock, decided by somebody without part in the decision; upheld, a second person puts it right.
import { expect } from 'chai';
import { AuditRecordModel } from '../../models/audit-record.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { ObjectionModel } from '../../models/objection.ts';
import { UserModel } from '../../models/user.ts';
import { submitVisit } from '../../server/domain/visits.ts';
import { workingDays } from '../../server/domain/working-days.ts';
import { sweep } from '../../server/jobs/sweep.ts';
import { addWorkingDays } from '../../server/lib/calendar.ts';
import { isProblem } from '../support/app.ts';
import {
  approved,
  days,
  drafted,
  hours,
  passTime,
  releaseClock,
  type ShownAdjustment,
  shownIn,
} from '../support/desk.ts';
import { aPhoto, aVisit } from '../support/visits.ts';
import {
  adjust,
  aDesk,
  aListedMerchant,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  listedMerchants,
  type Person,
} from '../support/world.ts';

type Shown = {
  id: string;
  state: string;
  overdue: boolean;
  late: boolean;
  filedAt: string;
  due: string;
  decision: { adjustment: string; to: string; ground: string; notice: string | null };
  decidedBy: { name: string } | null;
  decisionReason: string | null;
  remedy: string | null;
  remedyState: string | null;
  tookPart: boolean;
  can: { withdraw: boolean; decide: boolean; redraft: boolean };
};
type List = { items: Shown[]; total: number };

describe('objections', () => {
  let desk: Desk;
  let merchant: Merchant;
  let owner: Person;
  let other: Person;

  beforeEach(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    merchant = await aListedMerchant(desk);
    owner = await aPerson('merchant', { merchants: [merchant._id] });
    other = await aPerson('staff');
  });
  afterEach(releaseClock);

  const suspended = async (more: Parameters<typeof adjust>[3] = {}) =>
    (await adjust(desk, merchant._id, 'suspended', { notice: '示例通告〔2022〕7号', ...more }))._id;
  const ask = (adjustment: string, more: object = {}, by = owner) =>
    by.api.post('/objections').send({ merchant: merchant._id, adjustment, text: '当天已经改好', ...more });
  const filed = async (adjustment: string, more: object = {}) =>
    (await ask(adjustment, more).expect(201)).body as Shown;
  const seen = async (by: Person, { id }: Pick<Shown, 'id'>) =>
    (await by.api.get(`/objections/${id}`).expect(200)).body as Shown;
  const listed = async (by: Person, query = '') =>
    (await by.api.get(`/objections${query}`).expect(200)).body as List;
  const decision = (by: Person, { id }: Pick<Shown, 'id'>, uphold: boolean) =>
    by.api.post(`/objections/${id}/decide`).send({ uphold, reason: '复核了照片和记录' });
  const decided = async (by: Person, objection: Pick<Shown, 'id'>, uphold: boolean) =>
    (await decision(by, objection, uphold).expect(200)).body as Shown;
  const statusNow = async (of = merchant) => (await MerchantModel.findById(of._id).lean())?.status;
  const actions = async (id: string) =>
    (await AuditRecordModel.find({ record: id }).sort({ at: 1 }).lean()).map(({ action }) => action);
  const submitAndApprove = async (remedy: string | null, approver = desk.approver) => {
    const frozen = shownIn(await desk.staff.api.post(`/adjustments/${remedy}/submit`).expect(200));
    return approved(approver, frozen);
  };

  describe('filing', () => {
    it('is against a decision that shows on the shop, with its clock and photos', async () => {
      const adjustment = await suspended();
      const photo = await aPhoto();
      await owner.api.post('/photos').attach('photo', photo.bytes, 'a.jpg').expect(201);
      const objection = await filed(adjustment, { photos: [photo.sha256] });
      expect(objection).to.deep.include({ state: 'open', late: false, overdue: false });
      expect(objection.decision).to.deep.include({
        adjustment,
        to: 'suspended',
        ground: 'notice',
        notice: '示例通告〔2022〕7号',
      });
      const { at } = addWorkingDays(workingDays(), new Date(objection.filedAt), 5);
      expect(objection.due).to.equal(at.toISOString());
      expect(objection.can).to.deep.equal({ withdraw: true, decide: false, redraft: false });
      expect(await actions(objection.id)).to.deep.equal(['objection.filed']);
      // Who may see the objection sees its photo, and with it who sent it.
      await other.api.get(`/photos/${photo.sha256}?size=320`).expect(200);
      const { body } = await other.api.get(`/photos/${photo.sha256}/custody`).expect(200);
      expect((body as { items: { by: { name: string } }[] }).items[0]?.by.name).to.equal(owner.user.name);
      await (
        await aPerson('staff', { areas: ['230199'] })
      ).api
        .get(`/photos/${photo.sha256}?size=320`)
        .expect(404);
    });

    it('is taken later than the period, too, and marked', async () => {
      const adjustment = await suspended();
      passTime(15 * days + hours);
      expect((await filed(adjustment)).late).to.equal(true);
    });

    it('goes by what the area sets', async () => {
      const admin = await aPerson('admin');
      const values = { objectionDays: 1, objectionDecisionWorkingDays: 2 };
      await admin.api.put('/settings/230104').send(values).expect(201);
      const adjustment = await suspended();
      passTime(2 * days);
      const { late, due, filedAt } = await filed(adjustment);
      await admin.api.put('/settings/230104').send({}).expect(200);
      expect(late).to.equal(true);
      expect(due).to.equal(addWorkingDays(workingDays(), new Date(filedAt), 2).at.toISOString());
    });

    it('is for what has taken effect against the shop, and for nothing else', async () => {
      const [entry] = merchant.outlook;
      await ask(entry?.adjustment ?? '').expect(isProblem(422, 'not-objectionable'));
      const planned = await suspended({ effectiveFrom: new Date(Date.now() + days) });
      await ask(planned).expect(isProblem(422, 'not-objectionable'));
      const neighbour = await aListedMerchant(desk);
      const theirs = await adjust(desk, neighbour._id, 'suspended');
      await ask(theirs._id).expect(isProblem(422, 'not-objectionable'));
      const stranger = await aPerson('merchant', { merchants: [neighbour._id] });
      await ask(planned, {}, stranger).expect(isProblem(404, 'merchant-not-found'));
      const draft = await drafted(desk, { merchants: [merchant._id] });
      await ask(draft.id).expect(isProblem(422, 'not-objectionable'));
      await ask(planned, { text: ' ' }).expect(isProblem(400, 'invalid-request'));
      await ask(planned, { photos: ['a'.repeat(64)] }).expect(isProblem(422, 'not-objectionable'));
      expect(await ObjectionModel.countDocuments()).to.equal(0);
    });

    it('takes no photo that the merchant has not sent', async () => {
      const adjustment = await suspended();
      await ask(adjustment, { photos: ['a'.repeat(64)] }).expect(isProblem(422, 'photo-missing'));
    });

    it('may be against what showed before', async () => {
      const adjustment = await suspended();
      await adjust(desk, merchant._id, 'listed');
      const objection = await filed(adjustment);
      const upheld = await decided(other, objection, true);
      expect(upheld.remedy).to.be.a('string');
    });

    it('is open once for a decision, however many come at once', async () => {
      const adjustment = await suspended();
      const answers = await Promise.all([1, 2, 3].map(() => ask(adjustment)));
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 409, 409]);
      for (const answer of answers) if (answer.status === 409) isProblem(409, 'objection-open')(answer);
      expect(await ObjectionModel.countDocuments()).to.equal(1);
    });
  });

  describe('withdrawal', () => {
    it('ends it, and makes room for another', async () => {
      const adjustment = await suspended();
      const objection = await filed(adjustment);
      const { body } = await owner.api.post(`/objections/${objection.id}/withdraw`).expect(200);
      expect(body).to.deep.include({
        state: 'withdrawn',
        can: { withdraw: false, decide: false, redraft: false },
      });
      await owner.api.post(`/objections/${objection.id}/withdraw`).expect(isProblem(409, 'objection-state'));
      await decision(other, objection, true).expect(isProblem(409, 'objection-state'));
      expect(await actions(objection.id)).to.deep.equal(['objection.filed', 'objection.withdrawn']);
      await filed(adjustment);
    });
  });

  describe('the clock', () => {
    it('shows what is overdue, on the list and on the today board', async () => {
      const objection = await filed(await suspended());
      const today = async () => {
        const { body } = await other.api.get('/today').expect(200);
        const { items } = body as { items: { kind: string; count: number; clock: string; rows: string }[] };
        return items.find(({ kind }) => kind === 'objections');
      };
      expect(await today()).to.deep.include({ count: 1, clock: objection.due });
      expect(await listed(other, '?overdue=true')).to.deep.include({ total: 0 });
      expect((await listed(other, '?overdue=false')).total).to.equal(1);
      passTime(20 * days);
      const [item] = (await listed(other, '?state=open&overdue=true&sort=due')).items;
      expect(item).to.deep.include({ id: objection.id, overdue: true });
      expect((await listed(owner, `?merchant=${merchant._id}`)).items[0]?.overdue).to.equal(true);
      const board = await today();
      expect((await other.api.get(board?.rows ?? '').expect(200)).body).to.deep.include({ total: 1 });
      await decided(other, objection, false);
      expect(await today()).to.deep.include({ count: 0, clock: null });
      expect(await listed(other, '?overdue=true')).to.deep.include({ total: 0 });
    });

    it('gets no shorter when a year’s holidays are published', async () => {
      const objection = await filed(await suspended());
      const due = new Date(Date.now() + days);
      await ObjectionModel.updateOne({ _id: objection.id }, { $set: { unpublishedYear: 2025, due } });
      await sweep();
      const counted = await ObjectionModel.findById(objection.id).lean();
      expect(counted).to.deep.include({ unpublishedYear: null, due: new Date(objection.due) });
      const later = new Date(Date.now() + 90 * days);
      await ObjectionModel.updateOne({ _id: objection.id }, { $set: { unpublishedYear: 2025, due: later } });
      await sweep();
      expect((await ObjectionModel.findById(objection.id).lean())?.due).to.deep.equal(later);
    });
  });

  describe('who decides', () => {
    async function isBarred(person: Person, objection: Shown): Promise<void> {
      const view = await seen(person, objection);
      expect(view).to.deep.include({
        tookPart: true,
        can: { withdraw: false, decide: false, redraft: false },
      });
      for (const uphold of [true, false])
        await decision(person, objection, uphold).expect(isProblem(403, 'took-part'));
      expect((await seen(person, objection)).state).to.equal('open');
    }

    it('is neither drafter nor approver', async () => {
      const objection = await filed(await suspended());
      await isBarred(desk.staff, objection);
      await isBarred(desk.approver, objection);
      expect(await seen(other, objection)).to.deep.include({ tookPart: false });
      await decided(await aPerson('approver'), objection, false);
    });

    it('is not who submitted it, either', async () => {
      const draft = await drafted(desk, { merchants: [merchant._id] });
      const submitter = await aPerson('staff');
      const frozen = shownIn(await submitter.api.post(`/adjustments/${draft.id}/submit`).expect(200));
      await approved(desk.approver, frozen);
      await isBarred(submitter, await filed(draft.id));
    });

    it('is not who confirmed an emergency, be it after the objection', async () => {
      const wish = { merchants: [merchant._id], emergency: true, ground: undefined };
      const { id } = await drafted(desk, wish);
      const { setHash } = shownIn(await desk.staff.api.post(`/adjustments/${id}/submit`).expect(200));
      const objection = await filed(id);
      expect((await seen(desk.approver, objection)).can.decide).to.equal(true);
      await desk.approver.api.post(`/adjustments/${id}/confirm`).send({ setHash }).expect(200);
      await isBarred(desk.approver, objection);
    });

    it('is no inspector of the visit that it rests on, whatever his office is now', async () => {
      const inspector = await aPerson('inspector');
      const { visit } = await submitVisit(inspector.actor, aVisit(merchant._id));
      const named = await suspended({ ground: 'visit', basis: { kind: 'visit', id: visit._id } });
      const objection = await filed(named);
      await UserModel.updateOne({ _id: inspector.user._id }, { $set: { role: 'staff' } });
      await isBarred(inspector, objection);
    });

    it('is not the inspector of the last visit before it, where none is named', async () => {
      const inspector = await aPerson('inspector');
      await submitVisit(inspector.actor, aVisit(merchant._id));
      const unnamed = await suspended({ ground: 'visit' });
      const objection = await filed(unnamed);
      await UserModel.updateOne({ _id: inspector.user._id }, { $set: { role: 'staff' } });
      await isBarred(inspector, objection);
    });

    it('is nobody out of scope, and nobody who only reads', async () => {
      const objection = await filed(await suspended());
      const auditor = await aPerson('auditor');
      expect((await seen(auditor, objection)).can.decide).to.equal(false);
      await decision(auditor, objection, false).expect(isProblem(403, 'forbidden'));
      const elsewhere = await aPerson('staff', { areas: ['230199'] });
      await decision(elsewhere, objection, false).expect(isProblem(404, 'not-found'));
      await decision(await aPerson('inspector'), objection, false).expect(isProblem(403, 'forbidden'));
    });

    it('is one, though two decide at once', async () => {
      const objection = await filed(await suspended());
      const answers = await Promise.all([
        decision(other, objection, true),
        decision(await aPerson('staff'), objection, false),
        decision(await aPerson('staff'), objection, true),
      ]);
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409, 409]);
      const drafts = (await desk.staff.api.get('/adjustments?state=draft').expect(200)).body as List;
      const kept = await ObjectionModel.findById(objection.id).lean();
      expect(drafts.total).to.equal(kept?.state === 'upheld' ? 1 : 0);
    });
  });

  describe('the decision', () => {
    it('dismisses with a reason that the merchant reads', async () => {
      const objection = await filed(await suspended());
      await other.api
        .post(`/objections/${objection.id}/decide`)
        .send({ uphold: false })
        .expect(isProblem(400, 'invalid-request'));
      await decided(other, objection, false);
      expect(await seen(owner, objection)).to.deep.include({
        state: 'dismissed',
        decisionReason: '复核了照片和记录',
        remedy: null,
        remedyState: null,
      });
      expect(await statusNow()).to.equal('suspended');
      expect(await actions(objection.id)).to.deep.equal(['objection.filed', 'objection.dismissed']);
      await decision(other, objection, true).expect(isProblem(409, 'objection-state'));
    });

    it('drafts the undoing, and another person lists the shop again', async () => {
      const objection = await filed(await suspended());
      const { remedy, state, remedyState } = await decided(other, objection, true);
      expect({ state, remedyState }).to.deep.equal({ state: 'upheld', remedyState: 'draft' });
      expect(await statusNow()).to.equal('suspended');
      const draft = shownIn(await other.api.get(`/adjustments/${remedy}`).expect(200));
      expect(draft).to.deep.include({
        kind: 'undo',
        ground: 'objection',
        undoes: objection.decision.adjustment,
        basis: { kind: 'objection', id: objection.id },
      });
      await submitAndApprove(remedy);
      expect(await statusNow()).to.equal('listed');
      expect((await seen(owner, objection)).remedyState).to.equal('enacted');
      expect(await actions(objection.id)).to.deep.equal(['objection.filed', 'objection.upheld']);
    });

    it('is not approved by the approver who upheld it', async () => {
      const objection = await filed(await suspended());
      const upholder = await aPerson('approver');
      const { remedy } = await decided(upholder, objection, true);
      const frozen = shownIn(await desk.staff.api.post(`/adjustments/${remedy}/submit`).expect(200));
      const { id, setHash } = frozen;
      await upholder.api
        .post(`/adjustments/${id}/approve`)
        .send({ setHash })
        .expect(isProblem(403, 'four-eyes'));
      await approved(desk.approver, frozen);
      expect(await statusNow()).to.equal('listed');
    });

    it('takes that layer only: what was decided later stays', async () => {
      const first = await suspended();
      const objection = await filed(first);
      await adjust(desk, merchant._id, 'removed');
      const { remedy } = await decided(other, objection, true);
      await submitAndApprove(remedy);
      expect(await statusNow()).to.equal('removed');
    });

    it('undoes one shop of many, and leaves the others as they are', async () => {
      const neighbours = await listedMerchants(desk, [{}, {}]);
      const all = [merchant, ...neighbours].map(({ _id }) => _id);
      const { _id } = await adjust(desk, merchant._id, 'suspended', { merchants: all });
      const objection = await filed(_id);
      const { remedy } = await decided(other, objection, true);
      const draft: ShownAdjustment & { undoes?: string | null } = await submitAndApprove(remedy);
      expect(draft).to.deep.include({ undoes: null, merchant: merchant._id });
      expect(draft.dryRun.count).to.equal(1);
      expect(await statusNow()).to.equal('listed');
      for (const neighbour of neighbours) expect(await statusNow(neighbour)).to.equal('suspended');
      // The rest of it may still be undone.
      await desk.staff.api.post(`/adjustments/${_id}/undo`).send({ reason: '办理有误' }).expect(201);
    });

    it('is drafted anew where the undoing was overtaken, and not while it is under way', async () => {
      const neighbour = await aListedMerchant(desk);
      const merchants = [merchant._id, neighbour._id];
      const objection = await filed((await adjust(desk, merchant._id, 'suspended', { merchants }))._id);
      const again = (by: Person) => by.api.post(`/objections/${objection.id}/redraft`);
      await again(other).expect(isProblem(409, 'objection-state'));
      const { remedy } = await decided(other, objection, true);
      await again(other).expect(isProblem(409, 'objection-state'));
      const { setHash } = shownIn(await desk.staff.api.post(`/adjustments/${remedy}/submit`).expect(200));
      await MerchantModel.updateOne({ _id: merchant._id }, { $inc: { rev: 1 } });
      await desk.approver.api
        .post(`/adjustments/${remedy}/approve`)
        .send({ setHash })
        .expect(isProblem(409, 'adjustment-stale'));
      expect((await seen(other, objection)).can.redraft).to.equal(true);
      expect((await seen(desk.staff, objection)).can.redraft).to.equal(false);
      await again(desk.staff).expect(isProblem(403, 'took-part'));
      const answers = await Promise.all([again(other), again(await aPerson('staff'))]);
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
      const anew = await seen(other, objection);
      expect(anew).to.deep.include({ state: 'upheld', remedyState: 'draft' });
      await submitAndApprove(anew.remedy);
      expect(await statusNow()).to.equal('listed');
      expect(await statusNow(neighbour)).to.equal('suspended');
    });

    it('takes up an undoing that is under way, and drafts none where the layer is gone', async () => {
      const adjustment = await suspended();
      const undo = shownIn(
        await desk.staff.api.post(`/adjustments/${adjustment}/undo`).send({ reason: '办理有误' }).expect(201),
      );
      const first = await decided(other, await filed(adjustment), true);
      expect(first.remedy).to.equal(undo.id);
      await submitAndApprove(undo.id);
      const second = await decided(other, await filed(adjustment), true);
      expect(second).to.deep.include({ state: 'upheld', remedy: null });
    });
  });

  it('are listed within scope, by state and shop', async () => {
    const objection = await filed(await suspended());
    expect((await listed(other, '?state=open&state=upheld')).items).to.have.length(1);
    expect((await listed(other, '?state=dismissed')).total).to.equal(0);
    expect((await listed(other, '?area=230104001&taskForce=market')).total).to.equal(1);
    expect((await listed(other, '?area=230104005')).total).to.equal(0);
    expect((await listed(await aPerson('staff', { areas: ['230199'] }))).total).to.equal(0);
    expect((await listed(await aPerson('merchant'))).total).to.equal(0);
    expect((await listed(owner)).items[0]?.id).to.equal(objection.id);
    await (await aPerson('inspector')).api.get('/objections').expect(isProblem(403, 'forbidden'));
  });
});
