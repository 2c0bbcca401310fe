// The evidence package: checked offline by its own script; one changed byte, a file more or a file less is found.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { fromBuffer } from 'yauzl';
import { AuditRecordModel } from '../../models/audit-record.ts';
import type { Merchant } from '../../models/merchant.ts';
import { environment } from '../../server/domain/environment.ts';
import { contentHash } from '../../server/lib/canonical.ts';
import { createSigningKey } from '../../server/lib/signing.ts';
import { isProblem } from '../support/app.ts';
import { textOf } from '../support/pdf.ts';
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

const run = promisify(execFile);
type Files = Map<string, Buffer>;

/** What a ZIP holds, by name. */
function unzipped(zip: Buffer): Promise<Files> {
  return new Promise((resolve, reject) => {
    const files: Files = new Map();
    fromBuffer(zip, { lazyEntries: true }, (error, opened) => {
      if (error) return reject(error);
      opened.on('end', () => {
        resolve(files);
      });
      opened.on('error', reject);
      opened.on('entry', (entry: { fileName: string }) => {
        opened.openReadStream(entry as never, (failed, stream) => {
          if (failed) return reject(failed);
          const chunks: Buffer[] = [];
          stream.on('data', (chunk: Buffer) => chunks.push(chunk));
          stream.on('end', () => {
            files.set(entry.fileName, Buffer.concat(chunks));
            opened.readEntry();
          });
        });
      });
      opened.readEntry();
    });
  });
}

describe('an evidence package', () => {
  let desk: Desk;
  let inspector: Person;
  let merchant: Merchant;
  let visit: ReturnType<typeof aFaultyVisit>;
  let photos: { bytes: Buffer; sha256: string }[];
  let files: Files;
  let folder: string;

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market', name: '李检查' });
    merchant = await aListedMerchant(desk, { name: '康宁药店𠮷（示例）' });
    photos = [await aPhoto(), await aPhoto(), await aPhoto()];
    const [before, after, scan] = photos.map(({ sha256 }) => sha256) as [string, string, string];
    visit = aFaultyVisit(merchant._id, { before, after, scan });
    for (const { bytes } of photos.slice(0, 2))
      await inspector.api.post('/photos').attach('photo', bytes, 'a.jpg').expect(201);
    await inspector.api.post('/visits').send(visit).expect(201);
    const { body, headers } = await packed();
    expect(headers['content-type']).to.equal('application/zip');
    expect(headers['content-disposition']).to.include(`visit-${visit.id}.zip`);
    files = await unzipped(body as Buffer);
    folder = await mkdtemp(join(tmpdir(), 'mingdan-package-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const packed = (by = desk.staff) =>
    by.api.get(`/visits/${visit.id}/package`).responseType('blob').expect(200);

  async function checked(changes: (files: Files) => void = () => undefined, ...args: string[]) {
    const own = new Map(files);
    changes(own);
    const place = await mkdtemp(join(folder, 'p-'));
    for (const [path, bytes] of own) {
      await mkdir(dirname(join(place, path)), { recursive: true });
      await writeFile(join(place, path), bytes);
    }
    return run(process.execPath, ['verify.mjs', ...args], { cwd: place, env: {} }).then(
      ({ stdout }) => ({ code: 0, said: stdout }),
      (error: { code: number; stderr: string }) => ({ code: error.code, said: error.stderr }),
    );
  }

  it('verifies offline, with the key in it or one that was got elsewhere', async () => {
    const { code, said } = await checked();
    expect(said).to.match(/Everything holds/);
    expect(said).to.match(/1 photo\(s\) had not arrived/);
    expect(code).to.equal(0);
    const jwks = join(folder, 'jwks.json');
    await writeFile(jwks, JSON.stringify({ keys: [environment().signer.publicJwk] }));
    expect((await checked(undefined, '--key', jwks)).code).to.equal(0);
    await writeFile(jwks, JSON.stringify({ keys: [createSigningKey().publicJwk] }));
    expect(await checked(undefined, '--key', jwks)).to.deep.include({ code: 1 });
  });

  it('holds the sealed content and the originals to the byte', () => {
    expect(contentHash(JSON.parse(files.get('visit.json')?.toString() ?? ''))).to.equal(contentHash(visit));
    for (const { bytes, sha256 } of photos.slice(0, 2))
      expect(files.get(`photos/${sha256}.jpg`)?.equals(bytes)).to.equal(true);
    expect(files.has(`photos/${photos[2]?.sha256}.jpg`)).to.equal(false);
  });

  it('is found out by one changed byte in any of its files', async () => {
    for (const path of files.keys()) {
      if (path === 'verify.mjs') continue;
      const { code, said } = await checked((own) => {
        const bytes = Buffer.from(own.get(path) ?? []);
        // The last one, too: unused bits of an encoding must not hide a change.
        const at = path === 'manifest.sig' ? bytes.length - 2 : Math.floor(bytes.length / 2);
        bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
        own.set(path, bytes);
      });
      expect({ path, code }).to.deep.equal({ path, code: 1 });
      expect(said).to.match(/^BAD /);
    }
  });

  it('is found out by a file less, a file more, or a manifest made anew', async () => {
    const photo = `photos/${photos[0]?.sha256}.jpg`;
    expect(await checked((own) => own.delete(photo))).to.deep.equal({
      code: 1,
      said: `BAD ${photo} is missing\n`,
    });
    expect((await checked((own) => own.set('photos/more.jpg', Buffer.alloc(3)))).said).to.match(
      /^BAD photos\/more.jpg does not belong/,
    );
    const forged = await checked((own) => {
      const manifest = JSON.parse(own.get('manifest.json')?.toString() ?? '') as { files: object[] };
      manifest.files.pop();
      own.set('manifest.json', Buffer.from(JSON.stringify(manifest)));
    });
    expect(forged.said).to.match(/^BAD manifest.json is not what was signed/);
  });

  it('is found out by a signature that only reads the same', async () => {
    for (const spelling of [' ', '\n\n'])
      expect(
        (
          await checked((own) =>
            own.set(
              'manifest.sig',
              Buffer.concat([own.get('manifest.sig') ?? Buffer.alloc(0), Buffer.from(spelling)]),
            ),
          )
        ).code,
      ).to.equal(1);
  });

  it('has a report whose Chinese can be read, with every font in it, and names what no font holds', async () => {
    const pdf = files.get('report.pdf') ?? Buffer.alloc(0);
    expect(pdf.subarray(0, 5).toString()).to.equal('%PDF-');
    const text = pdf.toString('latin1');
    expect(text.match(/\/FontFile2/g)?.length).to.be.greaterThan(5);
    expect(text).to.match(/\/ToUnicode/);
    expect(text).not.to.match(/\/BaseFont \/Helvetica/);
    expect(pdf.length).to.be.lessThan(1_000_000);
    const report = (await textOf(pdf)).join('');
    for (const words of ['检查证据报告', '康宁药店〓（示例）', '〓 = U+20BB7', '李检查', '提示扫码'])
      expect(report).to.include(words);
  });

  it('is logged, and stands in the custody of each original in it', async () => {
    expect(
      await AuditRecordModel.countDocuments({ action: 'visit.package-made', record: visit.id }),
    ).to.equal(1);
    const sha256 = photos[0]?.sha256 ?? '';
    await desk.approver.api.get(`/photos/${sha256}?size=original`).expect(200);
    const { body } = await desk.staff.api.get(`/photos/${sha256}/custody`).expect(200);
    const { items } = body as { items: { act: string; by: { name: string }; to: string | null }[] };
    expect(items.map(({ act, by, to }) => [act, by.name, to])).to.deep.equal([
      ['received', '李检查', null],
      ['packed', desk.staff.user.name, visit.id],
      ['viewed', desk.approver.user.name, null],
    ]);
  });

  it('names an original that is gone from the disk as missing, and holds the rest', async () => {
    const sha256 = photos[1]?.sha256 ?? '';
    const place = await environment().storage.original(sha256);
    await rename(place, `${place}.away`);
    try {
      const own = await unzipped((await packed()).body as Buffer);
      const manifest = JSON.parse(own.get('manifest.json')?.toString() ?? '') as { missingPhotos: string[] };
      expect(manifest.missingPhotos).to.have.members([sha256, photos[2]?.sha256]);
      expect(own.has(`photos/${photos[0]?.sha256}.jpg`)).to.equal(true);
    } finally {
      await rename(`${place}.away`, place);
    }
  });

  it('is not for those who only made the visit, nor for another district', async () => {
    const stranger = await aPerson('staff', { areas: ['230199'] });
    await inspector.api.get(`/visits/${visit.id}/package`).expect(isProblem(403, 'forbidden'));
    await stranger.api.get(`/visits/${visit.id}/package`).expect(isProblem(404, 'not-found'));
  });

  it('is whole each time when several are made at once', async () => {
    const zips = await Promise.all(Array.from({ length: 4 }, () => packed()));
    for (const { body } of zips) {
      const own = await unzipped(body as Buffer);
      expect([...own.keys()].sort()).to.deep.equal([...files.keys()].sort());
      expect(own.get('visit.json')?.equals(files.get('visit.json') ?? Buffer.alloc(0))).to.equal(true);
    }
  });
});
