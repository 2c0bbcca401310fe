// Redaction: black where it was asked for, nothing else of the original in it, and the original as it was.
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import sharp from 'sharp';
import type { Merchant } from '../../models/merchant.ts';
import { sweepPhotos } from '../../server/domain/photo-sweep.ts';
import { isProblem } from '../support/app.ts';
import { days, hours, passTime, releaseClock } from '../support/desk.ts';
import { asFile, turnedPicture } from '../support/pictures.ts';
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

type Redaction = { sha256: string; of: string; width: number; height: number };

describe('a redaction', () => {
  let desk: Desk;
  let inspector: Person;
  let merchant: Merchant;
  let original: Buffer;
  let hash: string;

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    merchant = await aListedMerchant(desk);
    original = await turnedPicture(6);
    hash = createHash('sha256').update(original).digest('hex');
    await inspector.api.post('/photos').attach('photo', original, 'a.jpg').expect(201);
    const answers = [{ item: 'mask', outcome: 'pass' as const, photos: [hash] }];
    await inspector.api.post('/visits').send(aVisit(merchant._id, { answers })).expect(201);
  });

  const redact = (rectangles: object[], by = desk.staff) =>
    by.api.post(`/photos/${hash}/redactions`).send({ rectangles, reason: '遮盖人脸' });
  const left = { x: 0, y: 0, width: 0.5, height: 1 };
  const bytesOf = async (sha256: string, size: string) =>
    (await desk.staff.api.get(`/photos/${sha256}?size=${size}`).buffer(true).expect(200)).body as Buffer;

  it('paints the upright picture over, without metadata, and leaves the original alone', async () => {
    const made = (await redact([left]).expect(201)).body as Redaction;
    expect(made).to.include({ of: hash, width: 64, height: 32 });
    const bytes = await bytesOf(made.sha256, 'original');
    expect(createHash('sha256').update(bytes).digest('hex')).to.equal(made.sha256);
    const { exif, width, height } = await asFile(bytes, (path) => sharp(path).metadata());
    expect({ exif, width, height }).to.deep.equal({ exif: undefined, width: 64, height: 32 });
    const { data } = await asFile(bytes, (path) => sharp(path).raw().toBuffer({ resolveWithObject: true }));
    const at = (x: number, y: number) => Math.max(...data.subarray(3 * (64 * y + x), 3 * (64 * y + x) + 3));
    for (const [x, y] of [
      [2, 2],
      [20, 16],
      [28, 29],
    ] as const)
      expect(at(x, y)).to.be.lessThan(30);
    for (const [x, y] of [
      [40, 4],
      [60, 28],
    ] as const)
      expect(at(x, y)).to.be.greaterThan(150);
    expect((await bytesOf(hash, 'original')).equals(original)).to.equal(true);
  });

  it('made again is the same copy, and both stand in the custody of the original', async () => {
    const [one, two] = [await redact([left]).expect(201), await redact([left]).expect(201)];
    expect(one.body).to.deep.equal(two.body);
    const { body } = await desk.staff.api.get(`/photos/${hash}/custody`).expect(200);
    const { items } = body as { items: { act: string; to: string | null }[] };
    expect(items.filter(({ act }) => act === 'redacted').at(-1)?.to).to.equal((one.body as Redaction).sha256);
  });

  it('is seen by those who may see its original, and by nobody else', async () => {
    const made = (await redact([left]).expect(201)).body as Redaction;
    await inspector.api.get(`/photos/${made.sha256}?size=320`).expect(200);
    const stranger = await aPerson('staff', { areas: ['230199'] });
    await stranger.api.get(`/photos/${made.sha256}?size=320`).expect(isProblem(404, 'not-found'));
    await redact([left], stranger).expect(isProblem(404, 'not-found'));
    await redact([left], inspector).expect(isProblem(403, 'forbidden'));
  });

  it('is not swept, even where somebody sent the same bytes as a photo', async () => {
    const made = (await redact([left]).expect(201)).body as Redaction;
    const bytes = await bytesOf(made.sha256, 'original');
    await inspector.api.post('/photos').attach('photo', bytes, 'b.jpg').expect(201);
    passTime(31 * days);
    await sweepPhotos();
    passTime(2 * hours);
    await sweepPhotos();
    releaseClock();
    expect((await bytesOf(made.sha256, 'original')).equals(bytes)).to.equal(true);
  });

  it('of a part that lies beyond the picture is refused, naming it', async () => {
    const { body } = await redact([left, { x: 0.6, y: 0, width: 0.5, height: 1 }]).expect(
      isProblem(400, 'invalid-request'),
    );
    expect((body as { errors: { path: string }[] }).errors.map(({ path }) => path)).to.deep.equal([
      '/rectangles/1',
    ]);
    await redact([]).expect(isProblem(400, 'invalid-request'));
  });
});
