// Photos that nobody uses: marked 30 days after they were last sent, removed a while later, the record before the bytes.
import { type Objection, ObjectionModel } from '../../models/objection.ts';
import { type Order, OrderModel, photosShown } from '../../models/order.ts';
import { type PhotoBlob, PhotoBlobModel, PhotoHoldingModel } from '../../models/photo.ts';
import { type Visit, VisitModel } from '../../models/visit.ts';
import { clock } from '../lib/clock.ts';
import { environment } from './environment.ts';

const unusedMillis = 30 * 86_400_000;
/** Longer than any visit takes that found its photos held before they were marked. */
const graceMillis = 3_600_000;
const atOnce = 200;

/**
 * One round: marks what has been unused for 30 days, removes what was marked an hour ago and is unused still. A photo that is
 * used once is used for ever. Each step is a condition on the record's state, so any number of processes may sweep, and a
 * photo that is sent again meanwhile stays. Answers how many were removed.
 */
export async function sweepPhotos(): Promise<number> {
  await markUnused();
  return removeMarked();
}

async function markUnused(): Promise<void> {
  const before = new Date(clock.now().getTime() - unusedMillis);
  for (;;) {
    const idle = await inState('kept', before);
    if (idle.length === 0) return;
    const used = await usedAmong(idle);
    for (const { _id, touchedAt } of idle) {
      const state = used.has(_id) ? 'used' : 'sweeping';
      await PhotoBlobModel.updateOne(
        { _id, state: 'kept', touchedAt },
        { $set: { state, touchedAt: clock.now() } },
      );
      // Who asks is told to send it again, and a visit that names it waits for that.
      if (state === 'sweeping')
        await PhotoHoldingModel.updateMany({ sha256: _id }, { $set: { swept: true } });
    }
  }
}

async function removeMarked(): Promise<number> {
  const { storage } = environment();
  const marked = await inState('sweeping', new Date(clock.now().getTime() - graceMillis));
  const used = await usedAmong(marked);
  let removed = 0;
  for (const { _id, touchedAt } of marked) {
    if (used.has(_id)) {
      await PhotoBlobModel.updateOne({ _id, state: 'sweeping' }, { $set: { state: 'used' } });
      await PhotoHoldingModel.updateMany({ sha256: _id }, { $set: { swept: false } });
      continue;
    }
    const aside = await storage.setAside(_id);
    const { deletedCount } = await PhotoBlobModel.deleteOne({ _id, state: 'sweeping', touchedAt });
    if (deletedCount === 0) {
      await aside.putBack();
      continue;
    }
    await PhotoHoldingModel.deleteMany({ sha256: _id, swept: true });
    await aside.remove();
    removed += 1;
  }
  return removed;
}

function inState(state: PhotoBlob['state'], before: Date): Promise<Pick<PhotoBlob, '_id' | 'touchedAt'>[]> {
  return PhotoBlobModel.find({ state, touchedAt: { $lt: before } }, { touchedAt: 1 })
    .sort({ touchedAt: 1 })
    .limit(atOnce)
    .lean<Pick<PhotoBlob, '_id' | 'touchedAt'>[]>();
}

async function usedAmong(photos: { _id: string }[]): Promise<Set<string>> {
  const among = { $in: photos.map(({ _id }) => _id) };
  const visits = await VisitModel.find({ 'photos.sha256': among }, { photos: 1 }).lean<
    Pick<Visit, 'photos'>[]
  >();
  const orders = await OrderModel.find({ 'history.photos.sha256': among }, { history: 1 }).lean<
    Pick<Order, 'history'>[]
  >();
  const objections = await ObjectionModel.find({ 'photos.sha256': among }, { photos: 1 }).lean<
    Pick<Objection, 'photos'>[]
  >();
  const redacted = await PhotoBlobModel.find({ _id: among, redactionOf: { $ne: null } }, { _id: 1 }).lean();
  return new Set([
    ...redacted.map(({ _id }) => _id),
    ...[...visits, ...objections].flatMap(({ photos: slots }) => slots.map(({ sha256 }) => sha256)),
    ...orders.flatMap(photosShown).map(({ sha256 }) => sha256),
  ]);
}
