// Photo evidence over HTTP: what is no whole picture is refused and leaves nothing behind; what is kept is served upright and bare.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import sharp from 'sharp';
import { AuditRecordModel } from '../../models/audit-record.ts';
import type { Merchant } from '../../models/merchant.ts';
import { PhotoBlobModel, PhotoHoldingModel } from '../../models/photo.ts';
import { environment } from '../../server/domain/environment.ts';
import { isProblem } from '../support/app.ts';
import {
  asFile,
  bomb,
  cornersOf,
  drawnPng,
  heicHeader,
  orientations,
  scanBomb,
  turnedPicture,
} from '../support/pictures.ts';
import { expectNothingLeft, sendPhotos, sha256Of, staged, stagingPlace } from '../support/uploads.ts';
import { aPhoto, aVisit } from '../support/visits.ts';
import { aDesk, aListedMerchant, aPerson, emptyWorld, layGround, type Person } from '../support/world.ts';

const metadataOf = (bytes: Buffer) => asFile(bytes, (path) => sharp(path).metadata());

describe('photo evidence', () => {
  let inspector: Person;
  let merchant: Merchant;

  before(async () => {
    await emptyWorld();
    await layGround();
    merchant = await aListedMerchant(await aDesk());
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
  });

  const send = (...pictures: Buffer[]) => sendPhotos(inspector, pictures);

  /** Used in a visit, so that it may be read. */
  async function shown(bytes: Buffer): Promise<string> {
    await send(bytes).expect(201);
    const sha256 = sha256Of(bytes);
    const answers = [{ item: 'mask', outcome: 'pass' as const, photos: [sha256] }];
    await inspector.api.post('/visits').send(aVisit(merchant._id, { answers })).expect(201);
    return sha256;
  }

  describe('that is no picture', () => {
    const jpegMagic = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46, 0x49, 0x46, 0x00]);
    const cases: {
      what: string;
      make: () => Promise<Buffer> | Buffer;
      status: number;
      code: Parameters<typeof isProblem>[1];
    }[] = [
      {
        what: 'text',
        make: () => Buffer.from('not a picture at all'),
        status: 415,
        code: 'photo-unsupported',
      },
      {
        what: 'an SVG',
        make: () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
        status: 415,
        code: 'photo-unsupported',
      },
      {
        what: 'an HTML page',
        make: () => Buffer.from('<!doctype html><script>alert(1)</script>'),
        status: 415,
        code: 'photo-unsupported',
      },
      {
        what: 'a GIF',
        make: () =>
          sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
            .gif()
            .toBuffer(),
        status: 415,
        code: 'photo-unsupported',
      },
      {
        what: 'a TIFF',
        make: () =>
          sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
            .tiff()
            .toBuffer(),
        status: 415,
        code: 'photo-unsupported',
      },
      { what: 'a HEIC', make: heicHeader, status: 415, code: 'photo-unsupported' },
      {
        what: 'a page that begins like a JPEG',
        make: () => Buffer.concat([jpegMagic, Buffer.from('<script>alert(1)</script>')]),
        status: 422,
        code: 'photo-damaged',
      },
      {
        what: 'a JPEG that was cut off',
        make: async () => (await aPhoto({ width: 1_200, height: 900 })).bytes.subarray(0, 3_000),
        status: 422,
        code: 'photo-damaged',
      },
      {
        what: 'a JPEG whose last byte is missing',
        make: async () => (await aPhoto()).bytes.subarray(0, -1),
        status: 422,
        code: 'photo-damaged',
      },
      {
        what: 'a PNG that was cut off',
        make: async () =>
          (
            await sharp({ create: { width: 99, height: 99, channels: 3, background: 'red' } })
              .png()
              .toBuffer()
          ).subarray(0, -20),
        status: 422,
        code: 'photo-damaged',
      },
      {
        what: 'a JPEG with an end and no pixels',
        make: async () => {
          const { bytes } = await aPhoto();
          const scan = bytes.indexOf(Buffer.from([0xff, 0xda]));
          const header = bytes.subarray(0, scan + 2 + bytes.readUInt16BE(scan + 2));
          return Buffer.concat([header, Buffer.from([0xff, 0xd9])]);
        },
        status: 422,
        code: 'photo-damaged',
      },
      {
        what: 'a PNG with an end and no pixels',
        make: () => drawnPng(640, 480, Buffer.alloc(0)),
        status: 422,
        code: 'photo-damaged',
      },
      {
        what: 'an interlaced PNG that would have to be held whole',
        make: () =>
          sharp({ create: { width: 4_000, height: 4_000, channels: 3, background: 'red' } })
            .png({ progressive: true })
            .toBuffer(),
        status: 422,
        code: 'photo-damaged',
      },
      {
        what: 'a WebP that was cut off',
        make: async () =>
          (
            await sharp({ create: { width: 99, height: 99, channels: 3, background: 'red' } })
              .webp()
              .toBuffer()
          ).subarray(0, -9),
        status: 422,
        code: 'photo-damaged',
      },
      {
        what: 'a bomb of 50,000 × 50,000 pixels',
        make: () => bomb(50_000, 50_000),
        status: 422,
        code: 'photo-damaged',
      },
      {
        what: 'a JPEG of a thousand scans',
        make: () => scanBomb(4_000, 3_000),
        status: 422,
        code: 'photo-damaged',
      },
      {
        what: 'a JPEG of a hundred thousand segments',
        make: async () => {
          const { bytes } = await aPhoto();
          const comment = Buffer.from([0xff, 0xfe, 0, 2]);
          const comments = Buffer.concat(Array.from({ length: 100_000 }, () => comment));
          return Buffer.concat([bytes.subarray(0, 2), comments, bytes.subarray(2)]);
        },
        status: 422,
        code: 'photo-damaged',
      },
      { what: 'nothing', make: () => Buffer.alloc(0), status: 415, code: 'photo-unsupported' },
    ];
    for (const { what, make, status, code } of cases)
      it(`but ${what} is refused, and nothing is left behind`, async () => {
        const bytes = await make();
        await send(bytes).expect(isProblem(status, code));
        await expectNothingLeft(bytes);
      });

    it('is refused together with the good ones beside it', async () => {
      const good = await aPhoto();
      await send(good.bytes, Buffer.from('no picture')).expect(isProblem(415, 'photo-unsupported'));
      await expectNothingLeft(good.bytes);
    });

    it('is refused in a visit’s multipart too, and the visit is not taken in', async () => {
      const bytes = Buffer.from('no picture');
      const visit = aVisit(merchant._id);
      await inspector.api
        .post('/visits')
        .field('visit', JSON.stringify(visit))
        .attach('photo', bytes, 'a.jpg')
        .expect(isProblem(415, 'photo-unsupported'));
      await inspector.api.get(`/visits/${visit.id}`).expect(404);
      await expectNothingLeft(bytes);
    });
  });

  it('that a kill left half written is swept once no upload can last that long', async () => {
    const { storage } = environment();
    await writeFile(join(stagingPlace(), 'left-behind'), 'half');
    expect(await storage.sweepStaging(new Date(Date.now() - 3_600_000))).to.equal(0);
    expect(await storage.sweepStaging(new Date(Date.now() + 1_000))).to.equal(1);
    expect(await staged()).to.deep.equal([]);
  });

  it('is held by its sender alone, and sent twice it is one', async () => {
    const { bytes, sha256 } = await aPhoto();
    const { body } = await send(bytes, bytes).expect(201);
    expect(body).to.have.length(2);
    await send(bytes).expect(201);
    expect(await PhotoBlobModel.countDocuments({ _id: sha256 })).to.equal(1);
    expect(await PhotoHoldingModel.countDocuments({ sha256 })).to.equal(1);
    await inspector.api.head(`/photos/${sha256}`).expect(200);
    const other = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    await other.api.head(`/photos/${sha256}`).expect(404);
    const answers = [{ item: 'mask', outcome: 'pass' as const, photos: [sha256] }];
    const { body: receipt } = await other.api
      .post('/visits')
      .send(aVisit(merchant._id, { answers }))
      .expect(201);
    expect(receipt).to.deep.include({ state: 'received', missingPhotos: [sha256] });
    await inspector.api.get(`/photos/${sha256}`).expect(isProblem(404, 'not-found'));
  });

  it('sent by two at once is kept once and held by both', async () => {
    const { bytes, sha256 } = await aPhoto();
    const other = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    const answers = await Promise.all(
      [inspector, other, inspector, other].map(({ api }) =>
        api.post('/photos').attach('photo', bytes, 'a.jpg'),
      ),
    );
    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 201, 201]);
    expect(await PhotoBlobModel.countDocuments({ _id: sha256 })).to.equal(1);
    expect(await PhotoHoldingModel.countDocuments({ sha256 })).to.equal(2);
    expect(await staged()).to.deep.equal([]);
  });

  describe('is served', () => {
    for (const orientation of orientations)
      it(`upright and without metadata, stored in orientation ${orientation}`, async () => {
        const bytes = await turnedPicture(orientation);
        const { body: kept } = await send(bytes).expect(201);
        expect((kept as object[])[0]).to.include({ width: 64, height: 32 });
        const sha256 = await shown(bytes);
        for (const size of [320, 1600]) {
          const response = await inspector.api.get(`/photos/${sha256}?size=${size}`).buffer(true).expect(200);
          const copy = response.body as Buffer;
          const { format, width, height, exif, icc, xmp, orientation: left } = await metadataOf(copy);
          expect({ format, width, height, exif, icc, xmp, left }).to.deep.equal({
            format: 'jpeg',
            width: 64,
            height: 32,
            exif: undefined,
            icc: undefined,
            xmp: undefined,
            left: undefined,
          });
          expect(await cornersOf(copy)).to.deep.equal(['red', 'green', 'blue', 'white']);
        }
      });

    it('small, never enlarged, with headers that let a browser only show it', async () => {
      const { bytes } = await aPhoto({ width: 2_000, height: 1_000 });
      const sha256 = await shown(bytes);
      const { headers, body } = await inspector.api
        .get(`/photos/${sha256}?size=320`)
        .buffer(true)
        .expect(200);
      const { width, height } = await metadataOf(body as Buffer);
      expect([width, height]).to.deep.equal([320, 160]);
      expect(headers).to.include({ 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff' });
      expect(headers['content-security-policy']).to.match(/sandbox/);
      expect(headers['cache-control']).to.equal('private, no-cache');
      await inspector.api
        .get(`/photos/${sha256}?size=320`)
        .set('If-None-Match', headers.etag ?? '')
        .expect(304);
    });

    it('as the very bytes that were sent only as the original, and each view of one is logged', async () => {
      const { bytes } = await aPhoto();
      const sha256 = await shown(bytes);
      const views = () =>
        AuditRecordModel.countDocuments({ action: 'photo.original-viewed', record: sha256 });
      expect(await views()).to.equal(0);
      const { body, headers } = await inspector.api
        .get(`/photos/${sha256}?size=original`)
        .buffer(true)
        .expect(200);
      expect(headers['cache-control']).to.equal('no-store');
      expect(sha256Of(body as Buffer)).to.equal(sha256);
      expect(await views()).to.equal(1);
    });

    it('without what was hidden behind its end', async () => {
      const { bytes } = await aPhoto();
      const polyglot = Buffer.concat([bytes, Buffer.from('<script>alert(1)</script>PK\x03\x04')]);
      const sha256 = await shown(polyglot);
      const { body } = await inspector.api.get(`/photos/${sha256}?size=1600`).buffer(true).expect(200);
      expect((body as Buffer).includes('script')).to.equal(false);
    });
  });
});
