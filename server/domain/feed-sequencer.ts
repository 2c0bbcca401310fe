// Gives changed merchants their numbers in the feed, batch by batch, each in one transaction: whoever saw a number has seen all below it.
import {
  type FeedEntry,
  FeedEntryModel,
  type FeedHead,
  FeedHeadModel,
  type FeedMark,
  FeedMarkModel,
  type FeedPlace,
} from '../../models/feed.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { ids } from '../lib/ids.ts';
import { inTransaction, isDuplicateKey, isWriteConflict } from '../lib/transaction.ts';
import { markChanged, merchantsInMark } from './feed-marks.ts';

/** Small marks that one batch takes at most. */
const marksAtOnce = 500;

/** Another process is at it: what it leaves, the next round takes. */
class Taken extends Error {}

/** Numbers all that is marked. Any number of processes may: the feed's head lets one in, and the others leave. */
export async function sequenceChanges(): Promise<number> {
  let numbered = 0;
  if (!(await FeedMarkModel.exists({}))) return numbered;
  await findHead();
  try {
    for (let taken = 1; taken > 0; numbered += taken) taken = await inTransaction(numberBatch);
  } catch (error) {
    if (!(error instanceof Taken)) throw error;
  }
  return numbered;
}

async function numberBatch(): Promise<number> {
  const { marks, merchants } = await nextMarks();
  if (marks.length === 0) return 0;
  const head = await movedHead(merchants.length);
  const first = head.seq - merchants.length + 1;
  const places = await placesOf(merchants);
  const entries = merchants.map((_id, index) => {
    const place = places.get(_id);
    const update = { $set: { seq: first + index }, ...(place && { $addToSet: { places: place } }) };
    return { updateOne: { filter: { _id }, update, upsert: true } };
  });
  await FeedEntryModel.bulkWrite(entries, { ordered: false, skipValidation: true });
  await FeedMarkModel.deleteMany({ _id: { $in: marks.map(({ _id }) => _id) } });
  return merchants.length;
}

/** As many marks as make a batch, and each of their merchants once. */
async function nextMarks(): Promise<{ marks: FeedMark[]; merchants: string[] }> {
  const found = await FeedMarkModel.find().limit(marksAtOnce).lean<FeedMark[]>();
  const merchants = new Set<string>();
  const marks: FeedMark[] = [];
  for (const mark of found) {
    if (merchants.size >= merchantsInMark) break;
    marks.push(mark);
    for (const merchant of mark.merchants) merchants.add(merchant);
  }
  return { marks, merchants: [...merchants] };
}

/** Of two that move it from the same place the database turns one away. */
async function movedHead(by: number): Promise<FeedHead> {
  const moved = await FeedHeadModel.findOneAndUpdate(
    { _id: 'merchants' },
    { $inc: { seq: by } },
    { returnDocument: 'after' },
  )
    .lean<FeedHead>()
    .catch((error: unknown) => {
      throw isWriteConflict(error) ? new Taken() : error;
    });
  if (!moved) throw new Error('the feed has no head');
  return moved;
}

async function placesOf(merchants: string[]): Promise<Map<string, FeedPlace>> {
  const found = await MerchantModel.find({ _id: { $in: merchants } }, { areas: 1, taskForces: 1 }).lean<
    Pick<Merchant, '_id' | 'areas' | 'taskForces'>[]
  >();
  return new Map(found.map(({ _id, areas, taskForces }) => [_id, { areas, taskForces }]));
}

/** Makes the feed where there is none yet. Answers how far it has come. */
export async function findHead(): Promise<FeedHead> {
  const options = { readConcern: { level: 'majority' } } as const;
  const head = await FeedHeadModel.findById('merchants', null, options).lean<FeedHead>();
  if (head) return head;
  await FeedHeadModel.create({ _id: 'merchants', epoch: ids.secret(6), seq: 0, adopted: '' }).catch(
    (error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
    },
  );
  return findHead();
}

const adoptedAtOnce = 1_000;

/**
 * Merchants that are older than the feed are marked once, in order of their ids. Any number of processes may: each step is a
 * condition on how far the one before it came. Answers whether any may be left.
 */
export async function adoptMerchants(): Promise<boolean> {
  const { adopted } = await findHead();
  if (adopted === null) return false;
  return inTransaction(async () => {
    const next = await MerchantModel.find({ _id: { $gt: adopted } }, { _id: 1 })
      .sort({ _id: 1 })
      .limit(adoptedAtOnce)
      .lean<Pick<Merchant, '_id'>[]>();
    const last = next.length < adoptedAtOnce ? null : (next.at(-1)?._id ?? null);
    const moved = await FeedHeadModel.updateOne({ _id: 'merchants', adopted }, { $set: { adopted: last } });
    if (moved.modifiedCount > 0) await markChanged(await withoutEntry(next.map(({ _id }) => _id)));
    return last !== null;
  });
}

async function withoutEntry(merchants: string[]): Promise<string[]> {
  const known = await FeedEntryModel.find({ _id: { $in: merchants } }, { _id: 1 }).lean<
    Pick<FeedEntry, '_id'>[]
  >();
  const has = new Set(known.map(({ _id }) => _id));
  return merchants.filter((merchant) => !has.has(merchant));
}

/** One round of the job. */
export async function keepFeed(): Promise<void> {
  let isLeft = true;
  while (isLeft) {
    isLeft = await adoptMerchants();
    await sequenceChanges();
  }
}
