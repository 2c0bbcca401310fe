// Enacting (生效): frozen lines become ledger entries in one signed block, and the list shows what the entries say.
import { type Adjustment, type AdjustmentLine, AdjustmentModel } from '../../models/adjustment.ts';
import { LedgerBlockModel, type LedgerEntry, LedgerEntryModel, LedgerTipModel } from '../../models/ledger.ts';
import { MerchantContactModel } from '../../models/merchant-contact.ts';
import { type MerchantFacts, MerchantFactsModel } from '../../models/merchant-facts.ts';
import { type MerchantPeriod, MerchantPeriodModel, openEnd } from '../../models/merchant-period.ts';
import { type Facts, type Merchant, MerchantModel, type Period } from '../../models/merchant.ts';
import { clock } from '../lib/clock.ts';
import { makeDoorCode } from '../lib/door-code.ts';
import { ids } from '../lib/ids.ts';
import { genesis, sealBlock } from './blocks.ts';
import { environment } from './environment.ts';
import { type Derive, deriveFrom, factsHash } from './facts.ts';
import { type Stretch, statusAt, stretchAt, stretchesOf } from './ledger-fold.ts';
import { endsPlans, mayFollow } from './whitelist-rules.ts';

/** `enact` writes the lines; `confirm` writes an emergency's once more, lasting, where they still show. */
type Phase = 'enact' | 'confirm';

/** How far servers' clocks may differ at most. */
const clocksDifferMillis = 60_000;

/** Thousands of records that this file itself makes: their shape is checked by the compiler, not once more by mongoose. */
const unchecked = { lean: true } as const;
export type Enactment = { stale: string[] } | { height: number; at: Date };

type Known = { merchant: Merchant | null; entries: LedgerEntry[]; versions: Map<number, MerchantFacts> };

/**
 * Enacts all lines or none. Must run in a transaction. Answers `stale` with the merchants whose transition is no longer
 * legal (all of them, when the time they were meant for is over); then nothing was written. No back-dating: a line takes effect
 * at the asked time or now, whichever is later.
 */
export async function enactLines(
  adjustment: Adjustment,
  lines: AdjustmentLine[],
  phase: Phase = 'enact',
): Promise<Enactment> {
  const tip = (await LedgerTipModel.findById(adjustment.district).lean()) ?? { height: 0, hash: genesis };
  const at = await momentAfter(adjustment.district, tip.height);
  const { effectiveTo } = adjustment;
  const effectiveFrom =
    adjustment.effectiveFrom && adjustment.effectiveFrom > at ? adjustment.effectiveFrom : at;
  const known = await loadKnown(lines);

  const isOver = effectiveTo !== null && effectiveTo <= effectiveFrom;
  const fits = (line: AdjustmentLine) =>
    phase === 'enact'
      ? isLegal(line, known.get(line.merchant), effectiveFrom)
      : isShown(adjustment, known.get(line.merchant), at);
  const stale = lines.filter((line) => isOver || !fits(line));
  if (stale.length > 0) return { stale: stale.map(({ merchant }) => merchant) };

  const height = tip.height + 1;
  const newVersions: MerchantFacts[] = [];
  const entries = lines.map((line, index): LedgerEntry => {
    const before: Known = known.get(line.merchant) ?? { merchant: null, entries: [], versions: new Map() };
    const version = line.facts ? nextFacts(line, line.facts, before, at) : null;
    if (version) {
      newVersions.push(version);
      before.versions.set(version.version, version);
    }
    const entry: LedgerEntry = {
      _id: `${adjustment._id}/${phase}/${line.index}`,
      district: adjustment.district,
      merchant: line.merchant,
      n: before.entries.length + 1,
      to: line.to,
      effectiveFrom,
      effectiveTo,
      cancels: endsPlans(line.to) ? plannedAfter(before.entries, effectiveFrom) : line.cancels,
      facts: version?.version ?? null,
      factsHash: version?.hash ?? null,
      adjustment: adjustment._id,
      height,
      index,
    };
    before.entries.push(entry);
    known.set(line.merchant, before);
    return entry;
  });

  const block = sealBlock(environment().signer, tip, {
    district: adjustment.district,
    adjustment: adjustment._id,
    at,
    entries,
  });
  if (newVersions.length > 0) await MerchantFactsModel.insertMany(newVersions, unchecked);
  await LedgerEntryModel.insertMany(entries, unchecked);
  await LedgerBlockModel.create(block);
  await LedgerTipModel.updateOne(
    { _id: adjustment.district },
    { height, hash: block.hash },
    { upsert: true },
  );
  await showOnList(lines, known, adjustment, at);
  return { height, at };
}

/**
 * Now, but not before the block that this one follows: servers' clocks differ a little, and a layer must not come to lie below
 * one that was enacted earlier. A block from far ahead is a clock gone wrong, and must not carry others along.
 */
async function momentAfter(district: string, height: number): Promise<Date> {
  const now = clock.now();
  const last = await LedgerBlockModel.findById(`${district}/${height}`, { at: 1 }).lean();
  const ahead = last ? last.at.getTime() - now.getTime() : 0;
  return last && ahead > 0 && ahead <= clocksDifferMillis ? last.at : now;
}

async function loadKnown(lines: AdjustmentLine[]): Promise<Map<string, Known>> {
  const merchantIds = lines.filter(({ from }) => from !== null).map(({ merchant }) => merchant);
  const known = new Map<string, Known>();
  if (merchantIds.length === 0) return known;
  const merchants = await MerchantModel.find({ _id: { $in: merchantIds } }).lean<Merchant[]>();
  for (const merchant of merchants) known.set(merchant._id, { merchant, entries: [], versions: new Map() });
  const entries = await LedgerEntryModel.find({ merchant: { $in: merchantIds } })
    .sort({ merchant: 1, n: 1 })
    .lean<LedgerEntry[]>();
  for (const entry of entries) known.get(entry.merchant)?.entries.push(entry);
  const versions = await MerchantFactsModel.find({ merchant: { $in: merchantIds } }).lean<MerchantFacts[]>();
  for (const version of versions) known.get(version.merchant)?.versions.set(version.version, version);
  return known;
}

/** Whether a line still fits the merchant as it stands (and will stand when the line takes effect). */
function isLegal(line: AdjustmentLine, known: Known | undefined, at: Date): boolean {
  if (line.from === null) return known === undefined;
  if (!known?.merchant) return false;
  if (line.facts) return known.merchant.rev === line.rev;
  if (line.cancels.length > 0) return known.merchant.rev === line.rev;
  const then = statusAt(known.entries, at);
  return line.to !== null && then !== null && mayFollow(then.status, line.to);
}

/** Whether a merchant's status is still the one that this adjustment gave it. */
function isShown(adjustment: Adjustment, known: Known | undefined, at: Date): boolean {
  const shown = known && statusAt(known.entries, at)?.entry;
  return known?.entries.find(({ n }) => n === shown)?.adjustment === adjustment._id;
}

function plannedAfter(entries: LedgerEntry[], at: Date): number[] {
  return entries.filter((entry) => entry.effectiveFrom > at).map(({ n }) => n);
}

function nextFacts(line: AdjustmentLine, facts: Facts, known: Known, at: Date): MerchantFacts {
  const version = known.versions.size + 1;
  const salt = Buffer.from(ids.bytes(16)).toString('hex');
  return {
    _id: `${line.merchant}/${version}`,
    merchant: line.merchant,
    version,
    salt,
    facts,
    hash: factsHash(salt, facts),
    at,
  };
}

/** Writes what the entries now say into the list: present status and facts, planned periods, the list as of any instant. */
async function showOnList(
  lines: AdjustmentLine[],
  known: Map<string, Known>,
  adjustment: Adjustment,
  at: Date,
): Promise<void> {
  const facts = [...known.values()].flatMap(({ versions }) =>
    [...versions.values()].map((version) => version.facts),
  );
  const derive = await deriveFrom(facts);
  const described = await describeAdjustments(known, adjustment);
  const newMerchants: Merchant[] = [];
  const updates: { updateOne: { filter: { _id: string }; update: Record<string, unknown> } }[] = [];
  const periods: MerchantPeriod[] = [];
  for (const line of lines) {
    const record = known.get(line.merchant);
    if (!record) throw new Error(`line ${line._id} lost its merchant`);
    const doorCode = record.merchant?.doorCode ?? makeDoorCode(ids.bytes(8));
    // Up to and with the stretch that ends this very moment: the one that the new layer cuts short is written anew.
    const stretches = stretchesOf(record.entries).filter(({ to }) => to === null || to >= at);
    const shown = listFields(record, stretches, described, derive, doorCode, at);
    if (record.merchant)
      updates.push({
        updateOne: { filter: { _id: line.merchant }, update: { $set: shown, $inc: { rev: 1 } } },
      });
    else
      newMerchants.push({
        _id: line.merchant,
        doorCode,
        ...shown,
        rev: 1,
        lastVisit: null,
        openOrders: 0,
        risk: null,
      });
    periods.push(...stretches.map((stretch) => periodOf(line.merchant, stretch, record, derive, doorCode)));
  }
  const contacts = lines
    .filter(({ contact }) => contact)
    .map(({ merchant, contact }) => ({ _id: merchant, ...contact }));
  if (newMerchants.length > 0) await MerchantModel.insertMany(newMerchants, unchecked);
  if (updates.length > 0) {
    await MerchantModel.bulkWrite(updates);
    const moved = updates.map(({ updateOne }) => updateOne.filter._id);
    await MerchantPeriodModel.deleteMany({ merchant: { $in: moved }, to: { $gte: at } });
  }
  if (contacts.length > 0) await MerchantContactModel.insertMany(contacts);
  await MerchantPeriodModel.insertMany(periods, unchecked);
}

type Described = Map<string, Pick<Adjustment, '_id' | 'ground' | 'reason' | 'notice'>>;

async function describeAdjustments(known: Map<string, Known>, adjustment: Adjustment): Promise<Described> {
  const named = new Set(
    [...known.values()].flatMap(({ entries }) => entries.map((entry) => entry.adjustment)),
  );
  named.delete(adjustment._id);
  const earlier = await AdjustmentModel.find(
    { _id: { $in: [...named] } },
    { ground: 1, reason: 1, notice: 1 },
  ).lean<Adjustment[]>();
  return new Map([adjustment, ...earlier].map((one) => [one._id, one]));
}

function factsOf(known: Known, version: number): Facts {
  const found = known.versions.get(version);
  if (!found) throw new Error(`facts version ${version} is missing`);
  return found.facts;
}

function listFields(
  known: Known,
  stretches: Stretch[],
  described: Described,
  derive: Derive,
  doorCode: string,
  at: Date,
) {
  const outlook = stretches
    .filter(({ to }) => to === null || to > at)
    .map((stretch): Period => {
      const entry = known.entries.find(({ n }) => n === stretch.entry);
      const adjustment = entry && described.get(entry.adjustment);
      if (!adjustment) throw new Error(`the adjustment of entry ${stretch.entry} is missing`);
      const { _id, ground, reason, notice } = adjustment;
      return { ...stretch, adjustment: _id, ground, reason, notice };
    });
  const present = stretchAt(outlook, at);
  if (!present) throw new Error('a merchant would be left without a status');
  const facts = factsOf(known, present.facts);
  return {
    ...facts,
    ...derive(facts, doorCode),
    status: present.status,
    since: present.since,
    outlook,
    nextAt: present.to,
    entries: known.entries.length,
    factsVersion: known.versions.size,
  };
}

function periodOf(merchant: string, stretch: Stretch, known: Known, derive: Derive, doorCode: string) {
  const facts = factsOf(known, stretch.facts);
  const { from, to, status, since } = stretch;
  const _id = `${merchant}/${from.getTime()}`;
  // Search as of an instant reads the text; only the present list has its grams indexed.
  const { grams: _grams, ...derived } = derive(facts, doorCode);
  return { _id, merchant, from, to: to ?? openEnd, status, since, doorCode, ...facts, ...derived };
}
