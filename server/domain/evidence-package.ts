// The evidence package (证据包) of a visit: report, sealed content, originals and their hashes, signed, with the means to check it.
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { type Order, OrderModel, photosShown } from '../../models/order.ts';
import { type PhotoBlob, PhotoBlobModel } from '../../models/photo.ts';
import { type Visit, VisitModel } from '../../models/visit.ts';
import { canonicalJson, sha256 } from '../lib/canonical.ts';
import { clock } from '../lib/clock.ts';
import { logger } from '../lib/logger.ts';
import { Problem } from '../lib/problem.ts';
import { projectFile } from '../lib/version.ts';
import { requireAbility } from './abilities.ts';
import { type Actor, byOf } from './actor.ts';
import { recordAudit } from './audit.ts';
import { custodyOf } from './custody.ts';
import { drawInLine } from './draw-in-line.ts';
import { environment } from './environment.ts';
import { reportOf } from './visit-report-facts.ts';
import { visibleTo } from './visible-to.ts';

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
 * named as missing, as are those that are gone from the disk. Throws `not-found`.
 */
export async function packageOf(actor: Actor, id: string): Promise<{ name: string; zip: Readable }> {
  const visit = await visibleTo(actor, VisitModel).findById(id);
  if (!visit) throw new Problem('not-found');
  requireAbility(actor, 'visit.package', visit);
  const orders = await OrderModel.find({ visit: id }).sort({ openedAt: 1, _id: 1 }).lean<Order[]>();
  const slots = [...visit.photos, ...orders.flatMap(photosShown)];
  const named = [...new Set(slots.map((slot) => slot.sha256))];
  // A photo counts only where its sender holds it.
  const present = slots.filter((slot) => slot.present).map((slot) => slot.sha256);
  const blobs = await PhotoBlobModel.find({ _id: { $in: present } }, { mediaType: 1 }).lean<Original[]>();
  const originals: Part[] = [];
  for (const blob of blobs) {
    const part = await originalPart(blob);
    if (part) originals.push(part);
  }
  const packed = originals.map((part) => part.sha256);
  await recordAudit(actor, 'visit.package-made', id, { of: visit, after: { photos: packed } });
  const parts = [...(await partsInMemory(actor, visit, orders, packed)), ...originals];
  const missing = named.filter((hash) => !packed.includes(hash));
  return { name: `visit-${id}.zip`, zip: zipOf([...parts, ...manifestOf(actor, visit, parts, missing)]) };
}

async function partsInMemory(
  actor: Actor,
  visit: Visit,
  orders: Order[],
  originals: string[],
): Promise<Part[]> {
  const custody = [];
  for (const hash of originals) custody.push({ sha256: hash, events: await custodyOf(actor, hash) });
  const { body, amendments, reviews, flags, flagFacts, state, result, receivedAt, inspectors, photos } =
    visit;
  const record = { state, result, receivedAt, inspectors, photos, flags, flagFacts, reviews, amendments };
  const report = await drawInLine(() => reportOf(actor, visit, orders));
  return [
    inMemory('report.pdf', report),
    inMemory('visit.json', canonicalJson(body)),
    inMemory('record.json', pretty(record)),
    inMemory('orders.json', pretty(orders)),
    inMemory('custody.json', pretty(custody)),
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

/** Hashed from the disk once more: one that is gone or damaged there is named as missing, and said to the operator. */
async function originalPart({ _id, mediaType }: Original): Promise<Part | null> {
  const file = await environment().storage.original(_id);
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file), hash);
    const { size } = await stat(file);
    if (hash.digest('hex') !== _id) throw new Error('its bytes have another hash');
    return { path: `photos/${_id}.${endings[mediaType]}`, file, bytes: size, sha256: _id };
  } catch (error) {
    logger.error({ err: error, photo: _id }, 'an original is gone or damaged');
    return null;
  }
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

/** Each file is opened when its turn comes, and closed with the ZIP, be that read to its end or not. */
function zipOf(parts: Part[]): Readable {
  const zip = new ZipFile();
  const out = zip.outputStream as Readable;
  const mtime = clock.now();
  let open: Readable | undefined;
  for (const part of parts)
    if ('file' in part)
      zip.addReadStreamLazy(part.path, { mtime, compress: false, size: part.bytes }, (give) => {
        open = createReadStream(part.file);
        give(null, open);
      });
    else zip.addBuffer(part.content, part.path, { mtime });
  zip.on('error', (error: Error) => out.destroy(error));
  out.once('close', () => open?.destroy());
  zip.end();
  return out;
}
