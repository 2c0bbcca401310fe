// Reading the ledger (台账): entries for the desk, signed headers and proofs for everybody.
import {
  type LedgerBlock,
  LedgerBlockModel,
  type LedgerEntry,
  LedgerEntryModel,
  LedgerTipModel,
} from '../../models/ledger.ts';
import { AdjustmentModel } from '../../models/adjustment.ts';
import { AreaModel } from '../../models/area.ts';
import { MerchantPeriodModel, type MerchantPeriod } from '../../models/merchant-period.ts';
import { type Merchant, MerchantModel, type Status } from '../../models/merchant.ts';
import { clock } from '../lib/clock.ts';
import { isDoorCode, normalizeDoorCode } from '../lib/door-code.ts';
import { MerkleLeaves, type MerkleTree } from '../lib/merkle.ts';
import { invalidPart, Problem } from '../lib/problem.ts';
import { type Filter, joined, may, scopeFilter } from './abilities.ts';
import type { Actor } from './actor.ts';
import { inBatches } from './batches.ts';
import { entryLeaf } from './blocks.ts';
import { requireWholeAt } from './half-written.ts';
import { presentStretch } from './ledger-fold.ts';
import { listPage, orderBy, type Page, type PageRequest } from './lists.ts';
import { inShortLine } from './turns.ts';

/** Of an adjustment that reaches beyond one's scope, so many shops within it are listed. */
const mostNamed = 50_000;
const namedAtOnce = 1_000;

/**
 * Entries of a merchant, of an adjustment, or of both, within scope; newest block first. Throws `invalid-request` where neither is
 * named, and where more shops of an adjustment are within a narrower scope than can be named.
 */
export async function listEntries(
  actor: Actor,
  query: PageRequest & { merchant?: string; adjustment?: string },
): Promise<Page<LedgerEntry>> {
  const { merchant, adjustment } = query;
  const order = orderBy('-height', { height: 'height' });
  const listed = (filter: Filter) => listPage<LedgerEntry>(LedgerEntryModel, { filter, order }, query);
  if (merchant !== undefined) {
    const within = { merchant: { $in: await visibleOf(actor, [merchant]) } };
    return listed({ ...within, ...(adjustment !== undefined && { adjustment }) });
  }
  if (adjustment === undefined)
    throw invalidPart('/query/merchant', '请指定商户或调整单 / name a merchant or an adjustment');
  if (await reachesItsDistrict(actor, adjustment)) return listed({ adjustment });
  return listed({ adjustment, merchant: { $in: await visibleIn(actor, adjustment) } });
}

/** Whether all shops of an adjustment's district are in reach. */
async function reachesItsDistrict(actor: Actor, adjustment: string): Promise<boolean> {
  const found = await AdjustmentModel.findById(adjustment, { district: 1 }).lean();
  const area = found && (await AreaModel.findById(found.district, { path: 1 }).lean());
  return !!area && may(actor, 'ledger.read', { _id: adjustment, areas: area.path, taskForces: [] });
}

/** The shops in reach that an adjustment names. */
async function visibleIn(actor: Actor, adjustment: string): Promise<string[]> {
  const visible: string[] = [];
  const entries = LedgerEntryModel.find({ adjustment }, { merchant: 1 })
    .lean()
    .cursor({ batchSize: namedAtOnce });
  for await (const some of inBatches<LedgerEntry>(entries as never, namedAtOnce)) {
    const named = some.map(({ merchant }) => merchant);
    visible.push(...(await visibleOf(actor, named)));
    if (visible.length > mostNamed)
      throw invalidPart(
        '/query/adjustment',
        `其中辖区内商户超过 ${mostNamed} 家，请按商户查询 / more than ${mostNamed} shops in your areas: name a merchant`,
      );
  }
  return visible;
}

async function visibleOf(actor: Actor, merchants: string[]): Promise<string[]> {
  const within = joined([{ _id: { $in: merchants } }, scopeFilter(actor, 'ledger.read', '_id')]);
  const visible = await MerchantModel.find(within, { _id: 1 }).lean();
  return visible.map(({ _id }) => _id);
}

export type LedgerDifference = {
  merchant: string;
  name: string;
  doorCode: string;
  from: Status | null;
  to: Status | null;
};

/** How many merchants moved from one status to another; null is not on the ledger, or out of reach at that instant. */
export type Moves = { from: Status | null; to: Status | null; count: number };

type Differing = { _id: string; before: Status | null; after: Status | null };

/**
 * Whose status differs between two instants, within scope: the first `limit` of them, and how many there are of each kind. Throws
 * `invalid-request` where the later one comes first, and `unavailable` while the list of then is still being written.
 */
export async function ledgerDifference(
  actor: Actor,
  from: Date,
  to: Date,
  limit: number,
): Promise<{ items: LedgerDifference[]; total: number; moves: Moves[] }> {
  if (from > to) throw invalidPart('/query/from', '起点须在前 / must not be after to');
  await requireWholeAt(actor, to);
  const scope = scopeFilter(actor, 'ledger.read');
  const between = { $gt: from, $lte: to };
  // Whoever differs has a period that ends or begins in between: the one of before ends there, that of after begins there.
  const [found] = await MerchantPeriodModel.aggregate<{ differing: Differing[]; moves: Moves[] }>([
    // With the scope in each branch: beside the alternative it would be what the index is chosen by, and all of it be read.
    { $match: { $or: [joined([{ from: between }, scope]), joined([{ to: between }, scope])] } },
    {
      $group: {
        _id: '$merchant',
        before: { $max: { $cond: [{ $lte: ['$from', from] }, '$status', null] } },
        after: { $max: { $cond: [{ $gt: ['$to', to] }, '$status', null] } },
      },
    },
    { $match: { $expr: { $ne: ['$before', '$after'] } } },
    {
      $facet: {
        differing: [{ $sort: { _id: 1 } }, { $limit: limit }],
        moves: [
          { $group: { _id: { from: '$before', to: '$after' }, count: { $sum: 1 } } },
          { $project: { _id: 0, from: '$_id.from', to: '$_id.to', count: 1 } },
          { $sort: { count: -1, from: 1, to: 1 } },
        ],
      },
    },
  ]).allowDiskUse(true);
  const { differing, moves } = found ?? { differing: [], moves: [] };
  const names = await namesOf(differing, { from, to, scope });
  return {
    items: differing.map(({ _id: merchant, before, after }) => {
      const { name = '', doorCode = '' } = names.get(merchant) ?? {};
      return { merchant, name, doorCode, from: before, to: after };
    }),
    total: moves.reduce((sum, { count }) => sum + count, 0),
    moves,
  };
}

/** What shops were called last in a span. */
async function namesOf(
  merchants: Differing[],
  { from, to, scope }: { from: Date; to: Date; scope: Filter },
): Promise<Map<string, Pick<MerchantPeriod, 'name' | 'doorCode'>>> {
  const named = { merchant: { $in: merchants.map(({ _id }) => _id) }, from: { $lte: to }, to: { $gt: from } };
  const periods = await MerchantPeriodModel.find(joined([named, scope]), {
    merchant: 1,
    name: 1,
    doorCode: 1,
  })
    .sort({ merchant: 1, from: 1 })
    .lean<MerchantPeriod[]>();
  return new Map(periods.map(({ merchant, name, doorCode }) => [merchant, { name, doorCode }]));
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
