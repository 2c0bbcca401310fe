// Four eyes, and the ways around them that are closed: hoarded drafts, plans, emergencies, detours, and facts of another shop.
import { expect } from 'chai';
import { AdjustmentModel } from '../../models/adjustment.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { VisitModel } from '../../models/visit.ts';
import { headsFileOf } from '../../server/assemble.ts';
import { draftAdjustment } from '../../server/domain/adjustment-drafts.ts';
import { openHeads } from '../../server/domain/heads.ts';
import { projectVisits } from '../../server/domain/visit-projection.ts';
import { submitVisit } from '../../server/domain/visits.ts';
import { clock } from '../../server/lib/clock.ts';
import { isProblem, testConfig } from '../support/app.ts';
import {
  approved,
  days,
  drafted,
  enacted,
  hours,
  passTime,
  releaseClock,
  seconds,
  shownIn,
  submitted,
} from '../support/desk.ts';
import { aVisit } from '../support/visits.ts';
import {
  aDesk,
  adjust,
  aListedMerchant,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  listedMerchants,
} from '../support/world.ts';

const statusOf = async (id: string) => (await MerchantModel.findById(id).lean())?.status;
const inMillis = (millis: number) => new Date(clock.now().getTime() + millis).toISOString();
const waiting = { state: 'submitted', needsApproval: true };

describe('four eyes', () => {
  let desk: Desk;

  beforeEach(async () => {
    await emptyWorld();
    await layGround();
    releaseClock();
    desk = await aDesk();
  });

  after(() => {
    releaseClock();
  });

  async function verifying(): Promise<string> {
    const shop = { name: '新店（示例）', address: '靖宇街', category: 'pharmacy', subdistrict: '230104001' };
    const { body } = await desk.staff.api.post('/merchants').send(shop).expect(201);
    const { id } = body as { id: string };
    await enacted(desk, { to: 'verifying', ground: undefined, merchants: [id] });
    return id;
  }
  const listing = (id: string, more: object = {}) => ({
    to: 'listed',
    ground: 'verified',
    merchants: [id],
    ...more,
  });
  const submit = async (id: string) =>
    shownIn(await desk.staff.api.post(`/adjustments/${id}/submit`).expect(200));

  it('are not dodged by a draft kept from before: a suspension of two is not lifted by one', async () => {
    const id = await verifying();
    const first = await drafted(desk, listing(id));
    const kept = await drafted(desk, listing(id));
    expect((await submit(first.id)).state).to.equal('enacted');
    await enacted(desk, { merchants: [id] });
    expect(await submit(kept.id)).to.include(waiting);
    expect(await statusOf(id)).to.equal('suspended');
  });

  it('are needed for what takes effect later or for a time', async () => {
    const id = await verifying();
    expect(await submitted(desk, listing(id, { effectiveFrom: inMillis(hours) }))).to.include(waiting);
    expect(await submitted(desk, listing(id, { effectiveTo: inMillis(hours) }))).to.include(waiting);
  });

  it('hold against plans: a suspension takes planned listings away while it lasts', async () => {
    const planned = await verifying();
    await enacted(desk, listing(planned, { effectiveFrom: inMillis(5 * hours) }));
    await enacted(desk, listing(planned));
    passTime(seconds);
    await enacted(desk, { merchants: [planned] });
    passTime(6 * hours);
    const { body } = await desk.staff.api.get(`/merchants/${planned}`).expect(200);
    expect(body).to.include({ status: 'suspended' });
  });

  it('are needed to list a shop again that was removed or rejected', async () => {
    const merchant = await aListedMerchant(desk);
    await enacted(desk, { to: 'removed', merchants: [merchant._id] });
    for (const to of ['applying', 'verifying'])
      expect((await submitted(desk, { to, ground: undefined, merchants: [merchant._id] })).state).to.equal(
        'enacted',
      );
    expect(await submitted(desk, listing(merchant._id))).to.include(waiting);
  });

  describe('replaced by an emergency', () => {
    const emergency = (id: string, more: object = {}) => ({
      merchants: [id],
      emergency: true,
      ground: undefined,
      ...more,
    });
    const limited = async (id: string, by = desk) => {
      const draft = await drafted(by, emergency(id));
      await by.staff.api.post(`/adjustments/${draft.id}/submit`).expect(isProblem(409, 'emergency-limit'));
    };

    it('are not replaced more than five times a person and day', async () => {
      const shops = await listedMerchants(desk, Array<object>(6).fill({}));
      for (const { _id } of shops.slice(0, 5)) await submitted(desk, emergency(_id));
      const sixth = shops[5]?._id ?? '';
      await limited(sixth);
      expect(await statusOf(sixth)).to.equal('listed');
      await submitted({ ...desk, staff: await aPerson('staff') }, emergency(sixth));
    });

    it('are not replaced again and again for the same shop, whoever asks', async () => {
      const { _id } = await aListedMerchant(desk);
      await submitted(desk, emergency(_id));
      passTime(2 * days);
      const another = { ...desk, staff: await aPerson('staff') };
      await limited(_id, another);
    });

    it('end after the 24 hours that are shown, and at no other time', async () => {
      const { _id } = await aListedMerchant(desk);
      const wish = { to: 'suspended', reason: '测试', ...emergency(_id) };
      for (const time of ['effectiveFrom', 'effectiveTo'])
        await desk.staff.api
          .post('/adjustments')
          .send({ ...wish, [time]: inMillis(5 * days) })
          .expect(isProblem(400, 'invalid-request'));
      const { id, confirmBy } = await submitted(desk, emergency(_id));
      const stored = await AdjustmentModel.findById(id).lean();
      expect(stored?.effectiveTo?.toISOString()).to.equal(confirmBy);
    });
  });

  describe('on facts', () => {
    let merchant: Merchant;
    const correct = (changes: object, rev = 1) =>
      desk.staff.api.patch(`/merchants/${merchant._id}`).set('If-Match', `"${rev}"`).send(changes);

    beforeEach(async () => {
      merchant = await aListedMerchant(desk);
    });

    it('are needed for what makes another shop of one on the list', async () => {
      for (const changes of [
        { category: 'supermarket' },
        { subdistrict: '230104005' },
        { site: 'market-1' },
        { name: '另一家（示例）', registerNumber: '药字2号' },
      ]) {
        const answer = await correct(changes).expect(202);
        expect(shownIn(answer)).to.include({ ...waiting, kind: 'facts' });
      }
      expect((await MerchantModel.findById(merchant._id).lean())?.rev).to.equal(1);
    });

    it('are not dodged in small steps', async () => {
      await correct({ name: '另一家（示例）' }).expect(200);
      const { id, setHash } = shownIn(await correct({ registerNumber: '药字2号' }, 2).expect(202));
      await approved(desk.approver, { ...(await submittedAs(id)), setHash });
      await correct({ registerNumber: '药字3号' }, 3).expect(200);
    });
    const submittedAs = async (id: string) =>
      shownIn(await desk.staff.api.get(`/adjustments/${id}`).expect(200));

    it('saw the facts as they are: what changed since makes a frozen set stale', async () => {
      const frozen = await submitted(desk, { merchants: [merchant._id] });
      await correct({ name: '改名（示例）' }).expect(200);
      await desk.approver.api
        .post(`/adjustments/${frozen.id}/approve`)
        .send({ setHash: frozen.setHash })
        .expect(isProblem(409, 'adjustment-stale'));
    });
  });

  it('may belong to people of two subdistricts: both ends of a set are theirs', async () => {
    const [one, two] = await listedMerchants(desk, [{}, { subdistrict: '230104005' }]);
    const local = { ...desk, staff: await aPerson('staff', { areas: ['230104001', '230104005'] }) };
    const frozen = await submitted(local, { merchants: [one?._id, two?._id] });
    await local.staff.api.get(`/adjustments/${frozen.id}`).expect(200);
    const other = await aPerson('staff', { areas: ['230104001'] });
    await other.api.get(`/adjustments/${frozen.id}`).expect(isProblem(404, 'not-found'));
    expect((await approved(desk.approver, frozen)).state).to.equal('enacted');
  });

  it('take away what can be taken away, and leave on the list what nothing would be left of', async () => {
    const [one, two] = await listedMerchants(desk, [{}, {}]);
    if (!one || !two) throw new Error('nothing was listed');
    const suspension = await adjust(desk, one._id, 'suspended');
    const cancels = new Map([
      [one._id, [2]],
      [two._id, [1]],
    ]);
    const undo = { kind: 'undo', to: null, ground: 'undo', reason: '有误', undoes: suspension._id } as const;
    const { _id, conflicts } = await draftAdjustment(desk.staff.actor, { ...undo, cancels });
    expect(conflicts.map(({ merchant, code }) => [merchant, code])).to.deep.equal([[two._id, 'would-erase']]);
    await approved(desk.approver, await submit(_id));
    expect([await statusOf(one._id), await statusOf(two._id)]).to.deep.equal(['listed', 'listed']);
  });

  it('have decided, whether or not the heads file can be written', async () => {
    const { _id } = await aListedMerchant(desk);
    const frozen = await submitted(desk, { merchants: [_id] });
    await openHeads('/dev/full');
    try {
      expect((await approved(desk.approver, frozen)).state).to.equal('enacted');
    } finally {
      await openHeads(headsFileOf(testConfig()));
    }
  });

  it('enact many shops while visits to them keep being counted in', async () => {
    const shops = await listedMerchants(desk, Array<object>(500).fill({}));
    const inspector = await aPerson('inspector');
    const frozen = await submitted(desk, { merchants: shops.map(({ _id }) => _id) });
    const enacting = new AbortController();
    const visiting = (async () => {
      for (let i = 0; !enacting.signal.aborted; i = (i + 37) % shops.length) {
        await submitVisit(inspector.actor, aVisit(shops[i]?._id ?? ''));
        await projectVisits();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();
    const begun = Date.now();
    expect((await approved(desk.approver, frozen)).state).to.equal('enacted');
    enacting.abort();
    await visiting;
    expect(Date.now() - begun).to.be.below(8_000);
    expect(await VisitModel.countDocuments({ pending: false })).to.be.above(0);
  }).timeout(60_000);
});
