// Amendments over HTTP: a new version by whoever handed the visit in, exactly once, with the orders that it opens.
import { expect } from 'chai';
import type { Merchant } from '../../models/merchant.ts';
import { MerchantModel } from '../../models/merchant.ts';
import { OrderModel } from '../../models/order.ts';
import type { VisitBody } from '../../models/visit.ts';
import { VisitModel } from '../../models/visit.ts';
import { projectVisits } from '../../server/domain/visit-projection.ts';
import { ids } from '../../server/lib/ids.ts';
import { isProblem } from '../support/app.ts';
import { aPhoto, aVisit } from '../support/visits.ts';
import { aDesk, aListedMerchant, aPerson, emptyWorld, layGround, type Person } from '../support/world.ts';

type Shown = {
  id: string;
  state: string;
  result: string;
  version: number;
  flags: string[];
  needsReview: boolean;
  orders: { id: string; item: string; state: string }[];
  photos: { sha256: string; present: boolean }[];
  body: VisitBody;
  amendments: { id: string; version: number; reason: string; body: VisitBody }[];
  can: Record<string, boolean>;
};
const shownIn = ({ body }: { body: unknown }) => body as Shown;

describe('an amendment', () => {
  let inspector: Person;
  let merchant: Merchant;

  before(async () => {
    await emptyWorld();
    await layGround();
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
  });

  beforeEach(async () => {
    merchant = await aListedMerchant(await aDesk());
  });

  async function handedIn(changes: Partial<VisitBody> = {}): Promise<VisitBody> {
    const visit = aVisit(merchant._id, changes);
    await inspector.api.post('/visits').send(visit).expect(201);
    return visit;
  }
  const anAmendment = (visit: VisitBody, version = 1) => ({
    id: ids.uuid(),
    version,
    reason: '填错了',
    sealedAt: new Date().toISOString(),
    visit,
  });
  const send = (id: string, amendment: object, by = inspector) =>
    by.api.post(`/visits/${id}/amendments`).send(amendment);

  it('is the version that shows, and leaves the first one readable and its receipt as it was', async () => {
    const visit = await handedIn();
    const before = await inspector.api.post('/visits').send(visit).expect(200);
    const corrected = { ...visit, note: '店主在场', personMet: '王某' };
    const shown = shownIn(await send(visit.id, anAmendment(corrected)).expect(201));
    expect(shown).to.deep.include({ version: 2, result: 'passed', body: visit });
    expect(shown.amendments).to.have.length(1);
    expect(shown.amendments[0]).to.deep.include({ version: 2, reason: '填错了', body: corrected });
    const after = await inspector.api.post('/visits').send(visit).expect(200);
    expect(after.body).to.deep.equal(before.body);
  });

  it('sent twenty times at once is one version; the same id with other content is refused', async () => {
    const visit = await handedIn();
    const amendment = anAmendment({ ...visit, note: '一次' });
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(visit.id, amendment)));
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([...Array<number>(19).fill(200), 201]);
    await send(visit.id, { ...amendment, reason: '别的' }).expect(isProblem(409, 'visit-differs'));
    expect((await VisitModel.findById(visit.id).lean())?.amendments).to.have.length(1);
  });

  it('of an older version than the present one is refused', async () => {
    const visit = await handedIn();
    await send(visit.id, anAmendment({ ...visit, note: '一' })).expect(201);
    const stale = await send(visit.id, anAmendment({ ...visit, note: '二' })).expect(
      isProblem(412, 'stale-version'),
    );
    expect((stale.body as { present: number }).present).to.equal(2);
    const two = await Promise.all(
      ['三', '四'].map((note) => send(visit.id, anAmendment({ ...visit, note }, 2))),
    );
    expect(two.map(({ status }) => status).sort()).to.deep.equal([201, 412]);
  });

  it('that finds a fault opens an order, whose clock begins now; the receipt does not change', async () => {
    const visit = await handedIn();
    const receipt = (await inspector.api.post('/visits').send(visit).expect(200)).body as object;
    const { bytes, sha256 } = await aPhoto();
    const answers = [
      { item: 'scan', outcome: 'fail' as const, photos: [sha256], fix: { kind: 'timed' as const } },
    ];
    const shown = shownIn(await send(visit.id, anAmendment({ ...visit, answers })).expect(201));
    expect(shown).to.include({ state: 'received', result: 'orders' });
    expect(shown.orders.map(({ item, state }) => ({ item, state }))).to.deep.equal([
      { item: 'scan', state: 'open' },
    ]);
    expect((await MerchantModel.findById(merchant._id).lean())?.openOrders).to.equal(1);
    await inspector.api.post('/photos').attach('photo', bytes, 'a.jpg').expect(201);
    const whole = shownIn(await inspector.api.get(`/visits/${visit.id}`).expect(200));
    expect(whole.state).to.equal('complete');
    const order = await OrderModel.findById(whole.orders[0]?.id).lean();
    expect(order?.history[0]?.photos).to.deep.equal([{ sha256, present: true, lost: false }]);
    const again = (await inspector.api.post('/visits').send(visit).expect(200)).body as object;
    expect(again).to.deep.equal(receipt);
  });

  it('that takes a fault back leaves its order, and asks for a review', async () => {
    const photo = await aPhoto();
    await inspector.api.post('/photos').attach('photo', photo.bytes, 'a.jpg').expect(201);
    const fault = {
      item: 'scan',
      outcome: 'fail' as const,
      photos: [photo.sha256],
      fix: { kind: 'timed' as const },
    };
    const visit = await handedIn({ answers: [fault] });
    const corrected = { ...visit, answers: [{ item: 'scan', outcome: 'pass' as const }] };
    const shown = shownIn(await send(visit.id, anAmendment(corrected)).expect(201));
    expect(shown).to.include({ result: 'passed', needsReview: true });
    expect(shown.flags).to.include('fault-withdrawn');
    expect(shown.orders).to.have.length(1);
    expect((await OrderModel.findById(shown.orders[0]?.id).lean())?.state).to.equal('open');
    await projectVisits();
    expect((await MerchantModel.findById(merchant._id).lean())?.lastVisit?.result).to.equal('passed');
  });

  it('cannot make another visit of it, nor be malformed', async () => {
    const visit = await handedIn();
    const other = { ...visit, merchant: (await aListedMerchant(await aDesk()))._id, kind: 'patrol' as const };
    const { body } = await send(visit.id, anAmendment(other)).expect(isProblem(400, 'invalid-request'));
    const paths = (body as { errors: { path: string }[] }).errors.map(({ path }) => path);
    expect(paths).to.have.members(['/visit/kind', '/visit/merchant']);
    await send(visit.id, anAmendment({ ...visit, answers: [{ item: 'mask', outcome: 'fail' }] })).expect(
      isProblem(400, 'invalid-request'),
    );
  });

  it('is made by whoever handed the visit in, wherever he has been moved since, and by nobody else', async () => {
    const visit = await handedIn();
    const colleague = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    const stranger = await aPerson('inspector', { areas: ['230199'] });
    await send(visit.id, anAmendment({ ...visit, note: '甲' }), colleague).expect(
      isProblem(403, 'forbidden'),
    );
    await send(visit.id, anAmendment({ ...visit, note: '乙' }), stranger).expect(isProblem(404, 'not-found'));
    await VisitModel.updateOne({ _id: visit.id }, { $set: { areas: ['23', '2301', '230199'] } });
    await send(visit.id, anAmendment({ ...visit, note: '丙' })).expect(201);
  });

  it('ends at the twentieth', async () => {
    const visit = await handedIn();
    for (let version = 1; version <= 20; version += 1)
      await send(visit.id, anAmendment({ ...visit, note: String(version) }, version)).expect(201);
    await send(visit.id, anAmendment({ ...visit, note: '多' }, 21)).expect(
      isProblem(409, 'too-many-amendments'),
    );
  });
});
