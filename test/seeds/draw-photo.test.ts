// The sample photos: labelled drawings, different from each other, the same bytes each time.
import { expect } from 'chai';
import exifr from 'exifr';
import sharp from 'sharp';
import { sha256 } from '../../server/lib/canonical.ts';
import type { PhotoSpec } from '../../server/seeds/draw-photo.ts';
import { drawPhoto, photoSvg } from '../../server/seeds/draw-photo.ts';
import checklists from '../../server/seeds/data/checklists.json' with { type: 'json' };

// The server reads pictures from files alone; what is drawn here is looked at where it lies.
sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer'] });

const takenAt = new Date('2022-12-01T02:42:07Z');
const spec: PhotoSpec = { scene: 'mask', state: 'fault', serial: 7, caption: 'daowai-0001', takenAt };
const scenes = (checklists.checklists[0]?.items ?? []).map(({ key }) => key as PhotoSpec['scene']);

describe('a sample photo', () => {
  it('is a JPEG of 960 by 720 and of moderate size', async () => {
    const photo = await drawPhoto(spec);
    const { format, width, height } = await sharp(photo).metadata();
    expect({ format, width, height }).to.deep.equal({ format: 'jpeg', width: 960, height: 720 });
    expect(photo.length).to.be.within(15_000, 90_000);
  });

  it('has the same bytes each time', async () => {
    for (const scene of scenes) {
      const [first, second] = await Promise.all([
        drawPhoto({ ...spec, scene }),
        drawPhoto({ ...spec, scene }),
      ]);
      expect(sha256(first), scene).to.equal(sha256(second));
    }
  });

  it('differs for every scene, state and serial', async () => {
    const states = ['fault', 'fixed', 'ok'] as const;
    const specs = scenes.flatMap((scene) =>
      states.flatMap((state) => [1, 2].map((serial) => ({ ...spec, scene, state, serial }))),
    );
    const hashes = await Promise.all(specs.map(async (one) => sha256(await drawPhoto(one))));
    expect(new Set(hashes).size).to.equal(specs.length);
  });

  it('asks for no font: its writing is outlines', () => {
    for (const scene of scenes) {
      const svg = photoSvg({ ...spec, scene, caption: '~ !"#$%&()*+,-./0123456789:;<=>?@AZaz' });
      expect(svg).to.not.match(/<text|<tspan|font/u);
      expect(svg).to.not.include('NaN');
      expect(svg).to.not.include('undefined');
    }
  });

  it('says when it was taken, in Chinese time, and only if told', async () => {
    const exif = (await exifr.parse(await drawPhoto(spec), { reviveValues: false })) as Record<
      string,
      unknown
    >;
    expect(exif.DateTimeOriginal).to.equal('2022:12:01 10:42:07');
    expect(exif.OffsetTimeOriginal).to.equal('+08:00');
    const undated = await drawPhoto({ scene: 'scan', state: 'ok', serial: 1, caption: 'x' });
    expect(await exifr.parse(undated)).to.equal(undefined);
  });

  it('leaves no corner unpainted, however the phone was held', async () => {
    for (let serial = 0; serial < 24; serial += 1) {
      const photo = await drawPhoto({ scene: 'scan', state: 'fixed', serial, look: 0, caption: '' });
      const { data, info } = await sharp(photo).raw().toBuffer({ resolveWithObject: true });
      for (const pixel of [0, info.width - 1, info.width * 340, info.width * 341 - 1]) {
        const brightness = Math.max(...data.subarray(pixel * 3, pixel * 3 + 3));
        expect(brightness, `serial ${serial}, pixel ${pixel}`).to.be.above(90);
      }
    }
  });
});
