// Uploads cut off in the middle, by the network or by a kill: no half photo, no orphan after the sweep, no descriptor left open.
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { type ClientRequest, request as open } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import sharp from 'sharp';
import { PhotoBlobModel } from '../../models/photo.ts';
import { testConfig } from '../support/app.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { aPerson, emptyWorld, layGround, type Person } from '../support/world.ts';

const points = [0.3, 0.6, 0.9];
const head = [
  '--edge',
  'Content-Disposition: form-data; name="photo"; filename="a.jpg"',
  'Content-Type: image/jpeg',
  '',
  '',
].join('\r\n');

describe('an upload that is cut off', () => {
  let folder: string;
  let inspector: Person;
  let server: ServerProcess;
  let photo: Buffer;

  const start = async () => {
    server = await startServer({
      MONGODB_URI: testConfig().mongodbUri ?? '',
      DATA_DIR: join(folder, 'data'),
      UPLOADS_DIR: join(folder, 'uploads'),
    });
  };
  before(async () => {
    await emptyWorld();
    await layGround();
    inspector = await aPerson('inspector');
    folder = await mkdtemp(join(tmpdir(), 'mingdan-cut-'));
    const noise = { type: 'gaussian' as const, mean: 128, sigma: 40 };
    photo = await sharp({ create: { width: 2_000, height: 1_500, channels: 3, background: '#888', noise } })
      .jpeg()
      .toBuffer();
    await start();
  });
  after(async () => {
    await server.end('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  });

  const staged = () => readdir(join(folder, 'uploads', '.incoming'));
  const kept = async () =>
    (await readdir(join(folder, 'uploads'), { recursive: true })).filter((name) =>
      /[0-9a-f]{64}$/.test(name),
    );
  const descriptors = async () => (await readdir(`/proc/${server.pid}/fd`)).length;

  /** Sends this part of the photo, and waits until the server has begun to write it. */
  async function sendPart(part: number): Promise<ClientRequest> {
    const sending = open(`${server.url}/api/v1/photos`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${inspector.token}`,
        'Content-Type': 'multipart/form-data; boundary=edge',
        'Content-Length': Buffer.byteLength(head) + photo.length + 100,
      },
    });
    sending.on('error', () => undefined);
    sending.write(head);
    await new Promise((resolve) =>
      sending.write(photo.subarray(0, Math.floor(part * photo.length)), resolve),
    );
    return sending;
  }
  async function until(holds: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + 10_000;
    while (!(await holds()) && Date.now() < deadline) await pause(20);
    expect(await holds()).to.equal(true);
  }

  it('by the network at 30, 60 and 90 % leaves nothing, sixty times over', async () => {
    const before = await descriptors();
    for (let round = 0; round < 20; round += 1) {
      const cut = await Promise.all(points.map(sendPart));
      await until(async () => (await staged()).length === points.length);
      for (const sending of cut) sending.destroy();
      await until(async () => (await staged()).length === 0);
    }
    expect(await kept()).to.deep.equal([]);
    expect(await PhotoBlobModel.countDocuments()).to.equal(0);
    await until(async () => (await descriptors()) <= before + 5);
  });

  it('by a kill at 30, 60 and 90 % leaves no photo, and no file once the staging place is swept', async () => {
    for (const part of points) {
      await sendPart(part);
      await until(async () => (await staged()).length === 1);
      await server.end('SIGKILL');
      expect(await kept()).to.deep.equal([]);
      expect(await PhotoBlobModel.countDocuments()).to.equal(0);
      // Nobody waits an hour here: what lies there is made to look as old as that.
      const longAgo = new Date(Date.now() - 2 * 3_600_000);
      for (const name of await staged())
        await utimes(join(folder, 'uploads', '.incoming', name), longAgo, longAgo);
      await start();
      await until(async () => (await staged()).length === 0);
    }
  });
});
