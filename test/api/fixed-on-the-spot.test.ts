// A fault fixed on the spot (立行立改) is closed with its visit, and says while the photos that show it have not all arrived.
import { expect } from 'chai';
import type { Merchant } from '../../models/merchant.ts';
import { orderIdOf } from '../../server/domain/orders-of-visit.ts';
import { submitVisit } from '../../server/domain/visits.ts';
import { days, passTime, releaseClock } from '../support/desk.ts';
import { aFaultyVisit, aPhoto } from '../support/visits.ts';
import {
  aDesk,
  aListedMerchant,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  type Person,
} from '../support/world.ts';

type Photo = Awaited<ReturnType<typeof aPhoto>>;

describe('a fault fixed on the spot', () => {
  let desk: Desk;
  let inspector: Person;
  let merchant: Merchant;
  let photos: Record<'before' | 'after' | 'scan', Photo>;
  let visit: string;

  beforeEach(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    merchant = await aListedMerchant(desk);
    photos = { before: await aPhoto(), after: await aPhoto(), scan: await aPhoto() };
    const { before, after, scan } = photos;
    const hashes = { before: before.sha256, after: after.sha256, scan: scan.sha256 };
    visit = (await submitVisit(inspector.actor, aFaultyVisit(merchant._id, hashes))).visit._id;
  });
  afterEach(releaseClock);

  const arrives = ({ bytes }: Photo) =>
    inspector.api.post('/photos').attach('photo', bytes, 'a.jpg').expect(201);
  const shown = async (item: string, by = inspector) => {
    const { body } = await by.api.get(`/orders/${orderIdOf(visit, item)}`).expect(200);
    const { state, kind, evidencePending } = body as Record<string, unknown>;
    return { state, kind, evidencePending };
  };

  it('is closed at once, its evidence pending until the last of its photos is there', async () => {
    const pending = { state: 'closed', kind: 'on-site', evidencePending: true };
    expect(await shown('mask')).to.deep.equal(pending);
    await arrives(photos.before);
    await arrives(photos.scan);
    expect(await shown('mask')).to.deep.equal(pending);
    await arrives(photos.after);
    expect(await shown('mask')).to.deep.equal({ ...pending, evidencePending: false });
  });

  it('is told from a timed one, which needs its photos when it is answered', async () => {
    expect(await shown('scan')).to.deep.equal({ state: 'open', kind: 'timed', evidencePending: false });
  });

  it('is waited for no longer once staff gave its photos up, and shows them if they come after all', async () => {
    passTime(8 * days);
    const staff = await aPerson('staff');
    const { before, after } = photos;
    await staff.api
      .post(`/visits/${visit}/photos-lost`)
      .send({ photos: [before.sha256, after.sha256], reason: '手机丢失' })
      .expect(200);
    expect(await shown('mask', staff)).to.include({ evidencePending: false });
    const photosOf = async () => {
      const { body } = await staff.api.get(`/orders/${orderIdOf(visit, 'mask')}`).expect(200);
      return (body as { history: { photos: { present: boolean; lost: boolean }[] }[] }).history.flatMap(
        (event) => event.photos.map(({ present, lost }) => ({ present, lost })),
      );
    };
    expect(await photosOf()).to.deep.equal([
      { present: false, lost: true },
      { present: false, lost: true },
    ]);
    releaseClock();
    await arrives(after);
    expect(await photosOf()).to.deep.equal([
      { present: false, lost: true },
      { present: true, lost: true },
    ]);
  });
});
