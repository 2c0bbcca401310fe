// Whether a picture's file is whole, looked at a block at a time: markers that lie across two blocks are seen, too.
import { rm, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { isWholePicture } from '../../server/lib/whole-picture.ts';

const block = 65_536;
const beginning = Buffer.from([0xff, 0xd8, 0xff, 0xda, 0, 2, 0]);
const end = Buffer.from([0xff, 0xd9]);
const scan = Buffer.from([0xff, 0xda]);

describe('a JPEG looked at block by block', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mingdan-whole-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function isWhole(...parts: Buffer[]): Promise<boolean> {
    const path = join(folder, 'picture');
    await writeFile(path, Buffer.concat([beginning, ...parts]));
    return isWholePicture(path, 'image/jpeg');
  }

  it('has its end seen wherever that lies to a block', async () => {
    for (let shift = -4; shift <= 4; shift += 1) {
      const pixels = Buffer.alloc(2 * block - beginning.length + shift, 1);
      expect(await isWhole(pixels, end), `end at ${shift}`).to.equal(true);
      expect(await isWhole(pixels, end.subarray(0, 1)), `half an end at ${shift}`).to.equal(false);
      expect(await isWhole(pixels), `no end at ${shift}`).to.equal(false);
    }
  });

  it('may have a hundred scans, and what lies behind its end is not counted', async () => {
    const scans = (count: number) => Buffer.concat(Array.from({ length: count }, () => scan));
    expect(await isWhole(scans(99), end, scans(500))).to.equal(true);
    expect(await isWhole(scans(100), end)).to.equal(false);
  });

  it('of nothing but marks is gone through in one go', async () => {
    expect(await isWhole(Buffer.alloc(5 * block, 0xff))).to.equal(false);
    expect(await isWhole(Buffer.alloc(5 * block, 0xff), Buffer.from([0xd9]))).to.equal(true);
  });
});
