// Zones: written by who may, judged as a field of the selector, and one draft for all shops in one while it holds.
import { expect } from 'chai';
import { AdjustmentLineModel, AdjustmentModel } from '../../models/adjustment.ts';
import { AuditRecordModel } from '../../models/audit-record.ts';
import { MerchantPeriodModel } from '../../models/merchant-period.ts';
import type { Merchant } from '../../models/merchant.ts';
import { ZoneModel } from '../../models/zone.ts';
import { reviewZones } from '../../server/domain/zone-proposals.ts';
import { clock } from '../../server/lib/clock.ts';
import { ids as fresh } from '../../server/lib/ids.ts';
import { isProblem } from '../support/app.ts';
import { csv, imported } from '../support/imports.ts';
import { approved, days, drafted, passTime, releaseClock, shownIn } from '../support/desk.ts';
import { watched, wholeScans } from '../support/plans.ts';
import {
  aDesk,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  listedMerchants,
  merchantsLike,
  type Person,
} from '../support/world.ts';
import { aZone, squareAround, zoneBody } from '../support/zones.ts';

type Items = { items: { id: string; name: string }[]; total: number };
const place = (lng: number) => ({ type: 'Point' as const, coordinates: [lng, 45.78] as [number, number] });

describe('zones', () => {
  let desk: Desk;
  let admin: Person;
  let inside: Merchant[];
  let outside: Merchant;
  let unplaced: Merchant;

  async function signInAnew(): Promise<void> {
    desk = await aDesk();
    admin = await aPerson('admin');
  }

  beforeEach(async () => {
    releaseClock();
    await emptyWorld();
    await layGround();
    await signInAnew();
    const shops = await listedMerchants(desk, [
      { point: place(126.64) },
      { point: place(126.642) },
      { point: place(126.7) },
      { point: null },
    ]);
    inside = shops.slice(0, 2);
    [outside, unplaced] = shops.slice(2) as [Merchant, Merchant];
  });

  after(releaseClock);

  const put = (by: Person, id: string, body: object) => by.api.put(`/zones/${id}`).send(body);
  const ids = (shops: Merchant[]) => shops.map(({ _id }) => _id).sort();
  const proposals = () =>
    AdjustmentModel.find({ proposal: /^zone\// })
      .sort({ draftedAt: 1 })
      .lean();
  const states = async () => (await proposals()).map(({ state }) => state);

  describe('are written', () => {
    it('by an admin or by staff of the area, and leave a trail', async () => {
      await put(desk.staff, 'jingyu', zoneBody()).expect(201);
      await put(admin, 'jingyu', zoneBody()).expect(200);
      const to = '2030-01-01T00:00:00.000Z';
      const { body } = await put(admin, 'jingyu', zoneBody('230104', { to })).expect(200);
      expect(body).to.deep.include({ id: 'jingyu', to, withdrawn: false, can: { edit: true } });
      const trail = await AuditRecordModel.find({ record: 'jingyu' }).sort({ at: 1 }).lean();
      expect(trail.map(({ action }) => action)).to.deep.equal(['zone.added', 'zone.changed']);
      const neighbour = await aPerson('staff', { areas: ['230104001'] });
      await put(neighbour, 'jingyu', zoneBody()).expect(isProblem(403, 'forbidden'));
      await put(neighbour, 'street', zoneBody('230104001')).expect(201);
      const { body: shown } = await neighbour.api.get('/zones').expect(200);
      const can = (shown as { items: { id: string; can: { edit: boolean } }[] }).items;
      expect(Object.fromEntries(can.map((zone) => [zone.id, zone.can.edit]))).to.deep.equal({
        jingyu: false,
        street: true,
      });
    });

    it('with an outline that is one, an end after the beginning, and in an area that stays', async () => {
      const refused = async (changes: object, path: string) => {
        const { body } = await put(admin, 'jingyu', { ...zoneBody(), ...changes }).expect(
          isProblem(400, 'invalid-request'),
        );
        expect((body as { errors: { path: string }[] }).errors.map((one) => one.path)).to.include(path);
      };
      const [ring] = squareAround([126.64, 45.78]).coordinates;
      const ringOf = (coordinates: unknown[]) => ({ outline: { type: 'Polygon', coordinates } });
      await refused(ringOf([ring.slice(0, 4)]), '/outline/coordinates/0/3');
      await refused(
        ringOf([ring.with(1, ring[2] ?? [0, 0]).with(2, ring[1] ?? [0, 0])]),
        '/outline/coordinates/0/0',
      );
      await refused(ringOf([ring, ring]), '/outline/coordinates');
      await refused({ to: '2021-01-01T00:00:00Z' }, '/to');
      await put(admin, 'jingyu', zoneBody('999999')).expect(isProblem(422, 'unknown-reference'));
      await put(admin, 'jingyu', zoneBody('2301')).expect(isProblem(422, 'unknown-reference'));
      await put(admin, 'jingyu', zoneBody()).expect(201);
      await refused({ area: '230199' }, '/area');
    });

    it('with an outline that may be put right until they begin: lists as of then are told by it', async () => {
      const outline = squareAround([126.7, 45.78]);
      const from = new Date(clock.now().getTime() + days);
      await put(admin, 'jingyu', zoneBody('230104', { from })).expect(201);
      await put(admin, 'jingyu', zoneBody('230104', { from, outline })).expect(200);
      passTime(days);
      await signInAnew();
      await put(admin, 'jingyu', zoneBody('230104', { from })).expect(isProblem(400, 'invalid-request'));
      await put(admin, 'jingyu', zoneBody('230104', { from, outline, withdrawn: true })).expect(200);
    });
  });

  describe('are a field of the selector', () => {
    const listed = async (query: string) => {
      const { body } = await desk.staff.api.get(`/merchants?${query}`).expect(200);
      return (body as Items).items.map(({ id }) => id).sort();
    };

    it('in lists, counts, exports and rules, by where a shop lies', async () => {
      await aZone({ id: 'jingyu', withdrawn: true });
      expect(await listed('zone=jingyu')).to.deep.equal(ids(inside));
      expect(await listed('zone=jingyu&zone=none')).to.deep.equal(ids(inside));
      expect(await listed('zone=none')).to.deep.equal([]);
      const { body } = await desk.staff.api.get('/merchants/facets?zone=jingyu').expect(200);
      expect((body as Items).total).to.equal(2);
      const { text } = await desk.staff.api.get('/merchants/export?format=csv&zone=jingyu').expect(200);
      expect(text.trim().split('\n')).to.have.length(3);
      const draft = await drafted(desk, {
        rule: { where: { zone: 'jingyu' }, except: { id: inside[0]?._id } },
      });
      const lines = await AdjustmentLineModel.find({ adjustment: draft.id }).lean();
      expect(lines.map(({ merchant }) => merchant)).to.deep.equal([inside[1]?._id]);
    });

    it('that says how many shops have no place, so that nobody knows', async () => {
      await aZone({ id: 'jingyu', withdrawn: true });
      const rule = { where: { zone: 'jingyu', status: 'listed' } };
      const { body } = await desk.staff.api
        .post('/adjustments/dry-run')
        .send({ to: 'suspended', ground: 'zone', reason: '管控', rule })
        .expect(200);
      const { remarks } = body as { remarks: object[] };
      expect(remarks).to.deep.equal([
        {
          code: 'unplaced',
          shops: 1,
          count: 1,
          merchants: [{ merchant: unplaced._id, name: unplaced.name }],
        },
      ]);
    });

    it('that says so, too, of shops that an exception may have meant', async () => {
      await aZone({ id: 'jingyu', withdrawn: true });
      const rule = { where: { status: 'listed' }, except: { zone: 'jingyu' } };
      const draft = await drafted(desk, { rule });
      const { remarks, count } = (await AdjustmentModel.findById(draft.id).lean()) ?? {};
      expect(count).to.equal(2);
      expect(remarks?.map(({ code, shops }) => [code, shops])).to.deep.include(['unplaced', 1]);
    });

    it('in a part of the list that a file replaces: whoever it excepts stays', async () => {
      await aZone({ id: 'jingyu', withdrawn: true });
      const file = csv(['编号', '商户名称'], [[unplaced._id, unplaced.name]]);
      const selector = { where: { area: '230104' }, except: { zone: 'jingyu' } };
      const one = await imported(desk.staff, file, { mode: 'replace', selector });
      expect(one.counts).to.include({ removed: 1, unchanged: 1 });
    });

    it('as of an instant by where a shop lay then', async () => {
      await aZone({ id: 'jingyu', withdrawn: true });
      const then = clock.now().toISOString();
      passTime(60_000);
      const [moved] = inside;
      await desk.staff.api
        .patch(`/merchants/${moved?._id}`)
        .set('If-Match', '"1"')
        .send({ point: place(126.7) })
        .expect(({ status }) => expect(status).to.be.oneOf([200, 202]));
      const { body } = await desk.staff.api.get(`/merchants/${moved?._id}`).expect(200);
      expect((body as { point: unknown }).point).to.deep.equal(place(126.7));
      expect(await listed('zone=jingyu')).to.deep.equal(ids(inside.slice(1)));
      expect(await listed(`zone=jingyu&asOf=${then}`)).to.deep.equal(ids(inside));
    });

    it('tells in which zones a shop lies now', async () => {
      await aZone({ id: 'jingyu' });
      await aZone({ id: 'later', from: new Date(clock.now().getTime() + days) });
      await aZone({ id: 'past', to: new Date(clock.now().getTime() - days) });
      await aZone({ id: 'mistaken', withdrawn: true });
      await aZone({ id: 'neighbours', area: '230199' });
      const around = async ({ _id }: Merchant) => {
        const { body } = await desk.staff.api.get(`/zones?inForce=true&merchant=${_id}`).expect(200);
        return (body as Items).items.map(({ id }) => id);
      };
      expect(await around(inside[0] ?? outside)).to.deep.equal(['jingyu']);
      expect(await around(outside)).to.deep.equal([]);
      expect(await around(unplaced)).to.deep.equal([]);
      const stranger = await aPerson('staff', { areas: ['230199'] });
      await stranger.api.get(`/zones?merchant=${outside._id}`).expect(isProblem(404, 'merchant-not-found'));
    });

    it('found by an index, without a look at the shops around', async () => {
      await aZone({ id: 'jingyu', outline: squareAround([126.64, 45.78], 0.001) });
      const [example = outside] = inside;
      const elsewhere = { ...example, point: place(126.7) };
      await merchantsLike(elsewhere, 300);
      const period = await MerchantPeriodModel.findOne({ merchant: example._id }).lean();
      const periods = Array.from({ length: 300 }, () => ({
        ...period,
        _id: fresh.uuid(),
        merchant: fresh.uuid(),
        point: place(126.7),
      }));
      await MerchantPeriodModel.collection.insertMany(periods as never[]);
      const get = (path: string) => () => desk.staff.api.get(path).expect(200);
      const asOf = clock.now().toISOString();
      const rule = { where: { zone: 'jingyu', status: 'listed' } };
      const dryRun = { to: 'suspended', ground: 'zone', reason: '管控', rule };
      for (const deed of [
        get('/merchants?zone=jingyu'),
        get(`/merchants?zone=jingyu&asOf=${asOf}`),
        get(`/zones?inForce=true&merchant=${example._id}`),
        get('/zones?inForce=true'),
        reviewZones,
        () => desk.staff.api.post('/adjustments/dry-run').send(dryRun).expect(200),
      ]) {
        const operations = await watched(deed);
        expect(wholeScans(operations).map(({ ns }) => ns)).to.deep.equal([]);
        const looks = operations.filter(({ ns }) => /\.merchant(s|periods)$/.test(ns));
        for (const { docsExamined, planSummary } of looks)
          expect(docsExamined, planSummary).to.be.at.most(20);
      }
    });
  });

  describe('propose', () => {
    it('one suspension of all listed shops in it from its beginning on, whoever sweeps', async () => {
      await put(
        desk.staff,
        'jingyu',
        zoneBody('230104', { from: new Date(clock.now().getTime() + days) }),
      ).expect(201);
      await reviewZones();
      expect(await states()).to.deep.equal([]);
      passTime(days + 1_000);
      await Promise.all([reviewZones(), reviewZones(), reviewZones()]);
      const [draft, ...more] = await proposals();
      expect(more).to.deep.equal([]);
      expect(draft).to.deep.include({
        state: 'draft',
        kind: 'rule',
        to: 'suspended',
        ground: 'zone',
        count: 2,
      });
      expect(draft?.basis).to.deep.equal({ kind: 'zone', id: 'jingyu' });
      expect(draft?.rule).to.deep.equal({ where: { zone: 'jingyu', status: 'listed' } });
      await signInAnew();
      const { body } = await desk.staff.api.get(`/adjustments/${draft?._id}`).expect(200);
      expect((body as { proposed: unknown }).proposed).to.deep.equal({
        rule: 'zone',
        causes: [{ kind: 'zone', id: 'jingyu' }],
      });
      const frozen = shownIn(await desk.staff.api.post(`/adjustments/${draft?._id}/submit`).expect(200));
      await reviewZones();
      await approved(desk.approver, frozen);
      await reviewZones();
      expect(await states()).to.deep.equal(['enacted']);
      await listedMerchants(desk, [{ point: place(126.641) }]);
      const { body: later } = await desk.staff.api.get(`/adjustments/${draft?._id}/matches`).expect(200);
      expect(later).to.deep.equal({ count: 1, open: null, tooMany: false });
    });

    it('at once what is in force when it is written, until its end, and anew where it changes', async () => {
      const to = new Date(clock.now().getTime() + 10 * days).toISOString();
      await put(desk.staff, 'jingyu', zoneBody('230104', { to })).expect(201);
      const [draft] = await proposals();
      expect(draft?.effectiveTo?.toISOString()).to.equal(to);
      await put(desk.staff, 'jingyu', zoneBody()).expect(200);
      expect(await states()).to.deep.equal(['withdrawn', 'draft']);
      const anew = (await proposals())[1];
      expect([anew?.count, anew?.effectiveTo]).to.deep.equal([2, null]);
    });

    it('anew, too, where its draft came about beside a change', async () => {
      await put(desk.staff, 'jingyu', zoneBody()).expect(201);
      const to = new Date(clock.now().getTime() + days);
      await ZoneModel.updateOne({ _id: 'jingyu' }, { to });
      await reviewZones();
      expect((await proposals()).map(({ state, effectiveTo }) => [state, effectiveTo])).to.deep.equal([
        ['withdrawn', null],
        ['draft', to],
      ]);
    });

    it('nothing more while what was approved is being written', async () => {
      await put(desk.staff, 'jingyu', zoneBody()).expect(201);
      await AdjustmentModel.updateOne({ proposal: 'zone/jingyu' }, { state: 'enacting' });
      await reviewZones();
      expect(await states()).to.deep.equal(['enacting']);
    });

    it('nothing any more once it has ended or was withdrawn, nor where nobody is', async () => {
      const to = new Date(clock.now().getTime() + days).toISOString();
      await put(desk.staff, 'jingyu', zoneBody('230104', { to })).expect(201);
      expect(await states()).to.deep.equal(['draft']);
      passTime(days);
      await reviewZones();
      expect(await states()).to.deep.equal(['withdrawn']);
      await signInAnew();
      await put(desk.staff, 'mistaken', zoneBody()).expect(201);
      await put(desk.staff, 'mistaken', zoneBody('230104', { withdrawn: true })).expect(200);
      expect(await states()).to.deep.equal(['withdrawn', 'withdrawn']);
      await put(desk.staff, 'empty', zoneBody('230104', { outline: squareAround([126.5, 45.78]) })).expect(
        201,
      );
      expect(await states()).to.deep.equal(['withdrawn', 'withdrawn']);
    });

    it('not again what was dismissed with a reason', async () => {
      await put(desk.staff, 'jingyu', zoneBody()).expect(201);
      const [draft] = await proposals();
      await desk.staff.api
        .post(`/adjustments/${draft?._id}/withdraw`)
        .send({ note: '已闭环管理' })
        .expect(200);
      await reviewZones();
      const to = new Date(clock.now().getTime() + days).toISOString();
      await put(desk.staff, 'jingyu', zoneBody('230104', { to })).expect(200);
      expect(await states()).to.deep.equal(['withdrawn']);
    });
  });
});
