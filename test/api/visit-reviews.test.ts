// What the desk does with visits: flags settled by somebody else, lost photos given up, unmatched visits matched.
import { expect } from 'chai';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { OrderModel } from '../../models/order.ts';
import { UserModel } from '../../models/user.ts';
import { type VisitBody, VisitModel } from '../../models/visit.ts';
import { projectVisits } from '../../server/domain/visit-projection.ts';
import { clock } from '../../server/lib/clock.ts';
import { ids } from '../../server/lib/ids.ts';
import { isProblem } from '../support/app.ts';
import { days, hours, minutes, passTime, releaseClock } from '../support/desk.ts';
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

type Shown = {
  id: string;
  state: string;
  merchant: string | null;
  flags: string[];
  needsReview: boolean;
  flagDetails: { flag: string; zh: string; fact: string | null; settled: boolean }[];
  reviews: { flags: string[]; outcome: string }[];
  photos: { sha256: string; present: boolean; lost: { reason: string } | null }[];
  orders: { id: string; item: string; state: string; due?: string }[];
  can: Record<string, boolean>;
};
const shownIn = ({ body }: { body: unknown }) => body as Shown;
const ago = (millis: number) => new Date(clock.now().getTime() - millis).toISOString();

describe('a visit at the desk', () => {
  let desk: Desk;
  let inspector: Person;
  let merchant: Merchant;

  beforeEach(async () => {
    releaseClock();
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    inspector = await aPerson('inspector', { areas: ['230104'], taskForce: 'market' });
    merchant = await aListedMerchant(desk);
  });
  after(() => {
    releaseClock();
  });

  async function handedIn(changes: Partial<VisitBody> = {}, of = merchant._id): Promise<VisitBody> {
    const visit = aVisit(of, { arrivedAt: ago(10 * minutes), sealedAt: ago(5 * minutes), ...changes });
    await inspector.api.post('/visits').send(visit).expect(201);
    await projectVisits();
    return visit;
  }
  const shown = async (id: string, by = desk.staff) => shownIn(await by.api.get(`/visits/${id}`).expect(200));

  describe('with flags', () => {
    const far = { location: { lng: 126.64, lat: 45.8, accuracy: 10 } };

    it('says what each rests on, and is among those to be reviewed until all are settled', async () => {
      const plain = await handedIn({ arrivedAt: ago(3 * hours), sealedAt: ago(2 * hours) });
      const visit = await handedIn({
        ...far,
        photos: [{ sha256: 'c'.repeat(64), source: 'gallery' }],
      });
      const listed = async (needsReview: boolean) =>
        (
          (await desk.staff.api.get(`/visits?needsReview=${needsReview}`).expect(200)).body as {
            items: Shown[];
          }
        ).items.map(({ id }) => id);
      expect(await listed(true)).to.deep.equal([visit.id]);
      expect(await listed(false)).to.deep.equal([plain.id]);
      const { flagDetails } = await shown(visit.id);
      expect(flagDetails.map(({ flag, fact, settled }) => ({ flag, fact, settled }))).to.deep.equal([
        { flag: 'far-from-merchant', fact: '2224 m (± 10 m)', settled: false },
        { flag: 'gallery-photo', fact: null, settled: false },
      ]);
      const review = (flags: string[]) =>
        desk.staff.api
          .post(`/visits/${visit.id}/review`)
          .send({ flags, outcome: 'explained', note: '市场另一入口' });
      expect(shownIn(await review(['far-from-merchant']).expect(200)).needsReview).to.equal(true);
      const settled = shownIn(await review(['gallery-photo']).expect(200));
      expect(settled).to.include({ needsReview: false });
      expect(settled.flagDetails.every((detail) => detail.settled)).to.equal(true);
      expect(settled.flags).to.have.length(2);
      expect(await listed(true)).to.deep.equal([]);
    });

    it('is reviewed with flags that it bears, by staff who did not make it', async () => {
      const visit = await handedIn(far);
      const path = `/visits/${visit.id}/review`;
      const body = { flags: ['far-from-merchant'], outcome: 'doubtful', note: '不像' };
      await inspector.api.post(path).send(body).expect(isProblem(403, 'forbidden'));
      await desk.staff.api
        .post(path)
        .send({ ...body, flags: ['clock-skew'] })
        .expect(isProblem(400, 'invalid-request'));
      await UserModel.updateOne({ _id: inspector.user._id }, { $set: { role: 'staff' } });
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await inspector.api.post(path).send(body).expect(isProblem(403, 'four-eyes'));
      await desk.staff.api.post(path).send(body).expect(200);
    });

    it('keeps from the merchant what the bureau thinks of them', async () => {
      const visit = await handedIn(far);
      const owner = await aPerson('merchant', { merchants: [merchant._id] });
      expect((await shown(visit.id, owner)).flagDetails).to.deep.equal([]);
    });

    it('bears one where a photo was used in an earlier visit', async () => {
      const { bytes, sha256 } = await aPhoto();
      await inspector.api.post('/photos').attach('photo', bytes, 'a.jpg').expect(201);
      const answers = [{ item: 'mask', outcome: 'pass' as const, photos: [sha256] }];
      const first = await handedIn({ answers });
      const second = await handedIn({ answers }, (await aListedMerchant(desk))._id);
      expect((await shown(first.id)).flags).to.deep.equal([]);
      const { flagDetails } = await shown(second.id);
      expect(flagDetails[0]).to.include({ flag: 'photo-seen-before', fact: first.id });
    });

    it('bears one where nobody could have come that fast from the visit before, or to the one after', async () => {
      const distant = await aListedMerchant(desk, {
        point: { type: 'Point', coordinates: [127.2, 45.78] },
      });
      await handedIn({ arrivedAt: ago(70 * minutes), sealedAt: ago(65 * minutes) });
      const away = { location: { lng: 127.2, lat: 45.78, accuracy: 10 } };
      const soon = await handedIn(
        { ...away, arrivedAt: ago(60 * minutes), sealedAt: ago(55 * minutes) },
        distant._id,
      );
      const [detail] = (await shown(soon.id)).flagDetails;
      expect(detail).to.include({ flag: 'impossible-travel' });
      // The two visits were not made within the same millisecond.
      expect(detail?.fact).to.match(/^26[01] km\/h$/);
      const between = await handedIn({ arrivedAt: ago(58 * minutes), sealedAt: ago(57 * minutes) });
      expect((await shown(between.id)).flags).to.deep.equal(['impossible-travel']);
      const later = await handedIn({ ...away, arrivedAt: ago(minutes), sealedAt: ago(0) }, distant._id);
      expect((await shown(later.id)).flags).to.deep.equal([]);
    });

    it('bears each once, however often and by how many it is looked at', async () => {
      const { bytes, sha256 } = await aPhoto();
      await inspector.api.post('/photos').attach('photo', bytes, 'a.jpg').expect(201);
      const answers = [{ item: 'mask', outcome: 'pass' as const, photos: [sha256] }];
      await handedIn({ answers });
      const visit = await handedIn({ answers });
      await VisitModel.updateOne({ _id: visit.id }, { $set: { pending: true } });
      await Promise.all([projectVisits(), projectVisits(), projectVisits()]);
      const stored = await VisitModel.findById(visit.id).lean();
      expect(stored).to.deep.include({ flags: ['photo-seen-before'], pending: false });
    });

    it('stays reviewed when an amendment has it looked at again and finds nothing new', async () => {
      const { bytes, sha256 } = await aPhoto();
      await inspector.api.post('/photos').attach('photo', bytes, 'a.jpg').expect(201);
      const answers = [{ item: 'mask', outcome: 'pass' as const, photos: [sha256] }];
      await handedIn({ answers });
      const visit = await handedIn({ answers });
      const review = { flags: ['photo-seen-before'], outcome: 'explained', note: '同一店铺' };
      await desk.staff.api.post(`/visits/${visit.id}/review`).send(review).expect(200);
      const amendment = { version: 1, reason: '填错了', sealedAt: visit.sealedAt };
      await inspector.api
        .post(`/visits/${visit.id}/amendments`)
        .send({ ...amendment, id: ids.uuid(), visit: { ...visit, note: '更正' } })
        .expect(201);
      await projectVisits();
      expect(await shown(visit.id)).to.deep.include({ needsReview: false, flags: ['photo-seen-before'] });
    });
  });

  describe('whose photos do not come', () => {
    const photos = ['d'.repeat(64), 'e'.repeat(64)];
    const waiting = () =>
      handedIn({ photos: photos.map((sha256) => ({ sha256, source: 'camera' as const })) });
    const lose = (id: string, lost: string[]) =>
      desk.staff.api.post(`/visits/${id}/photos-lost`).send({ photos: lost, reason: '手机损坏' });

    it('is complete without them once staff gave them up, named and with a reason, after seven days', async () => {
      const { id } = await waiting();
      await lose(id, photos).expect(isProblem(409, 'photos-may-come'));
      passTime(7 * days);
      desk = await aDesk();
      expect(shownIn(await lose(id, photos.slice(0, 1)).expect(200)).state).to.equal('received');
      const given = shownIn(await lose(id, photos.slice(1)).expect(200));
      expect(given.state).to.equal('complete-without');
      expect(given.photos.map(({ present, lost }) => [present, lost?.reason])).to.deep.equal([
        [false, '手机损坏'],
        [false, '手机损坏'],
      ]);
      await lose(id, photos.slice(0, 1)).expect(isProblem(400, 'invalid-request'));
      expect(given.can).to.include({ photosLost: false });
    });

    it('is complete after all when they come later', async () => {
      const photo = await aPhoto();
      const { id } = await handedIn({ photos: [{ sha256: photo.sha256, source: 'camera' }] });
      passTime(8 * days);
      desk = await aDesk();
      expect(shownIn(await lose(id, [photo.sha256]).expect(200)).state).to.equal('complete-without');
      releaseClock();
      await inspector.api.post('/photos').attach('photo', photo.bytes, 'a.jpg').expect(201);
      expect((await shown(id)).state).to.equal('complete');
    });
  });

  describe('at a shop that is not on file', () => {
    const unknown = () => handedIn({ merchant: ids.uuid() });

    it('is kept apart until staff say which shop it was; its faults are orders from then on', async () => {
      const photo = await aPhoto();
      await inspector.api.post('/photos').attach('photo', photo.bytes, 'a.jpg').expect(201);
      const fault = {
        item: 'scan',
        outcome: 'fail' as const,
        photos: [photo.sha256],
        fix: { kind: 'timed' as const },
      };
      const visit = await handedIn({ merchant: ids.uuid(), answers: [fault] });
      const apart = (await desk.staff.api.get('/visits?unmatched=true').expect(200)).body as {
        items: Shown[];
      };
      expect(apart.items.map(({ id, can }) => [id, can.match])).to.deep.equal([[visit.id, true]]);
      expect(await OrderModel.countDocuments({ visit: visit.id })).to.equal(0);
      passTime(5 * hours);
      const staff = await aPerson('staff');
      const match = () => staff.api.post(`/visits/${visit.id}/match`).send({ merchant: merchant._id });
      const matched = shownIn(await match().expect(200));
      expect(matched.merchant).to.equal(merchant._id);
      const due = new Date(matched.orders[0]?.due ?? 0).getTime();
      expect(due - clock.now().getTime()).to.be.within(2 * hours - minutes, 2 * hours);
      await match().expect(isProblem(409, 'visit-matched'));
      await projectVisits();
      const stored = await MerchantModel.findById(merchant._id).lean();
      expect(stored).to.deep.include({ openOrders: 1 });
      expect(stored?.lastVisit?.result).to.equal('orders');
    });

    it('is matched by one of two who do it at once', async () => {
      const visit = await unknown();
      const answers = await Promise.all(
        Array.from({ length: 4 }, () =>
          desk.staff.api.post(`/visits/${visit.id}/match`).send({ merchant: merchant._id }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409, 409, 409]);
    });

    it('is not matched with a shop out of reach', async () => {
      const elsewhere = await aListedMerchant(await aDesk(['230199']), { subdistrict: '230199001' });
      const visit = await unknown();
      await desk.staff.api
        .post(`/visits/${visit.id}/match`)
        .send({ merchant: elsewhere._id })
        .expect(isProblem(404, 'merchant-not-found'));
    });
  });
});
