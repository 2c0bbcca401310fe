// An evidence package of large originals: it flows from the disk to the network, and a reader that leaves leaves nothing open.
import { createHash, randomBytes } from 'node:crypto';
import { readdir, readlink } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import sharp from 'sharp';
import { submitVisit } from '../../server/domain/visits.ts';
import { origin, testConfig } from '../support/app.ts';
import { describeOnLinux } from '../support/linux.ts';
import { aVisit } from '../support/visits.ts';
import { aDesk, aListedMerchant, aPerson, type Desk, emptyWorld, layGround } from '../support/world.ts';

const side = 1_300;
const count = 6;
const mebibyte = 2 ** 20;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes in buffers that somebody still holds. */
function held(): number {
  // The second round frees what the first one found dead.
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

describeOnLinux('an evidence package of large originals', function () {
  this.timeout(60_000);
  let desk: Desk;
  let visit: string;
  let bytesOfAll = 0;

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    const inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    const merchant = await aListedMerchant(desk);
    const photos = [];
    for (let i = 0; i < count; i += 1) {
      const raw = { width: side, height: side, channels: 3 } as const;
      const bytes = await sharp(randomBytes(side * side * 3), { raw })
        .png({ compressionLevel: 0 })
        .toBuffer();
      bytesOfAll += bytes.length;
      await inspector.api.post('/photos').attach('photo', bytes, 'a.png').expect(201);
      photos.push({ sha256: createHash('sha256').update(bytes).digest('hex'), source: 'camera' as const });
    }
    visit = (await submitVisit(inspector.actor, aVisit(merchant._id, { photos }))).visit._id;
  });

  const download = () =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { Authorization: `Bearer ${desk.staff.token}` };
      get(`${origin()}/api/v1/visits/${visit}/package`, { headers }, resolve).once('error', reject);
    });
  /** Files of the photo store that this process has open. */
  async function openPhotos(): Promise<number> {
    const names = await readdir('/proc/self/fd');
    const targets = await Promise.all(names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')));
    return targets.filter((target) => target.startsWith(testConfig().uploadsDir)).length;
  }

  it('is never held in memory as a whole', async () => {
    const response = await download();
    expect(response.statusCode).to.equal(200);
    const atStart = held();
    let received = 0;
    let most = 0;
    for await (const chunk of response) {
      received += (chunk as Buffer).length;
      if (received % (4 * mebibyte) >= (chunk as Buffer).length) continue;
      // A reader on a bad line: what it has not taken must wait on the disk.
      await pause(20);
      most = Math.max(most, held() - atStart);
    }
    expect(received).to.be.greaterThan(bytesOfAll);
    expect(most).to.be.lessThan(8 * mebibyte);
  });

  it('leaves no file open when its reader goes away in the middle', async () => {
    for (let i = 0; i < 2; i += 1) {
      const response = await download();
      for await (const _chunk of response) if ((await openPhotos()) > 0) break;
    }
    const deadline = Date.now() + 5_000;
    while ((await openPhotos()) > 0 && Date.now() < deadline) await pause(20);
    expect(await openPhotos()).to.equal(0);
  });
});
