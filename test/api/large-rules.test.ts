// A rule that finds very many shops: drafted outside of any long transaction, refused before it is read where they are too many.
import { expect } from 'chai';
import { AdjustmentLineModel, AdjustmentModel } from '../../models/adjustment.ts';
import { LinesAheadModel } from '../../models/lines-ahead.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { prepareDraft } from '../../server/domain/adjustment-drafts.ts';
import type { DraftRequest } from '../../server/domain/draft-parts.ts';
import { whenLinesAheadAreSwept } from '../../server/domain/lines-ahead.ts';
import { ids } from '../../server/lib/ids.ts';
import { makeDoorCode } from '../../server/lib/door-code.ts';
import { isProblem } from '../support/app.ts';
import {
  enacted,
  hours,
  minutes,
  passTime,
  releaseClock,
  shownIn,
  type ShownAdjustment,
} from '../support/desk.ts';
import { aDesk, aListedMerchant, type Desk, emptyWorld, layGround } from '../support/world.ts';

/** One more than are held until their adjustment is there, so that some are written before it. */
const many = 5_001;
/** Shops that a rule may find. */
const mostOfRule = 50_000;

/** By their records alone, and as little of them as a draft reads. */
async function bareMerchants(example: Merchant, count: number): Promise<void> {
  const more = Array.from({ length: count }, () => ({
    ...example,
    _id: ids.uuid(),
    doorCode: makeDoorCode(ids.bytes(8)),
    uscc: null,
    grams: [],
  }));
  await MerchantModel.collection.insertMany(more as never[]);
}

describe('a rule over very many shops', function () {
  this.timeout(60_000);
  let desk: Desk;
  let example: Merchant;
  /** Of a rule that has found one shop, and that all the others match later. */
  let closure: ShownAdjustment;

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    await aListedMerchant(desk, { category: 'supermarket' });
    const rule = { where: { category: ['supermarket', 'pharmacy'] } };
    closure = await enacted(desk, { rule });
    example = await aListedMerchant(desk);
    await bareMerchants(example, many - 1);
  });

  beforeEach(async () => {
    await AdjustmentModel.deleteMany({ state: 'draft' });
    await AdjustmentLineModel.deleteMany({ adjustment: { $ne: closure.id } });
  });

  afterEach(releaseClock);

  const wish = {
    to: 'suspended',
    ground: 'notice',
    reason: '测试',
    rule: { where: { status: ['listed'] } },
  } satisfies Partial<DraftRequest>;
  const draft = (key: string, body: object = wish) =>
    desk.staff.api.post('/adjustments').set('Idempotency-Key', key).send(body);
  const linesThere = () => AdjustmentLineModel.countDocuments({ adjustment: { $ne: closure.id } });
  const drafts = () => AdjustmentModel.find({ state: 'draft' }, { count: 1 }).lean();

  /** Others see lines before there is a draft: within one transaction they would see both or neither. */
  const linesAreSeenBefore = async () => {
    let lines = 0;
    for (; lines === 0 && (await drafts()).length === 0; lines = await linesThere());
    return lines > 0 && (await drafts()).length === 0;
  };

  const later = async () =>
    (await desk.staff.api.get(`/adjustments/${closure.id}/matches`).expect(200)).body as object;
  const follow = () => desk.staff.api.post(`/adjustments/${closure.id}/matches`).send({});

  it('is drafted under a key before the transaction that keeps the answer', async () => {
    const [{ body }, areSeen] = await Promise.all([draft('large').expect(201), linesAreSeenBefore()]);
    expect(areSeen).to.equal(true);
    expect(shownIn({ body }).dryRun.count).to.equal(many);
    const again = await draft('large').expect(201);
    expect(again.headers['idempotency-replayed']).to.equal('true');
    expect(again.body).to.deep.equal(body);
    await draft('large', { ...wish, reason: '别的' }).expect(isProblem(422, 'idempotency-differs'));
    expect(await drafts()).to.have.length(1);
    expect(await linesThere()).to.equal(many);
  });

  it('sent twice at once under a key is one draft, and nothing is left of the other', async () => {
    const answers = await Promise.all([draft('twice'), draft('twice')]);
    const done = answers.filter(({ status }) => status === 201).map((answer) => shownIn(answer).id);
    expect(new Set(done).size).to.equal(1);
    for (const answer of answers.filter(({ status }) => status !== 201))
      isProblem(409, 'request-in-flight')(answer);
    expect(await drafts()).to.deep.equal([{ _id: done[0], count: many }]);
    expect(await linesThere()).to.equal(many);
  });

  it('leaves lines behind where it is killed, which go after an hour; of one that came to be they stay', async () => {
    await draft('stays').expect(201);
    const { create } = await prepareDraft(desk.staff.actor, { ...wish, kind: 'rule' });
    const ahead = async () => (await linesThere()) - many;
    const written = await ahead();
    expect(written).to.be.above(0);
    passTime(59 * minutes);
    await whenLinesAheadAreSwept();
    expect(await ahead()).to.equal(written);
    passTime(2 * minutes);
    await whenLinesAheadAreSwept();
    expect(await ahead()).to.equal(0);
    expect(await LinesAheadModel.countDocuments({})).to.equal(0);
    // It was only very slow.
    const late = await create().catch((error: unknown) => error);
    expect(late).to.include({ code: 'unavailable' });
    expect(await drafts()).to.have.length(1);
  });

  it('comes to be whole or not at all where it is given up at the same moment', async () => {
    const { create, tidy } = await prepareDraft(desk.staff.actor, { ...wish, kind: 'rule' });
    passTime(hours + minutes);
    const [refusal] = await Promise.all([
      create().then(
        () => null,
        (error: unknown) => error,
      ),
      whenLinesAheadAreSwept(),
    ]);
    await tidy();
    if (refusal !== null) expect(refusal).to.include({ code: 'unavailable' });
    expect(await drafts()).to.have.length(refusal === null ? 1 : 0);
    expect(await linesThere()).to.equal(refusal === null ? many : 0);
    expect(await LinesAheadModel.countDocuments({})).to.equal(0);
  });

  it('offers those that match later as one draft, however many they are', async () => {
    expect(await later()).to.deep.equal({ count: many, open: null, tooMany: false });
    const [{ body }, areSeen] = await Promise.all([
      follow().set('Idempotency-Key', 'later').expect(201),
      linesAreSeenBefore(),
    ]);
    expect(areSeen).to.equal(true);
    expect(shownIn({ body })).to.deep.include({ kind: 'list', follows: closure.id });
    expect(shownIn({ body }).dryRun.count).to.equal(many);
    expect(await later()).to.deep.equal({ count: 0, open: shownIn({ body }).id, tooMany: false });
    await desk.staff.api.post(`/adjustments/${shownIn({ body }).id}/submit`).expect(200);
    await desk.staff.api.post(`/adjustments/${shownIn({ body }).id}/withdraw`).expect(200);
  });

  it('is refused before its shops are read where it finds too many, those passed over included', async () => {
    await bareMerchants(example, mostOfRule + 1 - many);
    const asked = { ...wish, to: 'listed' };
    await desk.staff.api
      .post('/adjustments/dry-run')
      .send(asked)
      .expect(isProblem(422, 'adjustment-too-large'));
    await draft('too-many', asked).expect(isProblem(422, 'adjustment-too-large'));
    // Those that a rule found when it was enacted are not looked at again.
    expect(await later()).to.deep.equal({ count: 0, open: null, tooMany: true });
    await follow().expect(isProblem(422, 'adjustment-too-large'));
    const [first] = await MerchantModel.find({}, { _id: 1 }).sort({ _id: -1 }).limit(1).lean();
    await MerchantModel.deleteOne({ _id: first?._id });
    const { body } = await desk.staff.api.post('/adjustments/dry-run').send(asked).expect(200);
    expect(body).to.deep.include({ count: 0, already: mostOfRule });
  });
});
