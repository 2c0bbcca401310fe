// Checking the whole ledger: chain, signatures, Merkle roots, counters, facts, and that the list shows what the entries say.
import { AdjustmentModel } from '../../models/adjustment.ts';
import {
  type LedgerBlock,
  LedgerBlockModel,
  type LedgerEntry,
  LedgerEntryModel,
  LedgerTipModel,
} from '../../models/ledger.ts';
import { type MerchantFacts, MerchantFactsModel } from '../../models/merchant-facts.ts';
import { MerchantPeriodModel } from '../../models/merchant-period.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { contentHash, differingPaths } from '../lib/canonical.ts';
import { merkleRoot } from '../lib/merkle.ts';
import { verifySignature } from '../lib/signing.ts';
import { entryLeaf, genesis, headerOf } from './blocks.ts';
import { factsHash } from './facts.ts';
import type { Head } from './heads.ts';
import { stretchesOf } from './ledger-fold.ts';

export type Verdict =
  | { ok: true; blocks: number; entries: number; merchants: number }
  | { ok: false; place: string; what: string };
type PublicJwk = Parameters<typeof verifySignature>[0];
type Known = { publicKeys: Map<string, PublicJwk>; heads: Head[] };

/** A place where history was touched. */
class Touched extends Error {
  readonly place: string;
  constructor(place: string, what: string) {
    super(what);
    this.place = place;
  }
}

const ensure = (holds: boolean, place: string, what: string): void => {
  if (!holds) throw new Touched(place, what);
};

/** Reads everything once, in order, and names the first bad place. `heads` are the headers anchored outside the database. */
export async function verifyLedger(known: Known): Promise<Verdict> {
  try {
    const blocks = await checkChains(known);
    const entries = await checkEntries(blocks);
    const merchants = await checkMerchants();
    return { ok: true, blocks: blocks.size, entries, merchants };
  } catch (error) {
    if (error instanceof Touched) return { ok: false, place: error.place, what: error.message };
    throw error;
  }
}

const placeOf = (district: string, height: number) => `district ${district}, block ${height}`;

async function checkChains({ publicKeys, heads }: Known): Promise<Map<string, LedgerBlock>> {
  const blocks = new Map<string, LedgerBlock>();
  let previous: LedgerBlock | null = null;
  for await (const block of LedgerBlockModel.find()
    .sort({ district: 1, height: 1 })
    .lean<LedgerBlock>()
    .cursor()) {
    const one = block as unknown as LedgerBlock;
    const follows: LedgerBlock | null = previous?.district === one.district ? previous : null;
    const place = placeOf(one.district, one.height);
    ensure(
      one.height === (follows?.height ?? 0) + 1,
      placeOf(one.district, (follows?.height ?? 0) + 1),
      'block is missing',
    );
    ensure(one.prev === (follows?.hash ?? genesis), place, 'does not follow the block before it');
    ensure(contentHash(headerOf(one)) === one.hash, place, 'header does not have its hash');
    const key = publicKeys.get(one.keyId);
    ensure(
      key !== undefined && verifySignature(key, one.hash, one.signature),
      place,
      'signature is not ours',
    );
    blocks.set(one._id, one);
    previous = one;
  }
  for (const head of heads) {
    const block = blocks.get(`${head.district}/${head.height}`);
    ensure(
      block !== undefined,
      placeOf(head.district, head.height),
      'block of the heads file is missing: the chain was cut or rolled back',
    );
    ensure(
      block?.hash === head.hash,
      placeOf(head.district, head.height),
      'block differs from the heads file',
    );
  }
  const tips = await LedgerTipModel.find().lean();
  for (const { _id, height, hash } of tips)
    ensure(
      blocks.get(`${_id}/${height}`)?.hash === hash,
      placeOf(_id, height),
      'the end of the chain is not where the tip says',
    );
  return blocks;
}

async function checkEntries(blocks: Map<string, LedgerBlock>): Promise<number> {
  const leaves = new Map<string, string[]>();
  let count = 0;
  for await (const found of LedgerEntryModel.find()
    .sort({ district: 1, height: 1, index: 1 })
    .lean<LedgerEntry>()
    .cursor()) {
    const entry = found as unknown as LedgerEntry;
    const id = `${entry.district}/${entry.height}`;
    const place = `${placeOf(entry.district, entry.height)}, entry ${entry.index}`;
    ensure(blocks.has(id), place, 'entry has no block');
    const own = leaves.get(id) ?? [];
    ensure(
      entry.index === own.length,
      `${placeOf(entry.district, entry.height)}, entry ${own.length}`,
      'entry is missing or doubled',
    );
    own.push(entryLeaf(entry));
    leaves.set(id, own);
    count += 1;
  }
  const adjustments = new Set(
    (await AdjustmentModel.find({ height: { $ne: null } }, { _id: 1 }).lean()).map(({ _id }) => _id),
  );
  for (const [id, block] of blocks) {
    const own = leaves.get(id) ?? [];
    const place = placeOf(block.district, block.height);
    ensure(own.length === block.count, place, `holds ${own.length} entries, its header says ${block.count}`);
    ensure(merkleRoot(own) === block.root, place, 'an entry was changed: the Merkle root differs');
    ensure(adjustments.has(block.adjustment), place, 'its adjustment is missing');
  }
  return count;
}

async function checkMerchants(): Promise<number> {
  let merchants = 0;
  for await (const found of MerchantModel.find({}, { text: 0, grams: 0 })
    .sort({ _id: 1 })
    .lean<Merchant>()
    .cursor({ batchSize: 500 })) {
    await checkMerchant(found as unknown as Merchant);
    merchants += 1;
  }
  const known = new Set(await MerchantModel.distinct('_id'));
  const stray = (await LedgerEntryModel.distinct('merchant')).find((id) => !known.has(id));
  ensure(stray === undefined, `merchant ${stray ?? ''}`, 'has entries but is not on the list');
  return merchants;
}

async function checkMerchant(merchant: Merchant): Promise<void> {
  const place = `merchant ${merchant._id}`;
  const entries = await LedgerEntryModel.find({ merchant: merchant._id })
    .sort({ n: 1 })
    .lean<LedgerEntry[]>();
  entries.forEach(({ n }, index) => {
    ensure(n === index + 1, `${place}, entry ${index + 1}`, 'is missing from its own count');
  });
  ensure(
    entries.length === merchant.entries,
    place,
    `has ${entries.length} entries, the list says ${merchant.entries}`,
  );
  const versions = await MerchantFactsModel.find({ merchant: merchant._id }).lean<MerchantFacts[]>();
  for (const { facts, factsHash: hash, n } of entries) {
    if (facts === null) continue;
    const version = versions.find((one) => one.version === facts);
    ensure(version?.hash === hash, `${place}, entry ${n}`, 'its facts are missing');
    if (version)
      ensure(
        factsHash(version.salt, version.facts) === hash,
        `${place}, facts ${facts}`,
        'facts were changed',
      );
  }
  const stretches = stretchesOf(entries);
  const periods = await MerchantPeriodModel.find({ merchant: merchant._id }, { from: 1, status: 1 })
    .sort({ from: 1 })
    .lean();
  const told = stretches.map(({ from, status }) => ({ from: from.toISOString(), status }));
  const shown = periods.map(({ from, status }) => ({ from: from.toISOString(), status }));
  ensure(
    differingPaths(told, shown).length === 0,
    place,
    'the list as of an instant differs from its entries',
  );
  const now = stretches.find((one) => one.from <= new Date() && (one.to === null || one.to > new Date()));
  const settled = merchant.nextAt === null || merchant.nextAt > new Date();
  ensure(
    !settled || now?.status === merchant.status,
    place,
    `is shown as ${merchant.status}, its entries say ${now?.status ?? 'nothing'}`,
  );
  const version = versions.find((one) => one.version === now?.facts);
  if (settled && version)
    ensure(
      version.facts.name === merchant.name &&
        version.facts.category === merchant.category &&
        version.facts.uscc === merchant.uscc,
      place,
      'is shown with other facts than its entries say',
    );
}
