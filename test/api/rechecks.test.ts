// Lifting a suspension that rests on a visit or an order: only after a passed recheck by another inspector.
import { expect } from 'chai';
import type { Merchant } from '../../models/merchant.ts';
import type { VisitBody } from '../../models/visit.ts';
import { submitVisit } from '../../server/domain/visits.ts';
import { ids } from '../../server/lib/ids.ts';
import { isProblem } from '../support/app.ts';
import { approved, drafted, enacted, submitted, undone } from '../support/desk.ts';
import { aVisit } from '../support/visits.ts';
import {
  aDesk,
  aListedMerchant,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  type Person,
} from '../support/world.ts';

describe('a suspension for a visit', () => {
  let desk: Desk;
  let finder: Person;
  let other: Person;
  let merchant: Merchant;
  let basis: { kind: string; id: string };

  beforeEach(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    finder = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    other = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    merchant = await aListedMerchant(desk);
    basis = { kind: 'visit', id: await visited(finder, { kind: 'routine' }) };
  });

  async function visited({ actor }: Person, changes: Partial<VisitBody>): Promise<string> {
    return (await submitVisit(actor, aVisit(merchant._id, changes))).visit._id;
  }
  const suspended = () => enacted(desk, { ground: 'visit', basis, merchants: [merchant._id] });
  const lifting = () => ({ to: 'listed', ground: 'verified', reason: '整改到位', merchants: [merchant._id] });
  const conflictsOf = async () => (await drafted(desk, lifting())).dryRun.conflicts.map(({ code }) => code);

  it('is lifted after another inspector passed it in a recheck', async () => {
    await suspended();
    expect(await conflictsOf()).to.deep.equal(['needs-recheck']);
    await visited(other, { kind: 'recheck' });
    expect(await conflictsOf()).to.deep.equal([]);
    expect(await enacted(desk, lifting())).to.include({ state: 'enacted' });
  });

  it('is not lifted by the finder’s own recheck, a failed one, another kind of visit, or one from before', async () => {
    await visited(other, { kind: 'recheck' });
    await suspended();
    await visited(finder, { kind: 'recheck' });
    await visited(other, { kind: 'routine' });
    await visited(other, { kind: 'recheck', noEntry: 'closed', answers: [] });
    expect(await conflictsOf()).to.deep.equal(['needs-recheck']);
    const draft = await drafted(desk, lifting());
    await desk.staff.api
      .post(`/adjustments/${draft.id}/submit`)
      .expect(isProblem(409, 'adjustment-conflicts'));
  });

  it('can be undone as an error without one', async () => {
    const adjustment = await suspended();
    expect(await undone(desk, adjustment)).to.include({ state: 'enacted' });
  });

  it('made anew since the lifting was drafted makes that stale', async () => {
    await suspended();
    await visited(other, { kind: 'recheck' });
    const waiting = await submitted(desk, lifting());
    await enacted(desk, lifting());
    await suspended();
    await desk.approver.api
      .post(`/adjustments/${waiting.id}/approve`)
      .send({ setHash: waiting.setHash })
      .expect(isProblem(409, 'adjustment-stale'));
  });

  it('that names no visit is not lifted by who visited it last', async () => {
    const neighbour = await aListedMerchant(desk);
    await enacted(desk, { ground: 'order', merchants: [merchant._id, neighbour._id] });
    await visited(finder, { kind: 'recheck' });
    expect(await conflictsOf()).to.deep.equal(['needs-recheck']);
    await visited(other, { kind: 'recheck' });
    expect(await conflictsOf()).to.deep.equal([]);
  });

  it('is not lifted by its own finder because another shop is lifted beside it', async () => {
    const neighbour = await aListedMerchant(desk);
    // The id that sorts last would win if the findings of both were thrown together.
    const first = await visited(other, { kind: 'routine', id: 'ffffffff-ffff-7fff-bfff-ffffffffffff' });
    await enacted(desk, {
      ground: 'visit',
      basis: { kind: 'visit', id: first },
      merchants: [merchant._id, neighbour._id],
    });
    await visited(finder, { kind: 'recheck' });
    await enacted(desk, lifting());
    await suspended();
    await visited(finder, { kind: 'recheck' });
    const both = { ...lifting(), merchants: [merchant._id, neighbour._id] };
    const { conflicts } = (await drafted(desk, both)).dryRun;
    expect(conflicts.map((conflict) => conflict.merchant)).to.include(merchant._id);
  });

  it('may be by a rule that names a visit to one of its shops', async () => {
    const rule = { where: { id: [merchant._id] } };
    expect((await drafted(desk, { ground: 'visit', basis, rule })).dryRun.count).to.equal(1);
  });

  it('can only rest on a visit or an order of its own shop that its drafter may see', async () => {
    const neighbour = await aListedMerchant(desk);
    const draft = (wish: object) =>
      desk.staff.api
        .post('/adjustments')
        .send({ to: 'suspended', ground: 'visit', reason: '检查不合格', merchants: [merchant._id], ...wish });
    await draft({ basis: { kind: 'visit', id: ids.uuid() } }).expect(isProblem(422, 'unknown-reference'));
    await draft({ basis: { kind: 'order', id: basis.id } }).expect(isProblem(422, 'unknown-reference'));
    await draft({ basis, merchants: [neighbour._id] }).expect(isProblem(422, 'unknown-reference'));
    const elsewhere = await aPerson('staff', { areas: ['230104001'], taskForce: 'trade' });
    await elsewhere.api
      .post('/adjustments')
      .send({ to: 'suspended', ground: 'visit', reason: '检查不合格', merchants: [merchant._id], basis })
      .expect(isProblem(404, 'merchant-not-found'));
    await draft({ basis, merchants: [merchant._id, neighbour._id] }).expect(201);
  });

  it('on other grounds is lifted without one', async () => {
    const adjustment = await enacted(desk, { ground: 'notice', merchants: [merchant._id] });
    expect(adjustment.state).to.equal('enacted');
    const frozen = await submitted(desk, lifting());
    expect((await approved(desk.approver, frozen)).state).to.equal('enacted');
  });
});
