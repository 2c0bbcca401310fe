// Checking the whole ledger: chain, signatures, Merkle roots, and (in a file of its own) that the list shows what the entries say.
import mongoose from 'mongoose';
import {
  type Adjustment,
  type AdjustmentLine,
  AdjustmentLineModel,
  AdjustmentModel,
} from '../../models/adjustment.ts';
import {
  type LedgerBlock,
  LedgerBlockModel,
  type LedgerEntry,
  LedgerEntryModel,
  LedgerTipModel,
} from '../../models/ledger.ts';
import { contentHash } from '../lib/canonical.ts';
import { clock } from '../lib/clock.ts';
import type { KeyRing } from '../lib/key-ring.ts';
import { GrowingTree } from '../lib/merkle.ts';
import { verifySignature } from '../lib/signing.ts';
import { inBatches } from './batches.ts';
import { entryLeaf, genesis, headerOf } from './blocks.ts';
import { isLarge, unwrittenLeaves } from './chunked-enactment.ts';
import type { Head } from './heads.ts';
import { OrderedReader, type Snapshot } from './ordered-reader.ts';
import { SetHash } from './set-hash.ts';
import { ensure, Touched } from './touched.ts';
import { verifyMerchants } from './verify-merchants.ts';

export type Verdict =
  | { ok: true; blocks: number; entries: number; merchants: number }
  | { ok: false; place: string; what: string };
type Known = { keys: KeyRing; heads: Head[] };

/**
 * Reads everything as of one moment, in order, and names the first bad place; the bureau may work on meanwhile. `heads` are the
 * headers anchored outside the database, read before.
 */
export async function verifyLedger(known: Known): Promise<Verdict> {
  const session = await mongoose.connection.startSession({ snapshot: true });
  try {
    const blocks = await checkChains(session, known);
    const entries = await checkEntries(session, blocks);
    const merchants = await verifyMerchants(session);
    return { ok: true, blocks: blocks.length, entries, merchants };
  } catch (error) {
    if (error instanceof Touched) return { ok: false, place: error.place, what: error.message };
    throw error;
  } finally {
    await session.endSession();
  }
}

const placeOf = (district: string, height: number) => `district ${district}, block ${height}`;

/** Every district's blocks follow each other, and so do the keys that signed them, to the one that its tip and the anchored headers say. */
async function checkChains(snapshot: Snapshot, { keys, heads }: Known): Promise<LedgerBlock[]> {
  const blocks: LedgerBlock[] = [];
  const ends = new Map<string, LedgerBlock>();
  const reader = new OrderedReader<LedgerBlock>(LedgerBlockModel, snapshot, { district: 1, height: 1 });
  for (let block = await reader.next(); block; block = await reader.next()) {
    const before = ends.get(block.district);
    const place = placeOf(block.district, block.height);
    const expected = (before?.height ?? 0) + 1;
    ensure(block.height === expected, placeOf(block.district, expected), 'block is missing');
    ensure(block.prev === (before?.hash ?? genesis), place, 'does not follow the block before it');
    ensure(contentHash(headerOf(block)) === block.hash, place, 'header does not have its hash');
    const order = orderOf(keys, block);
    const key = keys[order];
    const isOurs = key !== undefined && verifySignature(key, block.hash, block.signature);
    ensure(isOurs, place, 'signature is not ours');
    const isPresent = before === undefined || order >= orderOf(keys, before);
    ensure(isPresent, place, 'is signed by a key that was replaced before');
    blocks.push(block);
    ends.set(block.district, block);
  }
  checkHeads(blocks, heads);
  await checkTips(snapshot, ends);
  return blocks;
}

const orderOf = (keys: KeyRing, { keyId }: LedgerBlock) => keys.findIndex(({ kid }) => kid === keyId);

function checkHeads(blocks: LedgerBlock[], heads: Head[]): void {
  const hashes = new Map(blocks.map(({ district, height, hash }) => [`${district}/${height}`, hash]));
  for (const { district, height, hash } of heads) {
    const found = hashes.get(`${district}/${height}`);
    const place = placeOf(district, height);
    const cut = 'block of the heads file is missing: the chain was cut or rolled back';
    ensure(found !== undefined, place, cut);
    ensure(found === hash, place, 'block differs from the heads file');
  }
}

async function checkTips(snapshot: Snapshot, ends: Map<string, LedgerBlock>): Promise<void> {
  const tips = await LedgerTipModel.find().session(snapshot).lean();
  for (const district of new Set([...ends.keys(), ...tips.map(({ _id }) => _id)])) {
    const tip = tips.find(({ _id }) => _id === district);
    const end = ends.get(district);
    const place = placeOf(district, Math.max(tip?.height ?? 0, end?.height ?? 0));
    // A district has an end before its first block is sealed where a large one is being prepared.
    const isEmpty = end === undefined && tip?.height === 0;
    const isEnd = isEmpty || (tip?.height === end?.height && tip?.hash === end?.hash);
    ensure(isEnd, place, 'the end of the chain is not where the tip says');
  }
}

/** Every block holds exactly its entries, unchanged. Answers how many there are. None but the entry at hand is held. */
async function checkEntries(snapshot: Snapshot, blocks: LedgerBlock[]): Promise<number> {
  const entries = new OrderedReader<LedgerEntry>(LedgerEntryModel, snapshot, {
    district: 1,
    height: 1,
    index: 1,
  });
  let count = 0;
  for (const block of blocks) {
    const place = placeOf(block.district, block.height);
    const { tree, early } = await entriesOf(block, entries, place);
    const { size } = tree;
    const adjustment = await checkAdjustment(snapshot, block, place);
    const expected = linesWritten(adjustment, block) ?? block.count;
    ensure(size === expected, place, `holds ${size} entries, its header says ${block.count}`);
    if (size < block.count) for await (const leaf of unwrittenLeaves(adjustment, snapshot)) tree.add(leaf);
    ensure(tree.root === block.root, place, 'an entry was changed: the Merkle root differs');
    ensure(early === null, `${place}, entry ${early}`, 'entry is dated back');
    count += size;
  }
  const stray = await entries.peek();
  if (stray) throw strayEntry(stray);
  return count;
}

/** A block's entries, which come in order: their tree, and the first that begins before its block. What lies before them has none. */
async function entriesOf(
  block: LedgerBlock,
  entries: OrderedReader<LedgerEntry>,
  place: string,
): Promise<{ tree: GrowingTree; early: number | null }> {
  const { district, height, at } = block;
  const tree = new GrowingTree();
  let early: number | null = null;
  for (let entry = await entries.peek(); entry; entry = await entries.peek()) {
    const isBefore = entry.district < district || (entry.district === district && entry.height < height);
    if (isBefore) throw strayEntry(entry);
    if (entry.district !== district || entry.height !== height) break;
    ensure(entry.index === tree.size, `${place}, entry ${tree.size}`, 'entry is missing or doubled');
    if (entry.effectiveFrom < at) early ??= entry.index;
    tree.add(entryLeaf(entry));
    await entries.next();
  }
  return { tree, early };
}

/** What was approved is what the block says: its ground, notice, times and lines. */
async function checkAdjustment(snapshot: Snapshot, block: LedgerBlock, place: string): Promise<Adjustment> {
  const adjustment = await AdjustmentModel.findById(block.adjustment).session(snapshot).lean<Adjustment>();
  if (!adjustment) throw new Touched(place, 'its adjustment is missing');
  const hash = new SetHash(adjustment);
  const lines = AdjustmentLineModel.find({ adjustment: block.adjustment })
    .sort({ index: 1 })
    .session(snapshot)
    .lean<AdjustmentLine[]>()
    .cursor({ batchSize: linesAtOnce });
  for await (const batch of inBatches<AdjustmentLine>(lines as never, linesAtOnce))
    for (const line of batch) hash.add(line);
  ensure(hash.digest() === block.setHash, place, 'its adjustment was changed');
  return adjustment;
}

const linesAtOnce = 500;

/** A large block is written in parts after it was sealed; who claims that for longer than it can take holds something back. */
const writingTakesMillis = (lines: number) => 3_600_000 + 10 * lines;

/** How many entries of a block are written while it is being written; null where all of them must be. */
function linesWritten(adjustment: Adjustment, { at, count }: LedgerBlock): number | null {
  const { state, enactment } = adjustment;
  const isFresh = clock.now().getTime() - at.getTime() < writingTakesMillis(count);
  // The count is signed: what is small is written at once.
  const isInParts = state === 'enacting' && isLarge({ count });
  return isInParts && isFresh && enactment?.sealed ? enactment.written : null;
}

function strayEntry({ district, height, index }: LedgerEntry): Touched {
  return new Touched(`${placeOf(district, height)}, entry ${index}`, 'entry has no block');
}
