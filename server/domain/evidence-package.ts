// The evidence package (证据包) of a visit: report, sealed content, originals and their hashes, signed, with the means to check it.
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { OrderModel, type Order } from '../../models/order.ts';
import { type PhotoBlob, PhotoBlobModel } from '../../models/photo.ts';
import { type Visit, VisitModel } from '../../models/visit.ts';
import { canonicalJson, sha256 } from '../lib/canonical.ts';
import { makePdf } from '../lib/chinese-pdf.ts';
import { clock } from '../lib/clock.ts';
import { Problem } from '../lib/problem.ts';
import { projectFile } from '../lib/version.ts';
import { requireAbility, visibleTo } from './abilities.ts';
import { type Actor, byOf } from './actor.ts';
import { recordAudit } from './audit.ts';
import { custodyOf } from './custody.ts';
import { environment } from './environment.ts';
import { inTurn } from './turns.ts';
import { reportOf } from './visit-report-facts.ts';

/** One file of the package, in memory or on disk. */
type Part = { path: string; sha256: string; bytes: number } & ({ content: Buffer } | { file: string });
type Original = Pick<PhotoBlob, '_id' | 'mediaType'>;

const endings = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const;
const verifier = readFileSync(projectFile('docs/check-package.mjs'));
const readMe = `检查证据包 / Evidence package

report.pdf      检查证据报告 / the report
visit.json      封存的检查内容，其 SHA-256 即 contentHash / the sealed visit; its SHA-256 is contentHash
record.json     更正、复核、标记等后续记录 / what came later: amendments, reviews, flags
orders.json     整改单 / fix orders with their history
custody.json    原始照片保管记录 / who received, viewed and took the originals
photos/         原始照片，文件名为其 SHA-256 / the originals, named by their SHA-256
manifest.json   文件清单与哈希，manifest.sig 为其 Ed25519 签名 / all files with their hashes, signed
key.json        签名公钥，应与系统公布的 /.well-known/jwks.json 一致 / the public key; compare it with the published one

离线核验 / to check it offline, with Node.js 20 or newer:

    node verify.mjs
    node verify.mjs --key jwks.json     用另行取得的公钥核验 / by a key that you got elsewhere
`;

/**
 * The package as a ZIP, written while it is read. Logged as a view of each original in it. Photos that have not arrived are
 * named as missing. Throws `not-found`.
 */
export async function packageOf(actor: Actor, id: string): Promise<{ name: string; zip: Readable }> {
  const visit = await visibleTo(actor, VisitModel).findById(id);
  if (!visit) throw new Problem('not-found');
  requireAbility(actor, 'visit.package', visit);
  const orders = await OrderModel.find({ visit: id }).sort({ openedAt: 1, _id: 1 }).lean<Order[]>();
  const named = [
    ...new Set([
      ...visit.photos.map((slot) => slot.sha256),
      ...orders.flatMap(({ history }) => history.flatMap(({ photos }) => photos.map((slot) => slot.sha256))),
    ]),
  ];
  const blobs = await PhotoBlobModel.find({ _id: { $in: named } }, { mediaType: 1 }).lean<Original[]>();
  const present = blobs.filter(({ _id }) => isPresent(_id, visit, orders));
  await recordAudit(actor, 'visit.package-made', id, {
    of: visit,
    after: { photos: present.map(({ _id }) => _id) },
  });
  const parts = await partsOfPackage(actor, visit, orders, present);
  const missing = named.filter((hash) => !present.some(({ _id }) => _id === hash));
  return { name: `visit-${id}.zip`, zip: zipOf([...parts, ...manifestOf(actor, visit, parts, missing)]) };
}

/** A photo counts only where its sender holds it. */
function isPresent(hash: string, visit: Visit, orders: Order[]): boolean {
  const slots = [
    ...visit.photos,
    ...orders.flatMap(({ history }) => history.flatMap(({ photos }) => photos)),
  ];
  return slots.some(({ sha256: own, present }) => own === hash && present);
}

async function partsOfPackage(
  actor: Actor,
  visit: Visit,
  orders: Order[],
  originals: Original[],
): Promise<Part[]> {
  const custody = [];
  for (const { _id } of originals) custody.push({ sha256: _id, events: await custodyOf(actor, _id) });
  const { body, amendments, reviews, flags, flagFacts, state, result, receivedAt, inspectors, photos } =
    visit;
  const record = { state, result, receivedAt, inspectors, photos, flags, flagFacts, reviews, amendments };
  // One at a time: fonts and pictures of a report take a hundred megabytes while it is made.
  const report = await inTurn('report', async () => makePdf(await reportOf(actor, visit, orders)));
  const photoParts = [];
  for (const original of originals) photoParts.push(await originalPart(original));
  return [
    inMemory('report.pdf', report),
    inMemory('visit.json', canonicalJson(body)),
    inMemory('record.json', pretty(record)),
    inMemory('orders.json', pretty(orders)),
    inMemory('custody.json', pretty(custody)),
    ...photoParts,
    inMemory('key.json', pretty(environment().signer.publicJwk)),
    inMemory('README.txt', readMe),
    inMemory('verify.mjs', verifier),
  ];
}

const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function inMemory(path: string, content: Buffer | string): Part {
  const bytes = Buffer.from(content);
  return { path, content: bytes, bytes: bytes.length, sha256: sha256(bytes) };
}

/** Hashed from the disk once more: a package says what it holds, not what should be there. */
async function originalPart({ _id, mediaType }: Original): Promise<Part> {
  const file = await environment().storage.original(_id);
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const { size } = await stat(file);
  return { path: `photos/${_id}.${endings[mediaType]}`, file, bytes: size, sha256: hash.digest('hex') };
}

function manifestOf(actor: Actor, visit: Visit, parts: Part[], missingPhotos: string[]): Part[] {
  const { signer } = environment();
  const { name, role } = byOf(actor);
  const text = pretty({
    visit: visit._id,
    contentHash: visit.contentHash,
    madeAt: clock.now(),
    madeBy: { name, role },
    keyId: signer.keyId,
    missingPhotos,
    files: parts.map(({ path, bytes, sha256: hash }) => ({ path, bytes, sha256: hash })),
  });
  return [inMemory('manifest.json', text), inMemory('manifest.sig', `${signer.sign(text)}\n`)];
}

function zipOf(parts: Part[]): Readable {
  const zip = new ZipFile();
  const mtime = clock.now();
  for (const part of parts)
    if ('file' in part) zip.addFile(part.file, part.path, { mtime, compress: false });
    else zip.addBuffer(part.content, part.path, { mtime });
  const out = zip.outputStream as Readable;
  zip.on('error', (error: Error) => out.destroy(error));
  zip.end();
  return out;
}
