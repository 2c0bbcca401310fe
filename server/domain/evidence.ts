// Photo evidence: the bytes once (blob), who has sent them (holding), where they are shown (use: a slot in a visit, an order or
// an objection).
import { type Objection, ObjectionModel } from '../../models/objection.ts';
import { type Order, OrderModel } from '../../models/order.ts';
import { type PhotoBlob, PhotoBlobModel, PhotoHoldingModel } from '../../models/photo.ts';
import { type Visit, VisitModel } from '../../models/visit.ts';
import type { PhotoSlot } from '../../models/words.ts';
import { clock } from '../lib/clock.ts';
import { type ImageFacts, inspectImage, uprightCopy } from '../lib/images.ts';
import { Problem } from '../lib/problem.ts';
import { isDuplicateKey } from '../lib/transaction.ts';
import { isWholePicture } from '../lib/whole-picture.ts';
import type { CopySize, StagedPhoto } from '../storage/photo-storage.ts';
import type { Actor } from './actor.ts';
import { recordAudit } from './audit.ts';
import { environment } from './environment.ts';
import { inTurn } from './turns.ts';
import { visibleTo } from './visible-to.ts';

const holdingId = (actor: Actor, sha256: string) => `${actor.id}/${sha256}`;

/** Keeps staged photos as this actor's holdings; all are looked at before the first is kept. Sending one again is harmless. */
export async function holdPhotos(actor: Actor, staged: StagedPhoto[]): Promise<PhotoBlob[]> {
  const { storage } = environment();
  try {
    const inspected = [];
    for (const photo of staged) inspected.push({ photo, facts: await inspectWhole(photo.path) });
    const blobs: PhotoBlob[] = [];
    for (const { photo, facts } of inspected) {
      const now = clock.now();
      // Said before the bytes are in their place: a sweep that has marked them lets go of them now, or has let go of the old ones.
      await PhotoBlobModel.updateOne({ _id: photo.sha256 }, { $set: { state: 'kept', touchedAt: now } });
      await storage.keep(photo);
      const { mediaType, width, height, takenAt } = facts;
      const blob = await keepBlob({
        _id: photo.sha256,
        bytes: photo.bytes,
        mediaType,
        width,
        height,
        takenAt,
        createdAt: now,
        state: 'kept',
        touchedAt: now,
        redactionOf: null,
        rectangles: [],
      });
      await PhotoHoldingModel.updateOne(
        { _id: holdingId(actor, photo.sha256) },
        { $set: { swept: false }, $setOnInsert: { holder: actor.id, sha256: photo.sha256, at: now } },
        { upsert: true },
      ).catch(ignoreDuplicate);
      blobs.push(blob);
    }
    await settlePhotos(
      actor,
      blobs.map(({ _id }) => _id),
    );
    return blobs;
  } finally {
    for (const photo of staged) await storage.discard(photo);
  }
}

async function inspectWhole(path: string): Promise<ImageFacts> {
  const facts = await inspectImage(path);
  if (!(await isWholePicture(path, facts.mediaType))) throw new Problem('photo-damaged');
  return facts;
}

async function keepBlob(blob: PhotoBlob): Promise<PhotoBlob> {
  const { _id, state, touchedAt, ...first } = blob;
  const update = { $set: { state, touchedAt }, $setOnInsert: first };
  await PhotoBlobModel.updateOne({ _id }, update, { upsert: true }).catch(ignoreDuplicate);
  return blob;
}

/** Two uploads of the same bytes at once: whoever came second finds the first one's record. */
function ignoreDuplicate(error: unknown): void {
  if (!isDuplicateKey(error)) throw error;
}

/** Which of these photos the actor has sent. Knowing a hash gives nothing. */
export async function heldBy(actor: Actor, hashes: readonly string[]): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  const wanted = [...new Set(hashes)].map((sha256) => holdingId(actor, sha256));
  const held = await PhotoHoldingModel.find({ _id: { $in: wanted }, swept: false }, { sha256: 1 }).lean();
  return new Set(held.map(({ sha256 }) => sha256));
}

/** Slots for photos that must all have arrived. Throws `photo-missing` for the first that has not. */
export async function slotsFor(actor: Actor, hashes: readonly string[]): Promise<PhotoSlot[]> {
  const held = await heldBy(actor, hashes);
  return hashes.map((sha256) => {
    if (!held.has(sha256)) throw new Problem('photo-missing', { sha256 });
    return { sha256, present: true, lost: false };
  });
}

/**
 * Marks arrived photos as present in the visits of their sender that wait for them; a visit whose photos are all there is
 * complete. Called after a photo is held and after a visit is written, so that neither order of arrival misses the other.
 */
export async function settlePhotos(actor: Actor, hashes: string[]): Promise<void> {
  if (hashes.length === 0) return;
  const waiting = await VisitModel.find(
    {
      submittedBy: actor.id,
      state: { $ne: 'complete' },
      'photos.sha256': { $in: hashes },
    },
    { _id: 1 },
  ).lean();
  const arrived = [{ 'slot.sha256': { $in: hashes } }];
  for (const { _id } of waiting) {
    await VisitModel.updateOne(
      { _id },
      { $set: { 'photos.$[slot].present': true } },
      { arrayFilters: arrived },
    );
    await OrderModel.updateMany(
      { visit: _id, 'history.photos.sha256': { $in: hashes } },
      { $set: { 'history.$[].photos.$[slot].present': true } },
      { arrayFilters: arrived },
    );
    await completeVisit(_id);
  }
}

/** A visit whose photos are all there is complete; one whose last missing ones were given up is complete without them. */
export async function completeVisit(id: string): Promise<void> {
  const without = (missing: object) => ({ _id: id, photos: { $not: { $elemMatch: missing } } });
  const completed = (state: Visit['state']) => ({ $set: { state, completedAt: clock.now() } });
  await VisitModel.updateOne(
    { ...without({ present: false }), state: { $ne: 'complete' } },
    completed('complete'),
  );
  await VisitModel.updateOne(
    { ...without({ present: false, lost: null }), state: 'received' },
    completed('complete-without'),
  );
}

/**
 * The visit, order or objection within the actor's reach that shows this photo, or the one that it is a redacted copy of. Throws
 * `not-found` where there is none: knowing a hash gives nothing.
 */
export async function useOf(actor: Actor, sha256: string): Promise<Visit | Order | Objection> {
  const shown = { $elemMatch: { sha256, present: true } };
  const used =
    (await visibleTo(actor, VisitModel).findOne({ photos: shown })) ??
    (await visibleTo(actor, OrderModel).findOne({ history: { $elemMatch: { photos: shown } } })) ??
    (await visibleTo(actor, ObjectionModel).findOne({ photos: shown }));
  if (used) return used;
  const copy = await PhotoBlobModel.findOne(
    { _id: sha256, redactionOf: { $ne: null } },
    { redactionOf: 1 },
  ).lean<Pick<PhotoBlob, 'redactionOf'>>();
  if (copy?.redactionOf == null) throw new Problem('not-found');
  return useOf(actor, copy.redactionOf);
}

/** A photo for reading, by its use. Each view of an original is logged. */
export async function readPhoto(actor: Actor, sha256: string, size: CopySize | 'original') {
  const used = await useOf(actor, sha256);
  const blob = await PhotoBlobModel.findById(sha256).lean<PhotoBlob>();
  if (!blob) throw new Problem('not-found');
  const { storage } = environment();
  if (size === 'original') {
    await recordAudit(actor, 'photo.original-viewed', sha256, { of: used });
    return { mediaType: blob.mediaType, path: await storage.original(sha256) };
  }
  return { mediaType: 'image/jpeg', bytes: await photoCopy(sha256, size) };
}

const copying = new Map<string, Promise<Buffer>>();

/**
 * The upright copy of a photo that the caller has already been found to be allowed to see. Pictures are decoded one at a
 * time, and the same one once for all who ask meanwhile: the largest ones take hundreds of megabytes while they are read.
 */
export function photoCopy(sha256: string, size: CopySize): Promise<Buffer> {
  const key = `${sha256}-${size}`;
  const underWay = copying.get(key);
  if (underWay) return underWay;
  const make = (original: string) => inTurn('picture', () => uprightCopy(original, size));
  const copy = environment()
    .storage.copy(sha256, size, make)
    .finally(() => copying.delete(key));
  copying.set(key, copy);
  return copy;
}

/** Whether this actor holds a photo: what a device asks before it sends the bytes. */
export async function holdsPhoto(actor: Actor, sha256: string): Promise<boolean> {
  return (await heldBy(actor, [sha256])).has(sha256);
}
