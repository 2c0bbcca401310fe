// Submitting an import of many shops: answered at once, made in the background, once, and gone on with after a kill.
import { expect } from 'chai';
import mongoose from 'mongoose';
import { type Adjustment, AdjustmentLineModel, AdjustmentModel } from '../../models/adjustment.ts';
import { AuditRecordModel } from '../../models/audit-record.ts';
import { type Import, ImportModel, ImportRowModel } from '../../models/import.ts';
import { UserModel } from '../../models/user.ts';
import { byOf } from '../../server/domain/actor.ts';
import { draftImport } from '../../server/domain/import-drafts.ts';
import { continueSubmissions, whenImportsAreSubmitted } from '../../server/domain/import-submission.ts';
import { whenLinesAheadAreSwept } from '../../server/domain/lines-ahead.ts';
import { setHashOf } from '../../server/domain/set-hash.ts';
import { isProblem } from '../support/app.ts';
import { hours, passTime, releaseClock } from '../support/desk.ts';
import { csv, imported, type ShownImport, shownImport, submittedImport } from '../support/imports.ts';
import { makeUscc } from '../../server/lib/uscc.ts';
import { aDesk, aPerson, type Desk, emptyWorld, layGround } from '../support/world.ts';

const count = 2_010;
const columns = ['商户名称', '统一社会信用代码', '类别', '街道代码', '地址', '联系电话'];
const file = csv(
  columns,
  Array.from({ length: count }, (_, i) => [
    `店${i}`,
    makeUscc('92', '230104', 2_000_000 + i),
    'pharmacy',
    '230104001',
    `靖宇街${i}号`,
    '0451-88881234',
  ]),
);

describe('submitting an import of many shops', function () {
  this.timeout(60_000);
  let desk: Desk;
  let one: ShownImport;
  let read: Import;
  let rows: object[];

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    one = await imported(desk.staff, file);
    read = (await ImportModel.findById(one.id).lean<Import>()) ?? read;
    rows = await ImportRowModel.find({ import: one.id }).lean();
  });

  /** As it was when it was read. */
  beforeEach(async () => {
    await AdjustmentModel.deleteMany({});
    await AdjustmentLineModel.deleteMany({});
    await ImportModel.replaceOne({ _id: one.id }, read);
    await AuditRecordModel.deleteMany({});
    await UserModel.updateOne({ _id: desk.staff.user._id }, { $set: { disabled: false } });
  });

  const submit = (body: object = {}) => desk.staff.api.post(`/imports/${one.id}/submit`).send(body);
  const shown = () => shownImport(desk.staff, one.id);
  const stored = () => ImportModel.findById(one.id).lean<Import>();
  /** What was submitted is the whole file, once, and hashed as it stands. */
  const isWhole = async () => {
    const [adjustment, ...more] = await AdjustmentModel.find().lean<Adjustment[]>();
    if (!adjustment) throw new Error('nothing was submitted');
    expect(more).to.deep.equal([]);
    expect(adjustment).to.include({ state: 'submitted', count });
    const lines = await AdjustmentLineModel.find().sort({ index: 1 }).lean();
    expect(lines.map(({ facts }) => facts?.name)).to.deep.equal(Array.from(rows, (_, i) => `店${i}`));
    expect(lines.every((line) => line.adjustment === adjustment._id)).to.equal(true);
    expect(setHashOf(adjustment, lines)).to.equal(adjustment.setHash);
    return adjustment;
  };
  const trailOf = async (record: string) => {
    const trail = await AuditRecordModel.find({ record }).sort({ at: 1, _id: 1 }).lean();
    return trail.map(({ action, by, after }) => ({ action, by: by.id, after }));
  };
  /** Begun by a process that wrote so many lines and fell silent. */
  const brokenOff = async (written: number, heardAt: Date | null = new Date(0)) => {
    const submission = {
      by: byOf(desk.staff.actor),
      reason: '换发',
      notice: null,
      adjustment: '0190aaaa-0000-7000-8000-000000000001',
      written,
      attempt: 1,
      heardAt,
    };
    await ImportModel.updateOne({ _id: one.id }, { $set: { state: 'submitting', submission } });
    return submission.adjustment;
  };

  it('answers at once, tells how far it is, and comes to its adjustment', async () => {
    const { body } = await submit({ reason: '换发名单', notice: '通告7号' }).expect(202);
    expect(body).to.deep.include({
      state: 'submitting',
      adjustment: null,
      progress: { phase: 'submitting', rows: 0, of: count },
      can: { submit: false },
    });
    await submit().expect(isProblem(409, 'import-state'));
    const seen = new Set<number>();
    for (let now = await shown(); now.state === 'submitting'; now = await shown())
      seen.add(now.progress.rows);
    expect([...seen].some((written) => written > 0 && written < count)).to.equal(true);
    await whenImportsAreSubmitted();
    const adjustment = await isWhole();
    expect(adjustment).to.include({ reason: '换发名单', notice: '通告7号', needsApproval: true });
    expect(await shown()).to.deep.include({
      state: 'submitted',
      failure: null,
      adjustment: { id: adjustment._id, state: 'submitted' },
    });
    const by = desk.staff.user._id;
    const asked = { reason: '换发名单', notice: '通告7号', adjustment: adjustment._id };
    expect(await trailOf(one.id)).to.deep.equal([{ action: 'import.submitted', by, after: asked }]);
    const trail = await trailOf(adjustment._id);
    expect(trail.map((record) => [record.action, record.by])).to.deep.equal([
      ['adjustment.drafted', by],
      ['adjustment.submitted', by],
    ]);
    await submit().expect(isProblem(409, 'import-state'));
  });

  it('makes one adjustment of submissions at the same time, and of one that is repeated under its key', async () => {
    const colleague = await aPerson('staff');
    const answers = await Promise.all([
      ...Array.from({ length: 4 }, () => submit().set('Idempotency-Key', 'once')),
      colleague.api.post(`/imports/${one.id}/submit`),
    ]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([202, 409, 409, 409, 409]);
    await whenImportsAreSubmitted();
    await isWhole();
    await submit().set('Idempotency-Key', 'once').expect(isProblem(409, 'import-state'));
  });

  it('goes on where a killed process left it, and leaves one that lives alone', async () => {
    await submit().expect(202);
    await whenImportsAreSubmitted();
    const lines = await AdjustmentLineModel.find({ index: { $lt: 700 } }).lean();
    await AdjustmentModel.deleteMany({});
    await AdjustmentLineModel.deleteMany({});
    const adjustment = await brokenOff(500, new Date());
    const kept = lines.map((line) => ({ ...line, _id: `${adjustment}/${line.index}`, adjustment }));
    await AdjustmentLineModel.insertMany(kept, { lean: true });
    await whenImportsAreSubmitted();
    expect(await stored()).to.deep.include({ state: 'submitting' });

    await brokenOff(500);
    await whenImportsAreSubmitted();
    expect((await isWhole())._id).to.equal(adjustment);
    const salts = (some: typeof kept) => some.map(({ contactSalt }) => contactSalt);
    const first = await AdjustmentLineModel.find({ index: { $lt: 700 } })
      .sort({ index: 1 })
      .lean<typeof kept>();
    expect(salts(first)).to.deep.equal(salts(kept.toSorted((a, b) => a.index - b.index)));
  });

  it('is given up by a process that fell silent and was followed by another', async () => {
    const adjustment = await brokenOff(0, null);
    // While the first writes, another claims it: as where a process stood still for longer than it may.
    await continueSubmissions();
    while ((await AdjustmentLineModel.countDocuments({ adjustment })) === 0);
    await ImportModel.updateOne(
      { _id: one.id },
      { $set: { 'submission.attempt': 7, 'submission.heardAt': new Date() } },
    );
    await whenImportsAreSubmitted();
    expect(await AdjustmentModel.countDocuments()).to.equal(0);
    expect(await stored()).to.deep.include({ state: 'submitting' });
    await ImportModel.updateOne({ _id: one.id }, { $set: { 'submission.heardAt': new Date(0) } });
    await whenImportsAreSubmitted();
    await isWhole();
  });

  it('says with the import why it came to nothing, leaves nothing behind, and can be submitted again', async () => {
    await ImportRowModel.deleteOne({ import: one.id, index: count - 1 });
    const failed = await submittedImport(desk.staff, one);
    expect(failed).to.deep.include({
      state: 'ready',
      failure: {
        code: 'import-expired',
        message: 'The rows of the import have expired. They are kept for thirty days. Import the file again.',
      },
      adjustment: null,
      can: { submit: true },
    });
    expect(await AdjustmentLineModel.countDocuments()).to.equal(0);
    await ImportRowModel.insertMany(rows.slice(-1), { lean: true });
    expect(await submittedImport(desk.staff, one)).to.deep.include({ state: 'submitted', failure: null });
    await isWhole();
  });

  it('leaves no contacts behind where it is killed and nobody goes on with it', async () => {
    const drafting = { reason: '换发', notice: null, adjustment: await brokenOff(0, new Date()) };
    const killed = () =>
      stored()
        .then((now) =>
          draftImport(desk.staff.actor, now ?? read, drafting, () => Promise.reject(new Error())),
        )
        .catch(() => AdjustmentLineModel.countDocuments({ contact: { $ne: null } }));
    expect(await killed()).to.equal(count);
    passTime(2 * hours);
    await whenLinesAheadAreSwept();
    // Another process may go on with it still.
    expect(await AdjustmentLineModel.countDocuments()).to.equal(count);
    await ImportModel.replaceOne({ _id: one.id }, read);
    await whenLinesAheadAreSwept();
    expect(await AdjustmentLineModel.countDocuments()).to.equal(0);
    releaseClock();
  });

  it('is not submitted for somebody who may no longer do so', async () => {
    await brokenOff(0);
    await UserModel.updateOne({ _id: desk.staff.user._id }, { $set: { disabled: true } });
    await whenImportsAreSubmitted();
    expect(await stored()).to.deep.include({ state: 'ready', failure: { code: 'forbidden', facts: {} } });
    expect(await AdjustmentModel.countDocuments()).to.equal(0);
    expect(await trailOf(one.id)).to.deep.equal([
      { action: 'import.given-back', by: 'system', after: { code: 'forbidden' } },
    ]);
  });

  /** The trail cannot be written for once; with the label of what a transaction is begun anew for, or without. */
  const failingOnce = (label: string | null) => {
    const create = AuditRecordModel.create.bind(AuditRecordModel);
    const error = new mongoose.mongo.MongoServerError({ message: 'for once' });
    if (label !== null) error.addErrorLabel(label);
    const failing = () => {
      Object.assign(AuditRecordModel, { create });
      return Promise.reject(error);
    };
    Object.assign(AuditRecordModel, { create: failing });
  };

  it('leaves one record of being asked for and of being given back, where either is written twice', async () => {
    failingOnce('TransientTransactionError');
    await submit().expect(202);
    await whenImportsAreSubmitted();
    expect((await trailOf(one.id)).map(({ action }) => action)).to.deep.equal(['import.submitted']);
    await AuditRecordModel.deleteMany({});
    await AdjustmentModel.deleteMany({});
    await AdjustmentLineModel.deleteMany({});
    await brokenOff(0);
    await UserModel.updateOne({ _id: desk.staff.user._id }, { $set: { disabled: true } });
    failingOnce('TransientTransactionError');
    await whenImportsAreSubmitted();
    expect(await stored()).to.include({ state: 'ready' });
    expect((await trailOf(one.id)).map(({ action }) => action)).to.deep.equal(['import.given-back']);
  });

  it('is not asked for, nor given back, without a record of it', async () => {
    failingOnce(null);
    await submit().expect(500);
    expect(await stored()).to.include({ state: 'ready' });
    await brokenOff(0);
    await UserModel.updateOne({ _id: desk.staff.user._id }, { $set: { disabled: true } });
    failingOnce(null);
    await whenImportsAreSubmitted();
    expect(await stored()).to.include({ state: 'submitting' });
  });
});
