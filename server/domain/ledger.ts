// Reading the ledger (台账): entries for the desk, signed headers and proofs for everybody.
import {
  type LedgerBlock,
  LedgerBlockModel,
  type LedgerEntry,
  LedgerEntryModel,
  LedgerTipModel,
} from '../../models/ledger.ts';
import { MerchantPeriodModel, type MerchantPeriod } from '../../models/merchant-period.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { clock } from '../lib/clock.ts';
import { isDoorCode, normalizeDoorCode } from '../lib/door-code.ts';
import { MerkleLeaves, type MerkleTree } from '../lib/merkle.ts';
import { Problem } from '../lib/problem.ts';
import { joined, scopeFilter } from './abilities.ts';
import type { Actor } from './actor.ts';
import { inBatches } from './batches.ts';
import { entryLeaf } from './blocks.ts';
import { presentStretch, stretchAt } from './ledger-fold.ts';
import { listPage, orderBy, type Page, type PageRequest } from './lists.ts';
import { inShortLine } from './turns.ts';

/** Entries of merchants within scope, newest block first. */
export async function listEntries(
  actor: Actor,
  query: PageRequest & { merchant?: string; adjustment?: string; district?: string },
): Promise<Page<LedgerEntry>> {
  const { merchant, adjustment } = query;
  if (merchant === undefined && adjustment === undefined) {
    const errors = [
      { path: '/query/merchant', message: '请指定商户或调整单 / name a merchant or an adjustment' },
    ];
    throw new Problem('invalid-request', {}, { errors });
  }
  const asked = merchant !== undefined ? { merchant } : { adjustment };
  const named =
    merchant !== undefined ? [merchant] : await LedgerEntryModel.distinct('merchant', { adjustment });
  const visible = await MerchantModel.find(
    joined([{ _id: { $in: named } }, scopeFilter(actor, 'ledger.read', '_id')]),
    { _id: 1 },
  ).lean();
  const filter = { ...asked, merchant: { $in: visible.map(({ _id }) => _id) } };
  return listPage<LedgerEntry>(
    LedgerEntryModel,
    { filter, order: orderBy('-height', { height: 'height' }) },
    query,
  );
}

export type LedgerDifference = {
  merchant: string;
  name: string;
  doorCode: string;
  from: string | null;
  to: string | null;
};

/** How many merchants moved from one status to another; null is off the ledger. */
export type Moves = { from: string | null; to: string | null; count: number };

/** Whose status differs between two instants, within scope: the first `limit` of them, and how many there are of each kind. */
export async function ledgerDifference(
  actor: Actor,
  from: Date,
  to: Date,
  limit: number,
): Promise<{ items: LedgerDifference[]; total: number; moves: Moves[] }> {
  const scope = scopeFilter(actor, 'ledger.read');
  const between = { $gt: from, $lte: to };
  const moved = joined([{ $or: [{ from: between }, { to: between }] }, scope]);
  const touched = await MerchantPeriodModel.distinct('merchant', moved);
  const periods = await MerchantPeriodModel.find(
    joined([{ merchant: { $in: touched }, from: { $lte: to }, to: { $gt: from } }, scope]),
    { merchant: 1, status: 1, from: 1, to: 1, name: 1, doorCode: 1 },
  )
    .sort({ merchant: 1, from: 1 })
    .lean<MerchantPeriod[]>();
  const byMerchant = new Map<string, MerchantPeriod[]>();
  for (const period of periods)
    byMerchant.set(period.merchant, [...(byMerchant.get(period.merchant) ?? []), period]);
  const differences = [...byMerchant].flatMap(([merchant, own]) => {
    const before = stretchAt(own, from);
    const after = stretchAt(own, to);
    const latest = after ?? before ?? own[0];
    if (!latest || before?.status === after?.status) return [];
    return {
      merchant,
      name: latest.name,
      doorCode: latest.doorCode,
      from: before?.status ?? null,
      to: after?.status ?? null,
    };
  });
  return { items: differences.slice(0, limit), total: differences.length, moves: movesIn(differences) };
}

/** The most frequent first. */
function movesIn(differences: LedgerDifference[]): Moves[] {
  const moves = new Map<string, Moves>();
  for (const { from, to } of differences) {
    const known = moves.get(`${from}>${to}`) ?? { from, to, count: 0 };
    moves.set(`${from}>${to}`, { ...known, count: known.count + 1 });
  }
  return [...moves.values()].sort((a, b) => b.count - a.count);
}

/** Signed headers of a district, in order from a height on. */
export async function listBlocks({
  district,
  from = 1,
  limit = 100,
}: {
  district: string;
  from?: number;
  limit?: number;
}): Promise<LedgerBlock[]> {
  return LedgerBlockModel.find({ district, height: { $gte: from } })
    .sort({ height: 1 })
    .limit(limit)
    .lean<LedgerBlock[]>();
}

/** The last signed header of every district. */
export async function listHeads(): Promise<LedgerBlock[]> {
  const tips = await LedgerTipModel.find().lean();
  const ends = tips.map(({ _id, height }) => `${_id}/${height}`);
  return LedgerBlockModel.find({ _id: { $in: ends } })
    .sort({ district: 1 })
    .lean<LedgerBlock[]>();
}

export type Proof = {
  doorCode: string;
  merchant: string;
  entries: { leaf: string; index: number; path: string[]; block: LedgerBlock }[];
};

/** Every entry of one shop with its Merkle path and signed header: enough to check its whole history without trusting us. */
export async function proofOf(code: string): Promise<Proof> {
  const doorCode = normalizeDoorCode(code);
  const merchant = isDoorCode(doorCode)
    ? await MerchantModel.findOne({ doorCode }, { doorCode: 1, outlook: 1 }).lean<Merchant>()
    : null;
  const status = merchant && presentStretch(merchant.outlook, clock.now())?.status;
  if (!merchant || status === 'applying' || status === 'verifying' || status === 'rejected')
    throw new Problem('merchant-not-found');
  const entries = await LedgerEntryModel.find({ merchant: merchant._id })
    .sort({ n: 1 })
    .limit(1_000)
    .lean<LedgerEntry[]>();
  const proof: Proof = { doorCode, merchant: merchant._id, entries: [] };
  for (const entry of entries) {
    const block = await LedgerBlockModel.findOne({
      district: entry.district,
      height: entry.height,
    }).lean<LedgerBlock>();
    const tree = block && (await treeOf(block));
    if (!block || !tree) continue;
    proof.entries.push({ leaf: entryLeaf(entry), index: entry.index, path: tree.path(entry.index), block });
  }
  return proof;
}

/** Trees of large blocks by the hash of the block: it never changes, and its tree takes long to make. */
const keptTrees = new Map<string, MerkleTree>();
const mostKept = 4;
const largeBlock = 1_000;
/** Who asks for the proof of a block waits for those before him, and so many at most. */
const treesWaiting = 50;

/** The tree of a block's entries; null while they are still being written, which proves nothing yet. */
async function treeOf(block: LedgerBlock): Promise<MerkleTree | null> {
  const kept = () => keptTrees.get(block.hash);
  if (block.count < largeBlock) return makeTree(block);
  return kept() ?? inShortLine(`tree ${block._id}`, treesWaiting, async () => kept() ?? keepTree(block));
}

async function keepTree(block: LedgerBlock): Promise<MerkleTree | null> {
  const tree = await makeTree(block);
  const [oldest] = keptTrees.keys();
  if (keptTrees.size >= mostKept && oldest !== undefined) keptTrees.delete(oldest);
  if (tree) keptTrees.set(block.hash, tree);
  return tree;
}

const entriesAtOnce = 500;

async function makeTree({ district, height, count }: LedgerBlock): Promise<MerkleTree | null> {
  const leaves = new MerkleLeaves();
  const entries = LedgerEntryModel.find({ district, height }).sort({ index: 1 }).lean<LedgerEntry[]>();
  for await (const batch of inBatches<LedgerEntry>(
    entries.cursor({ batchSize: entriesAtOnce }) as never,
    entriesAtOnce,
  ))
    for (const entry of batch) leaves.add(entryLeaf(entry));
  return leaves.size === count ? leaves.tree() : null;
}
