// What lies out of reach is not there: in lists however they are asked for, in rules, behind photos and behind links.
import { expect } from 'chai';
import { AuditRecordModel } from '../../models/audit-record.ts';
import { OrderLinkModel, OrderModel } from '../../models/order.ts';
import { cancelOrder, verifyOrder } from '../../server/domain/orders.ts';
import { revokeOrderLinks } from '../../server/domain/order-links.ts';
import { callerAs } from '../support/access/callers.ts';
import {
  homeScope,
  layPlaces,
  linkTo,
  newMerchant,
  openOrder,
  type Places,
  placesOf,
  submittedOrder,
} from '../support/access/places.ts';
import { withinASecond } from '../support/accounts.ts';
import { anybody, caller, isProblem } from '../support/app.ts';
import { days, passTime, releaseClock } from '../support/desk.ts';
import { aPhoto, aVisit } from '../support/visits.ts';
import { aPerson, emptyWorld, layGround, type Person } from '../support/world.ts';

type Items = { items: Record<string, string>[]; nextCursor: string | null; total: number };
const itemsIn = ({ body }: { body: unknown }) => body as Items;
const draft = { to: 'suspended', ground: 'notice', reason: '测试' };

describe('what lies out of reach', () => {
  let places: Places;
  let inspector: Person;
  let staff: Person;
  let merchant: Person;

  before(async () => {
    await emptyWorld();
    await layGround();
    places = await layPlaces();
    inspector = await aPerson('inspector', homeScope);
    staff = await aPerson('staff', homeScope);
    merchant = await aPerson('merchant', { merchants: [places.home.merchant._id] });
  });

  describe('is missing from lists', () => {
    const lists: [string, string][] = [
      ['/merchants?limit=200', 'id'],
      ['/merchants?q=示例', 'id'],
      ['/merchants?near=126.64,45.78&radius=50000', 'id'],
      ['/merchants?status=listed&sort=-since', 'id'],
      ['/visits?limit=200', 'merchant'],
      ['/orders?limit=200', 'merchant'],
      ['/orders?overdue=false&sort=due', 'merchant'],
    ];
    for (const [path, field] of lists)
      it(`such as ${path}, and from their totals`, async () => {
        for (const person of [inspector, staff, merchant]) {
          const { items, total } = itemsIn(await person.api.get(path).expect(200));
          expect(
            [...(await placesOf(items.map((item) => item[field] ?? '')))],
            person.user.role,
          ).to.deep.equal(['home']);
          expect(total).to.equal(items.length);
        }
      });

    it('as of an instant', async () => {
      const path = `/merchants?asOf=${new Date(Date.now() + 1_000).toISOString()}`;
      for (const person of [inspector, staff, merchant]) {
        const { items } = itemsIn(await person.api.get(path).expect(200));
        expect([...(await placesOf(items.map(({ id }) => id ?? '')))]).to.deep.equal(['home']);
      }
    });

    it('of adjustments and of the ledger', async () => {
      const { items } = itemsIn(await staff.api.get('/adjustments').expect(200));
      expect([...(await placesOf(items.map(({ id }) => id ?? '')))]).to.deep.equal(['home']);
      const other = places.otherTaskForce.adjustment;
      expect(itemsIn(await staff.api.get(`/ledger?adjustment=${other}`).expect(200)).items).to.deep.equal([]);
    });

    it('that ask for it by area, task force, site or id', async () => {
      const { district, subdistrict, site, merchant: shop } = places.otherDistrict;
      const filters = [
        `area=${district}`,
        `subdistrict=${subdistrict}`,
        `site=${site}`,
        `id=${shop._id}`,
        `doorCode=${shop.doorCode}`,
        'taskForce=trade',
      ];
      for (const filter of filters)
        expect(itemsIn(await staff.api.get(`/merchants?${filter}`).expect(200)), filter).to.include({
          total: 0,
          nextCursor: null,
        });
      for (const noun of ['visits', 'orders', 'adjustments'])
        expect(itemsIn(await staff.api.get(`/${noun}?area=${district}`).expect(200)).total, noun).to.equal(0);
    });

    it('that go on from the cursor of somebody who sees more', async () => {
      const everywhere = await aPerson('staff', { areas: ['23'] });
      const { nextCursor } = itemsIn(await everywhere.api.get('/orders?limit=1').expect(200));
      const { items } = itemsIn(await staff.api.get(`/orders?cursor=${nextCursor ?? ''}`).expect(200));
      expect([...(await placesOf(items.map(({ merchant }) => merchant ?? '')))]).to.not.include(
        'otherDistrict',
      );
      for (const { merchant } of items) expect(merchant).to.equal(places.home.merchant._id);
    });
  });

  describe('is not touched', () => {
    it('by a rule, however wide it is written', async () => {
      const wide = await staff.api
        .post('/adjustments')
        .send({ ...draft, rule: { where: { status: 'listed' } } })
        .expect(201);
      const { dryRun } = wide.body as { dryRun: { count: number; lines: string } };
      const { items } = itemsIn(await staff.api.get(dryRun.lines.replace('/api/v1', '')).expect(200));
      expect(items).to.have.length(dryRun.count);
      expect([...(await placesOf(items.map(({ merchant }) => merchant ?? '')))]).to.deep.equal(['home']);
      const rule = { where: { area: places.otherDistrict.district } };
      await staff.api
        .post('/adjustments')
        .send({ ...draft, rule })
        .expect(isProblem(422, 'adjustment-empty'));
    });

    it('by an adjustment that names it beside one’s own', async () => {
      const merchants = [places.home.merchant._id, places.otherTaskForce.merchant._id];
      const refused = await staff.api
        .post('/adjustments')
        .send({ ...draft, merchants })
        .expect(isProblem(404, 'merchant-not-found'));
      expect((refused.body as { errors: { path: string }[] }).errors.map(({ path }) => path)).to.deep.equal([
        '/merchants/1',
      ]);
    });

    it('by moving one’s own shop there', async () => {
      const shop = await newMerchant(places.home);
      const move = (subdistrict: string) =>
        staff.api
          .patch(`/merchants/${shop._id}`)
          .set('If-Match', `"${shop.rev}"`)
          .send({ subdistrict, site: null });
      for (const name of ['otherSubdistrict', 'otherDistrict'] as const)
        await move(places[name].subdistrict).expect(isProblem(403, 'forbidden'));
    });

    it('by a merchant that applies inside a market it does not operate', async () => {
      const { subdistrict, category, site } = places.home;
      const body = { name: '摊位', address: '靖宇早市1号', subdistrict, category, site };
      await merchant.api.post('/merchants').send(body).expect(isProblem(403, 'forbidden'));
      const operator = await aPerson('merchant', { sites: [site] });
      await operator.api.post('/merchants').send(body).expect(201);
    });

    it('by a merchant that has none: its own application alone is within its reach', async () => {
      const newcomer = await aPerson('merchant');
      const { subdistrict, category } = places.home;
      const body = { name: '新店', address: '靖宇街2号', subdistrict, category };
      const applied = await newcomer.api.post('/merchants').send(body).expect(201);
      await withinASecond();
      const { items } = itemsIn(await newcomer.api.get('/merchants').expect(200));
      expect(items.map(({ id }) => id)).to.deep.equal([(applied.body as { id: string }).id]);
    });

    it('by a scope that has not begun', async () => {
      const from = new Date(Date.now() + days);
      const early = await aPerson('staff', { scopes: [{ areas: ['23'], taskForce: null, from, to: null }] });
      expect(itemsIn(await early.api.get('/merchants').expect(200)).total).to.equal(0);
    });
  });

  describe('behind a photo', () => {
    const seenBy = (person: Person, sha256: string) => person.api.get(`/photos/${sha256}?size=320`);

    it('is not told by HEAD: that answers for one’s own photos only, even within scope', async () => {
      await inspector.api.head(`/photos/${places.home.photo}`).expect(404);
      await places.home.inspector.api.head(`/photos/${places.home.photo}`).expect(200);
    });

    it('is not opened by naming its hash in a visit or an answer of one’s own', async () => {
      const foreign = places.otherDistrict.photo;
      const answers = [
        { item: 'scan', outcome: 'fail' as const, photos: [foreign], fix: { kind: 'timed' as const } },
      ];
      const visit = aVisit(places.home.merchant._id, { answers });
      const taken = await inspector.api.post('/visits').send(visit).expect(201);
      expect((taken.body as { missingPhotos: string[] }).missingPhotos).to.deep.equal([foreign]);
      await seenBy(inspector, foreign).expect(isProblem(404, 'not-found'));
      const [order] = (taken.body as { orders: { id: string }[] }).orders;
      await inspector.api
        .post(`/orders/${order?.id ?? ''}/submit`)
        .send({ photos: [foreign] })
        .expect(isProblem(422, 'photo-missing'));
    });

    it('is opened to its sender by a use, not by having sent it', async () => {
      const photo = await aPhoto({ width: 64, height: 48 });
      await inspector.api.post('/photos').attach('photo', photo.bytes, 'a.jpg').expect(201);
      await seenBy(inspector, photo.sha256).expect(isProblem(404, 'not-found'));
      const answers = [
        { item: 'scan', outcome: 'fail' as const, photos: [photo.sha256], fix: { kind: 'timed' as const } },
      ];
      await inspector.api.post('/visits').send(aVisit(places.home.merchant._id, { answers })).expect(201);
      await seenBy(inspector, photo.sha256).expect(200).expect('Content-Type', 'image/jpeg');
      await seenBy(merchant, photo.sha256).expect(200);
      await seenBy(places.otherDistrict.inspector, photo.sha256).expect(isProblem(404, 'not-found'));
    });

    it('is sealed when it is shown, and each view of the original is logged', async () => {
      const { photo } = places.home;
      const response = await inspector.api.get(`/photos/${photo}?size=original`).expect(200);
      expect(response.headers['content-security-policy']).to.equal("default-src 'none'; sandbox");
      expect(response.headers['x-content-type-options']).to.equal('nosniff');
      expect(response.headers['cache-control']).to.equal('no-store');
      expect(
        await AuditRecordModel.countDocuments({
          action: 'photo.original-viewed',
          record: photo,
          'by.id': inspector.user._id,
        }),
      ).to.equal(1);
    });
  });

  describe('behind a link', () => {
    afterEach(() => {
      releaseClock();
    });

    const anOpenLink = async () => {
      const order = await openOrder(places.home);
      return { order, token: await linkTo(places.home, order) };
    };
    const isOver = async (token: string) => {
      await anybody().get(`/fix/${token}`).expect(isProblem(410, 'link-ended'));
      await anybody().post(`/fix/${token}`).send({}).expect(isProblem(410, 'link-ended'));
    };

    it('is nothing for a token that was never made', async () => {
      for (const token of ['fx_unknown', 'x', inspector.token.slice(0, 100)]) {
        await anybody().get(`/fix/${token}`).expect(isProblem(404, 'not-found'));
        await anybody().post(`/fix/${token}`).send({}).expect(isProblem(404, 'not-found'));
      }
      await caller('fx_unknown')
        .post(`/orders/${places.home.order}/submit`)
        .send({})
        .expect(isProblem(401, 'not-signed-in'));
    });

    it('is over once the order is closed or cancelled', async () => {
      const closed = await submittedOrder(places.home);
      const token = await linkTo(places.home, closed);
      await verifyOrder(places.home.desk.staff.actor, closed, {});
      await isOver(token);
      const cancelled = await anOpenLink();
      await cancelOrder(places.home.desk.staff.actor, cancelled.order, { note: '误开' });
      await isOver(cancelled.token);
    });

    it('is over once the link is revoked', async () => {
      const { order, token } = await anOpenLink();
      await revokeOrderLinks(places.home.desk.staff.actor, order);
      await isOver(token);
      await caller(token).post(`/orders/${order}/submit`).send({}).expect(isProblem(410, 'link-ended'));
    });

    it('is over seven days after the order is due', async () => {
      const { order, token } = await anOpenLink();
      const due = (await OrderModel.findById(order).lean())?.due?.getTime() ?? 0;
      passTime(due + 7 * days - Date.now() - 60_000);
      await anybody().get(`/fix/${token}`).expect(200);
      passTime(61_000);
      await isOver(token);
    });

    it('lies one order and no other, not even of the same shop', async () => {
      const { token } = await anOpenLink();
      const other = await openOrder(places.home);
      await caller(token).post(`/orders/${other}/submit`).send({}).expect(isProblem(404, 'not-found'));
      for (const path of [
        '/merchants',
        '/orders',
        `/orders/${other}`,
        '/visits',
        `/photos/${places.home.photo}`,
        '/auth/me',
        '/users',
      ])
        await caller(token).get(path).expect(isProblem(403, 'forbidden'));
    });

    it('is changed by an answer, once, and never by opening it', async () => {
      const { order, token } = await anOpenLink();
      const before = await OrderModel.findById(order).lean();
      for (let turn = 0; turn < 3; turn += 1) await anybody().get(`/fix/${token}`).expect(200);
      expect(await OrderModel.findById(order).lean()).to.deep.equal(before);
      await anybody().post(`/fix/${token}`).send({ note: '已改' }).expect(200);
      await anybody().post(`/fix/${token}`).send({ note: '再改' }).expect(isProblem(409, 'order-state'));
    });

    it('is kept by its hash alone', async () => {
      const { order, token } = await anOpenLink();
      const links = await OrderLinkModel.find({ order }).lean();
      expect(JSON.stringify(links)).to.not.include(token.slice(3));
    });

    it('names neither contact nor inspector', async () => {
      const holder = await callerAs('link', 'home', places);
      const { text } = await anybody()
        .get(`/fix/${holder.token ?? ''}`)
        .expect(200);
      expect(text)
        .to.not.include('王小明')
        .and.not.include('10000001234')
        .and.not.include(places.home.inspector.user.name);
    });
  });
});
