// Hostile files at a server process of its own: each is answered within two seconds, and its memory stays flat.
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { expect } from 'chai';
import sharp from 'sharp';
import { testConfig } from '../support/app.ts';
import { describeOnLinux } from '../support/linux.ts';
import { bomb, drawnPng, heicHeader, scanBomb } from '../support/pictures.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { aPhoto } from '../support/visits.ts';
import { aPerson, emptyWorld, layGround, type Person } from '../support/world.ts';

const rounds = 3;
const atOnce = 8;
const mostMegabytes = 15;
const mebibyte = 2 ** 20;
/** What a process may grow by under all of it: a few uploads of 15 MB in flight, no picture ever unfolded. */
const mostGrowth = 160 * mebibyte;

describeOnLinux('hostile files', function () {
  this.timeout(60_000);
  let server: ServerProcess;
  let folder: string;
  let inspector: Person;

  before(async () => {
    await emptyWorld();
    await layGround();
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    folder = await mkdtemp(join(tmpdir(), 'mingdan-hostile-'));
    server = await startServer({
      MONGODB_URI: testConfig().mongodbUri ?? '',
      DATA_DIR: join(folder, 'data'),
      UPLOADS_DIR: join(folder, 'uploads'),
    });
  });
  after(async () => {
    await server.end('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  });

  async function sent(bytes: Buffer): Promise<{ status: number; millis: number }> {
    const form = new FormData();
    form.append('photo', new Blob([new Uint8Array(bytes)]), 'a.jpg');
    const headers = { Authorization: `Bearer ${inspector.token}` };
    const from = performance.now();
    const response = await fetch(`${server.url}/api/v1/photos`, { method: 'POST', headers, body: form });
    await response.arrayBuffer();
    return { status: response.status, millis: performance.now() - from };
  }

  /** Counts the most it holds from now on. */
  const countAnew = () => writeFile(`/proc/${server.pid}/clear_refs`, '5');

  /** The most it has held in memory since, in bytes. */
  async function peak(): Promise<number> {
    const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) * 1_024;
  }

  it('are each refused within two seconds, several at once too, without growing the server', async () => {
    const { bytes: good } = await aPhoto({ width: 2_000, height: 1_500 });
    const filler = randomBytes((mostMegabytes - 1) * mebibyte);
    const hostile: [string, Buffer][] = [
      ['a script in SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')],
      [
        'an HTML page with a JPEG behind it',
        Buffer.concat([Buffer.from('<!doctype html><script>1</script>'), good]),
      ],
      ['a ZIP with a JPEG behind it', Buffer.concat([Buffer.from('PK\x03\x04'), filler, good])],
      ['a GIF that is a script', Buffer.from('GIF89a/**/=1;alert(1)//;')],
      ['a HEIC', heicHeader()],
      ['noise under a JPEG’s first bytes', Buffer.concat([good.subarray(0, 20), filler])],
      ['a large JPEG without its end', Buffer.concat([good.subarray(0, -2), Buffer.alloc(filler.length, 1)])],
      ['a PNG of 50,000 × 50,000', bomb(50_000, 50_000)],
      ['a JPEG of a thousand scans', await scanBomb(5_000, 4_000)],
      [
        'an interlaced PNG to be held whole',
        await sharp({ create: { width: 5_000, height: 5_000, channels: 3, background: 'red' } })
          .png({ progressive: true })
          .toBuffer(),
      ],
      ['an animated WebP', await animation()],
    ];
    await sent(good);
    await countAnew();
    const before = await peak();
    const slow: string[] = [];
    for (let round = 0; round < rounds; round += 1)
      for (const [what, bytes] of hostile) {
        const answers = await Promise.all(
          Array.from({ length: round === 0 ? 1 : atOnce }, () => sent(bytes)),
        );
        for (const { status, millis } of answers) {
          expect(status, what).to.be.oneOf([415, 422]);
          if (millis > (round === 0 ? 2_000 : 2_000 * atOnce)) slow.push(`${what}: ${Math.round(millis)} ms`);
        }
      }
    expect(slow).to.deep.equal([]);
    expect((await peak()) - before).to.be.lessThan(mostGrowth);
  });

  it('that are small and unfold to the largest picture there may be are kept as evidence without being unfolded', async () => {
    const [width, height] = [8_000, 6_000];
    const pixels = deflateSync(Buffer.alloc((width * 3 + 1) * height));
    await countAnew();
    const before = await peak();
    const { status, millis } = await sent(drawnPng(width, height, pixels));
    expect(status).to.equal(201);
    expect(millis).to.be.lessThan(2_000);
    // Unfolded it would take 137 of them.
    expect((await peak()) - before).to.be.lessThan(40 * mebibyte);
  });

  /** Three frames, one above the other as libvips reads them. */
  function animation(): Promise<Buffer> {
    const raw = { width: 64, height: 192, channels: 3, pageHeight: 64 } as const;
    return sharp(randomBytes(64 * 192 * 3), { raw })
      .webp({ loop: 0, delay: [100, 100, 100] })
      .toBuffer();
  }
});
