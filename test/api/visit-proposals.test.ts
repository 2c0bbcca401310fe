// What visits propose: one open draft per shop and rule, with its causes; it lapses with them, and a dismissal holds until a new one.
import { expect } from 'chai';
import { AdjustmentModel } from '../../models/adjustment.ts';
import { AreaSettingsModel } from '../../models/settings.ts';
import { MerchantModel, type Merchant } from '../../models/merchant.ts';
import type { VisitBody } from '../../models/visit.ts';
import { followSettings } from '../../server/domain/settings.ts';
import { submitVisit } from '../../server/domain/visits.ts';
import { sweep } from '../../server/jobs/sweep.ts';
import { clock } from '../../server/lib/clock.ts';
import { isProblem } from '../support/app.ts';
import { approved, days, passTime, releaseClock, shownIn } from '../support/desk.ts';
import { aPhoto, aVisit } from '../support/visits.ts';
import {
  aDesk,
  aListedMerchant,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  type Person,
} from '../support/world.ts';

type Shown = { proposed: { rule: string; causes: { kind: string; id: string }[] } | null };

describe('a proposal from visits', () => {
  let desk: Desk;
  let inspector: Person;
  let merchant: Merchant;

  beforeEach(async () => {
    releaseClock();
    await emptyWorld();
    await followSettings();
    await layGround();
    desk = await aDesk();
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    merchant = await aListedMerchant(desk);
  });

  after(() => {
    releaseClock();
  });

  async function visited(changes: Partial<VisitBody>): Promise<string> {
    const arrivedAt = new Date(clock.now().getTime() - 60_000).toISOString();
    const visit = aVisit(merchant._id, { arrivedAt, sealedAt: arrivedAt, ...changes });
    const { _id } = (await submitVisit(inspector.actor, visit)).visit;
    await sweep();
    passTime(days);
    return _id;
  }
  async function failed(): Promise<string> {
    const { sha256 } = await aPhoto({ width: 64, height: 48 });
    return visited({
      answers: [{ item: 'entrance', outcome: 'fail', photos: [sha256], fix: { kind: 'timed' } }],
    });
  }
  const closed = () => visited({ noEntry: 'closed', answers: [] });
  const proposals = (rule: string) =>
    AdjustmentModel.find({ proposal: `${rule}/${merchant._id}` })
      .sort({ draftedAt: 1 })
      .lean();
  const statesOf = async (rule: string) => (await proposals(rule)).map(({ state }) => state);
  const anew = async () => {
    desk = await aDesk();
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
  };

  it('is drafted once, with the visits it rests on, counted on the board, and enacted by two people', async () => {
    const visits = [await failed(), await failed()];
    expect(await proposals('failed-visits')).to.deep.equal([]);
    visits.push(await failed());
    await Promise.all([sweep(), sweep()]);
    const [draft, ...more] = await proposals('failed-visits');
    expect(more).to.deep.equal([]);
    expect(draft).to.deep.include({ state: 'draft', to: 'suspended', ground: 'visit', count: 1 });
    expect(draft?.basis).to.deep.equal({ kind: 'visit', id: visits[2] });

    await anew();
    const { body } = await desk.staff.api.get(`/adjustments/${draft?._id}`).expect(200);
    const { proposed } = body as Shown;
    expect(proposed?.rule).to.equal('failed-visits');
    expect(proposed?.causes.map(({ id }) => id)).to.have.members(visits);
    const { body: today } = await desk.staff.api.get('/today').expect(200);
    const { items } = today as { items: { kind: string; count: number }[] };
    expect(items.find(({ kind }) => kind === 'proposals')?.count).to.equal(1);

    visits.push(await failed());
    const [same] = await proposals('failed-visits');
    expect(same?.causes?.map(({ id }) => id)).to.have.members(visits);
    await anew();
    const frozen = shownIn(await desk.staff.api.post(`/adjustments/${draft?._id}/submit`).expect(200));
    await approved(desk.approver, frozen);
    expect((await MerchantModel.findById(merchant._id).lean())?.status).to.equal('suspended');
  });

  it('lapses by itself when its visits are too long ago', async () => {
    for (let time = 0; time < 3; time++) await failed();
    expect(await statesOf('failed-visits')).to.deep.equal(['draft']);
    passTime(26 * days);
    await sweep();
    expect(await statesOf('failed-visits')).to.deep.equal(['draft']);
    passTime(2 * days);
    await sweep();
    expect(await statesOf('failed-visits')).to.deep.equal(['withdrawn']);
    // What lapsed was decided by nobody: the next three count again.
    await anew();
    for (let time = 0; time < 3; time++) await failed();
    expect(await statesOf('failed-visits')).to.deep.equal(['withdrawn', 'draft']);
  });

  it('that is dismissed with a reason stays away until there is a new cause', async () => {
    for (let time = 0; time < 3; time++) await failed();
    const [draft] = await proposals('failed-visits');
    await anew();
    const withdraw = (body: object) => desk.staff.api.post(`/adjustments/${draft?._id}/withdraw`).send(body);
    await withdraw({}).expect(isProblem(400, 'invalid-request'));
    const dismissed = shownIn(await withdraw({ note: '正在装修' }).expect(200));
    expect(dismissed).to.include({ state: 'withdrawn', decisionNote: '正在装修' });
    await visited({});
    expect(await statesOf('failed-visits')).to.deep.equal(['withdrawn']);
    await failed();
    expect(await statesOf('failed-visits')).to.deep.equal(['withdrawn', 'draft']);
  });

  it('to remove a shop that is found closed time after time goes with the first open door', async () => {
    const visits = [await closed(), await closed(), await closed()];
    const [draft] = await proposals('found-closed');
    expect(draft).to.deep.include({ state: 'draft', to: 'removed', ground: 'closure' });
    expect(draft?.causes?.map(({ id }) => id)).to.have.members(visits);
    await visited({});
    expect(await statesOf('found-closed')).to.deep.equal(['withdrawn']);
  });

  it('comes by what the area sets, and not at all where that is 0', async () => {
    const admin = await aPerson('admin');
    await admin.api.put('/settings/230104').send({ failedVisits: 2, closedVisits: 0 }).expect(201);
    await failed();
    await failed();
    expect(await statesOf('failed-visits')).to.deep.equal(['draft']);
    for (let time = 0; time < 4; time++) await closed();
    expect(await proposals('found-closed')).to.deep.equal([]);
    await AreaSettingsModel.deleteMany({});
    await followSettings();
  });

  it('is not made for a shop that is not on the list', async () => {
    await MerchantModel.updateOne({ _id: merchant._id }, { $set: { outlook: [] } });
    for (let time = 0; time < 3; time++) await failed();
    expect(await proposals('failed-visits')).to.deep.equal([]);
  });
});
