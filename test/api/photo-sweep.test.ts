// Photos that nobody uses go after a month; what is used, or sent again in the meantime, stays.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect } from 'chai';
import type { Merchant } from '../../models/merchant.ts';
import { PhotoBlobModel, PhotoHoldingModel } from '../../models/photo.ts';
import { VisitModel } from '../../models/visit.ts';
import { environment } from '../../server/domain/environment.ts';
import { holdPhotos } from '../../server/domain/evidence.ts';
import { sweepPhotos } from '../../server/domain/photo-sweep.ts';
import { submitVisit } from '../../server/domain/visits.ts';
import { testConfig } from '../support/app.ts';
import { days, hours, passTime, releaseClock } from '../support/desk.ts';
import { aPhoto, aVisit } from '../support/visits.ts';
import { aDesk, aListedMerchant, aPerson, emptyWorld, layGround, type Person } from '../support/world.ts';

describe('a photo', () => {
  let inspector: Person;
  let merchant: Merchant;

  beforeEach(async () => {
    releaseClock();
    await emptyWorld();
    await layGround();
    merchant = await aListedMerchant(await aDesk());
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
  });
  after(() => {
    releaseClock();
  });

  async function sent(bytes?: Buffer): Promise<{ sha256: string; bytes: Buffer }> {
    const photo = bytes ? { bytes } : await aPhoto();
    const staged = await environment().storage.stage(Readable.from([photo.bytes]), 1_000_000);
    const { sha256 } = staged;
    await holdPhotos(inspector.actor, [staged]);
    return { sha256, bytes: photo.bytes };
  }
  const isThere = (sha256: string) => environment().storage.has(sha256);
  const using = (sha256: string) =>
    submitVisit(
      inspector.actor,
      aVisit(merchant._id, { answers: [{ item: 'mask', outcome: 'pass', photos: [sha256] }] }),
    );

  it('that nobody uses for thirty days is told to be sent again, and is gone an hour later', async () => {
    const { sha256 } = await sent();
    passTime(29 * days);
    expect(await sweepPhotos()).to.equal(0);
    passTime(2 * days);
    expect(await sweepPhotos()).to.equal(0);
    const { visit } = await using(sha256);
    expect(visit.state).to.equal('received');
    await VisitModel.deleteOne({ _id: visit._id });
    passTime(2 * hours);
    expect(await sweepPhotos()).to.equal(1);
    expect(await isThere(sha256)).to.equal(false);
    expect(await PhotoBlobModel.countDocuments({ _id: sha256 })).to.equal(0);
    expect(await PhotoHoldingModel.countDocuments({ sha256 })).to.equal(0);
    expect(await readdir(join(testConfig().uploadsDir, '.incoming'))).to.deep.equal([]);
  });

  it('that a visit or an order shows stays for ever', async () => {
    const { sha256 } = await sent();
    await using(sha256);
    for (let month = 0; month < 3; month += 1) {
      passTime(31 * days);
      await sweepPhotos();
    }
    expect(await isThere(sha256)).to.equal(true);
    expect((await PhotoBlobModel.findById(sha256).lean())?.state).to.equal('used');
  });

  it('that is sent again between being marked and removed stays', async () => {
    const { sha256, bytes } = await sent();
    passTime(31 * days);
    await sweepPhotos();
    await sent(bytes);
    passTime(2 * hours);
    expect(await sweepPhotos()).to.equal(0);
    expect(await isThere(sha256)).to.equal(true);
    expect((await using(sha256)).visit.state).to.equal('complete');
  });

  it('that a visit names while it is marked stays, and is present again', async () => {
    const { sha256 } = await sent();
    passTime(31 * days);
    await sweepPhotos();
    await using(sha256);
    passTime(2 * hours);
    expect(await sweepPhotos()).to.equal(0);
    const again = await using(sha256);
    expect(again.visit.state).to.equal('complete');
    expect(await isThere(sha256)).to.equal(true);
  });

  it('that is sent while it is swept is never a record without its bytes', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { sha256, bytes } = await sent();
      passTime(31 * days);
      await sweepPhotos();
      passTime(2 * hours);
      await Promise.all([sweepPhotos(), sent(bytes), sweepPhotos()]);
      const blob = await PhotoBlobModel.findById(sha256).lean();
      expect(blob?.state).to.equal('kept');
      expect(await isThere(sha256)).to.equal(true);
      const held = await PhotoHoldingModel.findOne({ sha256 }).lean();
      expect(held).to.include({ swept: false });
    }
  });
});
