// What an admin sets for an area, and the calendar: obeyed at once, by every process within a second, and by no order counted before.
import { expect } from 'chai';
import { AuditRecordModel } from '../../models/audit-record.ts';
import { HolidayNoticeModel } from '../../models/holiday-notice.ts';
import type { Merchant } from '../../models/merchant.ts';
import { type Order, OrderModel } from '../../models/order.ts';
import { AreaSettingsModel } from '../../models/settings.ts';
import { escalateDueOrders } from '../../server/domain/order-escalation.ts';
import { recountProvisionalOrders } from '../../server/domain/order-recounts.ts';
import { settingsOf, standardSettings } from '../../server/domain/settings.ts';
import { submitVisit } from '../../server/domain/visits.ts';
import { sweep } from '../../server/jobs/sweep.ts';
import { clock } from '../../server/lib/clock.ts';
import { isProblem } from '../support/app.ts';
import { days, holdAt, hours, minutes, passTime, releaseClock } from '../support/desk.ts';
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

const shanghai = (text: string) => new Date(`${text}:00+08:00`);
const path = ['23', '2301', '230104', '230104001'];
const notice2027 = {
  title: '示例：关于2027年部分节假日安排的通知',
  holidays: ['2027-01-01', '2027-01-02', '2027-01-03', '2027-01-04', '2027-01-05'],
  makeUpDays: ['2027-01-09'],
};

describe('settings and the calendar', () => {
  let admin: Person;
  let desk: Desk;
  let inspector: Person;
  let merchant: Merchant;

  async function lay(at?: Date): Promise<void> {
    await emptyWorld();
    await sweep();
    if (at) holdAt(new Date(at.getTime() - hours));
    await layGround();
    admin = await aPerson('admin');
    desk = await aDesk();
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    merchant = await aListedMerchant(desk);
    if (at) holdAt(at);
  }
  afterEach(releaseClock);
  // Nothing of it may hold for the tests that follow.
  after(async () => {
    await emptyWorld();
    await sweep();
  });

  /** `scan` is a major item, `entrance` a minor one. */
  async function opened(item: string, more: Partial<Parameters<typeof aVisit>[1]> = {}): Promise<Order> {
    const { sha256 } = await aPhoto({ width: 64, height: 48 });
    const answers = [{ item, outcome: 'fail' as const, photos: [sha256], fix: { kind: 'timed' as const } }];
    const arrivedAt = clock.now().toISOString();
    const visit = aVisit(merchant._id, { answers, arrivedAt, sealedAt: arrivedAt, ...more });
    const { orders } = (await submitVisit(inspector.actor, visit)).visit;
    return stored(orders[0]?._id ?? '');
  }
  async function stored(id: string): Promise<Order> {
    const order = await OrderModel.findById(id).lean<Order>();
    if (!order) throw new Error('the order is gone');
    return order;
  }
  const put = (path_: string, body: object) => admin.api.put(path_).send(body);

  describe('settings', () => {
    beforeEach(() => lay());

    it('are the standard ones where nobody has set any', async () => {
      const { body } = await inspector.api.get('/settings/230104001').expect(200);
      expect(body).to.deep.equal({
        area: '230104001',
        own: {},
        inherited: standardSettings,
        effective: standardSettings,
      });
    });

    it('of the narrowest area are heard first, and what it does not say comes from around', async () => {
      await put('/settings/2301', { majorHours: 4, redAfterDays: 5 }).expect(201);
      await put('/settings/230104', { majorHours: 3 }).expect(201);
      const { body } = await desk.staff.api.get('/settings/230104001').expect(200);
      expect(body).to.deep.include({
        own: {},
        inherited: { ...standardSettings, majorHours: 3, redAfterDays: 5 },
        effective: { ...standardSettings, majorHours: 3, redAfterDays: 5 },
      });
      expect(settingsOf(path)).to.deep.include({ majorHours: 3, redAfterDays: 5 });
      expect(settingsOf(['23', '2301', '230199'])).to.deep.include({ majorHours: 4 });

      await put('/settings/230104', {}).expect(200);
      expect(settingsOf(path)).to.deep.include({ majorHours: 4 });
    });

    it('leave a trail of before and after, and none where nothing changed', async () => {
      await put('/settings/230104', { farMeters: 800 }).expect(201);
      await put('/settings/230104', { farMeters: 900 }).expect(200);
      await put('/settings/230104', { farMeters: 900 }).expect(200);
      const trail = await AuditRecordModel.find({ record: '230104' }).sort({ at: 1, _id: 1 }).lean();
      expect(trail.map(({ action }) => action)).to.deep.equal(['settings.added', 'settings.changed']);
      expect(trail[1]).to.deep.include({ before: { _id: '230104', values: { farMeters: 800 } } });
      expect(trail[1]?.areas).to.deep.equal(['23', '2301', '230104']);
    });

    it('are refused out of bounds, under other names and for areas that are not on file', async () => {
      for (const body of [{ majorHours: 0 }, { majorHours: 1.5 }, { farMeters: 'x' }, { colour: 1 }])
        await put('/settings/230104', body).expect(isProblem(400, 'invalid-request'));
      await put('/settings/999999', { majorHours: 4 }).expect(isProblem(404, 'not-found'));
      await admin.api.get('/settings/999999').expect(isProblem(404, 'not-found'));
    });

    it('made by another process hold here with the next sweep, and no longer once they are gone', async () => {
      await AreaSettingsModel.create({ _id: '230104', values: { majorHours: 6 } });
      await sweep();
      expect(settingsOf(path).majorHours).to.equal(6);
      await AreaSettingsModel.deleteMany({});
      await sweep();
      expect(settingsOf(path).majorHours).to.equal(2);
    });

    it('give an order its limits, which it keeps until it is returned', async () => {
      const before = await opened('scan');
      await put('/settings/230104', { majorHours: 5, redAfterDays: 1 }).expect(201);
      const after = await opened('scan');
      const spans = ({ openedAt, due, redAt }: Order) =>
        [due, redAt].map((at) => ((at?.getTime() ?? 0) - openedAt.getTime()) / hours);
      expect(spans(await stored(before._id))).to.deep.equal([2, 74]);
      expect(spans(after)).to.deep.equal([5, 29]);

      const back = await aPerson('staff');
      await inspector.api.post(`/orders/${before._id}/submit`).send({ note: '已改' }).expect(200);
      await back.api.post(`/orders/${before._id}/return`).send({ note: '没有改好' }).expect(200);
      const returned = await stored(before._id);
      const at = returned.history.at(-1)?.at.getTime() ?? 0;
      expect((returned.due?.getTime() ?? 0) - at).to.equal(5 * hours);
    });

    it('may keep who issued an order from verifying it', async () => {
      const order = await opened('scan');
      const claimed = await aPerson('staff');
      const other = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
      await other.api.post(`/orders/${order._id}/submit`).send({ note: '已改' }).expect(200);
      const can = async () =>
        ((await inspector.api.get(`/orders/${order._id}`).expect(200)).body as { can: { verify: boolean } })
          .can;
      expect((await can()).verify).to.equal(true);
      await put('/settings/230104', { verifierMayBeIssuer: false }).expect(201);
      expect((await can()).verify).to.equal(false);
      await inspector.api.post(`/orders/${order._id}/verify`).send({}).expect(isProblem(403, 'four-eyes'));
      await claimed.api.post(`/orders/${order._id}/verify`).send({}).expect(200);
    });

    it('say from which distance and clock skew on a visit is flagged', async () => {
      const flags = async () => {
        const sealedAt = new Date(Date.now() + 20 * minutes).toISOString();
        const location = { lng: 126.64 + 0.01, lat: 45.78, accuracy: 5 };
        const visit = aVisit(merchant._id, { location, sealedAt });
        return (await submitVisit(inspector.actor, visit)).visit.flags;
      };
      expect(await flags()).to.have.members(['far-from-merchant', 'clock-skew']);
      await put('/settings/230104', { farMeters: 5_000, clockSkewMinutes: 60 }).expect(201);
      expect(await flags()).to.deep.equal([]);
    });

    it('say after how many days missing photos may be given up', async () => {
      await put('/settings/230104', { photosLostAfterDays: 2 }).expect(201);
      const { sha256 } = await aPhoto({ width: 64, height: 48 });
      const { visit } = await submitVisit(
        inspector.actor,
        aVisit(merchant._id, { photos: [{ sha256, source: 'camera' }] }),
      );
      const give = () =>
        desk.staff.api
          .post(`/visits/${visit._id}/photos-lost`)
          .send({ photos: [sha256], reason: '手机丢失' });
      passTime(2 * days - minutes);
      await give().expect(isProblem(409, 'photos-may-come'));
      passTime(2 * minutes);
      await give().expect(200);
    });
  });

  describe('a holiday notice', () => {
    const received = shanghai('2026-12-30T17:00');

    it('makes a year known, with its days off and days worked', async () => {
      await lay();
      const before = (await inspector.api.get('/calendar/2027').expect(200)).body as object;
      expect(before).to.deep.include({ published: false, notice: null, daysOff: [], daysWorked: [] });
      await put('/calendar/2027', notice2027).expect(201);
      const { body } = await inspector.api.get('/calendar/2027').expect(200);
      expect(body).to.deep.equal({
        year: 2027,
        published: true,
        notice: notice2027,
        daysOff: ['2027-01-01', '2027-01-04', '2027-01-05'],
        daysWorked: ['2027-01-09'],
      });
      await put('/calendar/2027', notice2027).expect(200);
    });

    it('is refused with days that do not exist, lie elsewhere or are both', async () => {
      await lay();
      const refused = { ...notice2027, holidays: ['2027-02-30'] };
      await put('/calendar/2027', refused).expect(isProblem(400, 'invalid-request'));
      await put('/calendar/2027', { ...notice2027, holidays: ['2026-10-01'] }).expect(
        isProblem(400, 'invalid-request'),
      );
      await put('/calendar/2027', { ...notice2027, makeUpDays: ['2027-01-01'] }).expect(
        isProblem(400, 'invalid-request'),
      );
      await put('/calendar/2027', { ...notice2027, holidays: ['2026-12-31'] }).expect(201);
    });

    it('counts provisional deadlines anew, each order once, and says so in its history', async () => {
      await lay(received);
      const [minor, major] = [await opened('entrance'), await opened('scan')];
      expect(minor.due).to.deep.equal(shanghai('2027-01-01T00:00'));
      expect([minor.unpublishedYear, major.unpublishedYear]).to.deep.equal([2027, 2027]);
      const shown = await inspector.api.get(`/orders/${minor._id}`).expect(200);
      expect(shown.body).to.include({ provisional: true });

      await put('/calendar/2027', notice2027).expect(201);
      await Promise.all([sweep(), sweep()]);
      await sweep();
      for (const [before, proposal] of [
        // Red on 4 January: 6, 7 and 8 January follow the days off.
        [minor, '2027-01-09T00:00'],
        [major, '2027-01-09T00:00'],
      ] as const) {
        const after = await stored(before._id);
        expect(after.proposalAt).to.deep.equal(shanghai(proposal));
        expect(after).to.deep.include({ due: before.due, redAt: before.redAt, unpublishedYear: null });
        expect(after.nextAt).to.deep.equal(before.due);
        const notes = after.history.slice(1).map(({ act, by }) => [act, by.kind]);
        expect(notes).to.deep.equal([['recount', 'system']]);
      }
    });

    it('moves the due itself where that lay in the year, and the steps that follow', async () => {
      await lay(shanghai('2026-12-31T17:00'));
      const order = await opened('entrance');
      expect(order.due).to.deep.equal(shanghai('2027-01-02T00:00'));
      await put('/calendar/2027', notice2027).expect(201);
      await sweep();
      const after = await stored(order._id);
      expect(after.due).to.deep.equal(shanghai('2027-01-07T00:00'));
      expect(after.nextAt).to.deep.equal(after.due);
      holdAt(shanghai('2027-01-03T12:00'));
      await sweep();
      expect((await stored(order._id)).level).to.equal('none');
      holdAt(shanghai('2027-01-07T00:00'));
      await sweep();
      expect((await stored(order._id)).level).to.equal('yellow');
    });

    it('leaves a due that a person set, a clock that stands, and what was counted before', async () => {
      await lay(received);
      const [extended, answered, ended] = [
        await opened('entrance'),
        await opened('entrance'),
        await opened('entrance'),
      ];
      const due = shanghai('2027-03-01T12:00');
      await desk.staff.api
        .post(`/orders/${extended._id}/extend`)
        .send({ note: '配件未到', due: due.toISOString() })
        .expect(200);
      await inspector.api.post(`/orders/${answered._id}/submit`).send({ note: '已改' }).expect(200);
      await desk.staff.api.post(`/orders/${ended._id}/cancel`).send({ note: '误开' }).expect(200);
      await put('/calendar/2027', notice2027).expect(201);
      await sweep();
      expect(await stored(extended._id)).to.deep.include({ due, nextAt: due, unpublishedYear: null });
      expect(await stored(answered._id)).to.deep.include({ nextAt: null, unpublishedYear: null });
      expect((await stored(ended._id)).history.map(({ act }) => act)).to.deep.equal(['open', 'cancel']);

      // Corrected later: nothing is provisional any more, and merchants keep what they were told.
      await put('/calendar/2027', { ...notice2027, holidays: ['2027-01-01'] }).expect(200);
      await sweep();
      expect((await stored(extended._id)).history.filter(({ act }) => act === 'recount')).to.have.length(1);
    });

    it('gives nobody less time than he was told, and leaves a due that has passed', async () => {
      await lay(shanghai('2027-01-07T17:00'));
      const [waiting, late] = [await opened('entrance'), await opened('entrance')];
      expect(waiting.due).to.deep.equal(shanghai('2027-01-09T00:00'));
      await OrderModel.updateOne({ _id: late._id }, { $set: { level: 'yellow', nextAt: late.redAt } });
      // The Saturday is worked: counted from the beginning both would have been due no earlier.
      await put('/calendar/2027', { ...notice2027, holidays: ['2027-01-08'], makeUpDays: ['2027-01-09'] });
      await sweep();
      expect((await stored(waiting._id)).due).to.deep.equal(shanghai('2027-01-10T00:00'));
      const after = await stored(late._id);
      expect(after).to.deep.include({
        due: late.due,
        level: 'yellow',
        redAt: late.redAt,
        nextAt: late.redAt,
      });

      await lay(shanghai('2027-01-08T17:00'));
      const told = await opened('entrance');
      expect(told.due).to.deep.equal(shanghai('2027-01-12T00:00'));
      await put('/calendar/2027', notice2027).expect(201);
      await sweep();
      // Saturday 9 January is worked, so that it would have been due two days earlier.
      expect((await stored(told._id)).due).to.deep.equal(told.due);
    });

    it('is not undone by a step that read the order before', async () => {
      await lay(received);
      const order = await opened('entrance');
      holdAt(new Date(order.due ?? 0));
      await put('/calendar/2027', notice2027).expect(201);
      await Promise.all([sweep(), sweep(), escalateDueOrders(), recountProvisionalOrders()]);
      await sweep();
      const after = await stored(order._id);
      expect(after).to.deep.include({ level: 'yellow', nextAt: after.redAt });
      expect(after.history.map(({ act }) => act)).to.have.members(['open', 'recount', 'escalate']);
      expect(after.proposalAt).to.deep.equal(shanghai('2027-01-09T00:00'));
    });

    it('entered in another process is followed with the next sweep', async () => {
      await lay(received);
      const order = await opened('entrance');
      const { title, holidays, makeUpDays } = notice2027;
      await HolidayNoticeModel.create({ _id: '2027', title, holidays, makeUpDays });
      await sweep();
      expect((await stored(order._id)).unpublishedYear).to.equal(null);
    });
  });
});
