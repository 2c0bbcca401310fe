// "12 more match now": shops that match an enacted rule later are counted and offered as a draft, never slipped in.
import { expect } from 'chai';
import { isProblem } from '../support/app.ts';
import {
  approved,
  drafted,
  enacted,
  releaseClock,
  passTime,
  days,
  shownIn,
  type ShownAdjustment,
  undone,
} from '../support/desk.ts';
import {
  adjust,
  aDesk,
  aListedMerchant,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
} from '../support/world.ts';

const rule = { where: { category: 'pharmacy' }, except: { subdistrict: '230104005' } };

const none = { count: 0, open: null, tooMany: false };

describe('shops that match a rule later', () => {
  let desk: Desk;

  beforeEach(async () => {
    await emptyWorld();
    await layGround();
    releaseClock();
    desk = await aDesk();
    await aListedMerchant(desk);
  });

  after(() => {
    releaseClock();
  });

  const matches = async ({ id }: Pick<ShownAdjustment, 'id'>, by = desk.staff) =>
    (await by.api.get(`/adjustments/${id}/matches`).expect(200)).body as {
      count: number;
      open: string | null;
      tooMany: boolean;
    };
  const follow = ({ id }: Pick<ShownAdjustment, 'id'>) =>
    desk.staff.api.post(`/adjustments/${id}/matches`).send({});

  it('are counted, and drafted in one act with its words', async () => {
    const done = await enacted(desk, { rule });
    expect(await matches(done)).to.deep.equal(none);
    const late = [await aListedMerchant(desk), await aListedMerchant(desk)];
    await aListedMerchant(desk, { subdistrict: '230104005' });
    await aListedMerchant(desk, { category: 'supermarket' });
    expect(await matches(done)).to.deep.equal({ count: 2, open: null, tooMany: false });

    const draft = shownIn(await follow(done).expect(201));
    expect(draft).to.deep.include({ state: 'draft', kind: 'list', to: 'suspended', follows: done.id });
    expect(draft.dryRun.count).to.equal(2);
    const { body } = await desk.staff.api.get(`/adjustments/${draft.id}/lines`).expect(200);
    const named = (body as { items: { merchant: string }[] }).items.map(({ merchant }) => merchant);
    expect(named).to.have.members(late.map(({ _id }) => _id));
    expect(await matches(done)).to.deep.equal({ ...none, open: draft.id });

    const frozen = shownIn(await desk.staff.api.post(`/adjustments/${draft.id}/submit`).expect(200));
    expect(frozen.needsApproval).to.equal(true);
    await approved(desk.approver, frozen);
    expect(await matches(done)).to.deep.equal(none);
    await follow(done).expect(isProblem(422, 'adjustment-empty'));
  });

  it('are drafted once at a time, and anew when that draft came to nothing', async () => {
    const done = await enacted(desk, { rule });
    await aListedMerchant(desk);
    const [one, other] = await Promise.all([follow(done), follow(done)]);
    expect([one.status, other.status].sort()).to.satisfy(
      ([first, second]: number[]) => first === 201 && (second === 409 || second === 422),
    );
    const { open } = await matches(done);
    await desk.staff.api.post(`/adjustments/${open}/withdraw`).expect(200);
    expect(await matches(done)).to.deep.equal({ count: 1, open: null, tooMany: false });
  });

  it('are not those that somebody has decided otherwise about, nor those of a rule that is undone or over', async () => {
    const until = new Date(Date.now() + days).toISOString();
    const done = await enacted(desk, { rule, effectiveTo: until });
    const { body } = await desk.staff.api.get(`/adjustments/${done.id}/lines`).expect(200);
    const [first] = (body as { items: { merchant: string }[] }).items;
    await adjust(desk, first?.merchant ?? '', 'listed');
    expect(await matches(done)).to.deep.equal(none);
    await aListedMerchant(desk);
    expect((await matches(done)).count).to.equal(1);
    passTime(2 * days);
    expect((await matches(done)).count).to.equal(0);

    releaseClock();
    const other = await enacted(desk, { rule });
    await undone(desk, other);
    expect((await matches(other)).count).to.equal(0);
    const draft = await drafted(desk, { rule });
    expect((await matches(draft)).count).to.equal(0);
  });

  it('are counted as far as one reaches', async () => {
    const done = await enacted(desk, { rule });
    await aListedMerchant(desk);
    const elsewhere = await aPerson('staff', { areas: ['230199'] });
    await elsewhere.api.get(`/adjustments/${done.id}/matches`).expect(isProblem(404, 'not-found'));
    await desk.approver.api.get(`/adjustments/${done.id}/matches`).expect(isProblem(403, 'forbidden'));
  });
});
