// Enacting (生效): frozen lines become ledger entries in one signed block, and the list shows what the entries say.
import type { ClientSession } from 'mongoose';
import {
  type Adjustment,
  type AdjustmentLine,
  AdjustmentLineModel,
  AdjustmentModel,
} from '../../models/adjustment.ts';
import { LedgerBlockModel, type LedgerEntry, LedgerEntryModel, LedgerTipModel } from '../../models/ledger.ts';
import { type MerchantFacts, MerchantFactsModel } from '../../models/merchant-facts.ts';
import { type Facts, type Merchant, MerchantModel } from '../../models/merchant.ts';
import { clock } from '../lib/clock.ts';
import { ids } from '../lib/ids.ts';
import { merkleRoot } from '../lib/merkle.ts';
import { Problem } from '../lib/problem.ts';
import { entryLeaf, genesis, sealBlock } from './blocks.ts';
import { environment } from './environment.ts';
import { factsHash } from './facts.ts';
import { statusAt } from './ledger-fold.ts';
import { isAsSealed } from './line-contacts.ts';
import { type Known, showOnList } from './show-on-list.ts';
import { ledAstray } from './succession.ts';
import { mayFollow, overtakenBy } from './whitelist-rules.ts';

/** `enact` writes the lines; `confirm` writes an emergency's once more, lasting, where they still show. */
type Phase = 'enact' | 'confirm';

/** How far servers' clocks may differ at most. */
const clocksDifferMillis = 60_000;

/** Thousands of records that this file itself makes: their shape is checked by the compiler, not once more by mongoose. */
const unchecked = { lean: true } as const;
export type Enactment = { stale: string[]; because?: 'no-follower' } | { height: number; at: Date };

/** When lines take effect, in which block, and by what their facts are salted. */
export type Moment = {
  height: number;
  at: Date;
  effectiveFrom: Date;
  saltOf: (line: AdjustmentLine) => string;
};

/**
 * Enacts all lines or none. Must run in a transaction. Answers `stale` with the merchants whose transition is no longer
 * legal (all of them, when the time they were meant for is over), or whom nobody could follow; then nothing was written. No back-dating: a line takes effect
 * at the asked time or now, whichever is later. Throws `unavailable` while a large enactment writes the same merchants.
 */
export async function enactLines(
  adjustment: Adjustment,
  lines: AdjustmentLine[],
  phase: Phase = 'enact',
): Promise<Enactment> {
  await requireNoneUnderWay(adjustment, lines);
  const tip = await tipOf(adjustment.district);
  const at = await momentAfter(adjustment.district, tip.height);
  const effectiveFrom = laterOf(adjustment.effectiveFrom, at);
  const known = await loadKnown(lines);
  const { effectiveTo } = adjustment;
  const isOver = effectiveTo !== null && effectiveTo <= effectiveFrom;
  const fits = (line: AdjustmentLine) =>
    phase === 'enact'
      ? isLegal(line, known.get(line.merchant), effectiveFrom)
      : isShown(adjustment, known.get(line.merchant), at);
  const stale = lines.filter((line) => isOver || !fits(line));
  if (stale.length > 0) return { stale: stale.map(({ merchant }) => merchant) };

  const moment = { height: tip.height + 1, at, effectiveFrom, saltOf: randomSalt };
  const made = entriesOf(adjustment, lines, known, moment, phase);
  const astray = await ledAstray(lines, known, effectiveFrom);
  if (astray.length > 0) return { stale: astray, because: 'no-follower' };
  const root = merkleRoot(made.entries.map(entryLeaf));
  await seal(adjustment, tip, { at, count: made.entries.length, root });
  await writeEntries(made);
  await showOnList(lines, known, adjustment, at);
  return { height: moment.height, at };
}

export type Tip = { height: number; hash: string };

/** The end of a district's chain. */
export async function tipOf(district: string): Promise<Tip> {
  return (await LedgerTipModel.findById(district).lean()) ?? { height: 0, hash: genesis };
}

export function laterOf(asked: Date | null, at: Date): Date {
  return asked && asked > at ? asked : at;
}

const randomSalt = (): string => ids.hex(16);

type Made = { entries: LedgerEntry[]; versions: MerchantFacts[] };

/** What lines become in the ledger. Puts each entry on top of what is known of its merchant. */
export function entriesOf(
  adjustment: Adjustment,
  lines: AdjustmentLine[],
  known: Map<string, Known>,
  { height, at, effectiveFrom, saltOf }: Moment,
  phase: Phase = 'enact',
): Made {
  const { effectiveTo } = adjustment;
  const versions: MerchantFacts[] = [];
  const entries = lines.map((line): LedgerEntry => {
    const before: Known = known.get(line.merchant) ?? { merchant: null, entries: [], versions: new Map() };
    const version = line.facts ? nextFacts(line, line.facts, before, { at, salt: saltOf(line) }) : null;
    if (version) {
      versions.push(version);
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
      cancels: [...line.cancels, ...overtakenBy(line.to, before.entries, { effectiveFrom, effectiveTo })],
      facts: version?.version ?? null,
      factsHash: version?.hash ?? null,
      ...(line.successor && { successor: line.successor }),
      adjustment: adjustment._id,
      height,
      index: line.index,
    };
    before.entries.push(entry);
    known.set(line.merchant, before);
    return entry;
  });
  return { entries, versions };
}

/** Writes the block that follows `tip`; from then on its entries are the ledger's. */
export async function seal(
  adjustment: Adjustment,
  tip: Tip,
  content: { at: Date; count: number; root: string },
): Promise<void> {
  const { _id, district, setHash } = adjustment;
  const block = sealBlock(environment().signer, tip, { district, adjustment: _id, setHash, ...content });
  await LedgerBlockModel.create(block);
  await LedgerTipModel.updateOne(
    { _id: district },
    { height: block.height, hash: block.hash },
    { upsert: true },
  );
}

export async function writeEntries({ entries, versions }: Made): Promise<void> {
  if (versions.length > 0) await MerchantFactsModel.insertMany(versions, unchecked);
  await LedgerEntryModel.insertMany(entries, unchecked);
}

/**
 * While a large enactment is written part by part, nobody else writes its merchants, or facts of its district: their codes could
 * be the ones that it has not written yet. It takes seconds. Throws `unavailable`.
 */
async function requireNoneUnderWay({ _id, district }: Adjustment, lines: AdjustmentLine[]): Promise<void> {
  const other = await AdjustmentModel.findOne(
    { district, state: 'enacting', _id: { $ne: _id } },
    { _id: 1 },
  ).lean();
  if (!other) return;
  const merchants = lines.flatMap(({ merchant, successor }) => [merchant, successor?.merchant ?? []].flat());
  const isTouched =
    lines.some(({ facts }) => facts !== null) ||
    (await AdjustmentLineModel.exists({ adjustment: other._id, merchant: { $in: merchants } })) !== null;
  if (isTouched) throw new Problem('unavailable', {}, { retryAfterSeconds: 5 });
}

/**
 * Now, but not before the block that this one follows: servers' clocks differ a little, and a layer must not come to lie below
 * one that was enacted earlier. A block from far ahead is a clock gone wrong, and must not carry others along.
 */
export async function momentAfter(district: string, height: number): Promise<Date> {
  const now = clock.now();
  const last = await LedgerBlockModel.findById(`${district}/${height}`, { at: 1 }).lean();
  const ahead = last ? last.at.getTime() - now.getTime() : 0;
  return last && ahead > 0 && ahead <= clocksDifferMillis ? last.at : now;
}

/**
 * Takes hold of merchants before they are read: whoever writes them from now on waits. Otherwise one visit that is counted in
 * meanwhile would make the whole enactment begin again, and the next visit again. Belongs first into its transaction.
 */
export async function takeHold(merchants: string[]): Promise<void> {
  if (merchants.length > 0)
    await MerchantModel.updateMany({ _id: { $in: merchants } }, { $inc: { holds: 1 } });
}

/** Of the shops that are on the list already; as of the moment of a snapshot, where one is given. */
export async function loadKnown(
  lines: AdjustmentLine[],
  snapshot: ClientSession | null = null,
): Promise<Map<string, Known>> {
  const merchantIds = lines.filter(({ from }) => from !== null).map(({ merchant }) => merchant);
  const known = new Map<string, Known>();
  if (merchantIds.length === 0) return known;
  const merchants = await MerchantModel.find({ _id: { $in: merchantIds } }, { grams: 0 })
    .session(snapshot)
    .lean<Merchant[]>();
  for (const merchant of merchants) known.set(merchant._id, { merchant, entries: [], versions: new Map() });
  const entries = await LedgerEntryModel.find({ merchant: { $in: merchantIds } })
    .sort({ merchant: 1, n: 1 })
    .session(snapshot)
    .lean<LedgerEntry[]>();
  for (const entry of entries) known.get(entry.merchant)?.entries.push(entry);
  const versions = await MerchantFactsModel.find({ merchant: { $in: merchantIds } })
    .session(snapshot)
    .lean<MerchantFacts[]>();
  for (const version of versions) known.get(version.merchant)?.versions.set(version.version, version);
  return known;
}

/** Whether a line still fits the merchant as it stands (and will stand when the line takes effect). */
export function isLegal(line: AdjustmentLine, known: Known | undefined, at: Date): boolean {
  if (!isAsSealed(line)) return false;
  if (line.from === null) return known === undefined;
  if (!known?.merchant) return false;
  if (line.cancels.length > 0) return known.merchant.rev === line.rev;
  const then = statusAt(known.entries, at);
  if (line.facts) {
    const mayMove = line.to === null || (then !== null && mayFollow(then.status, line.to));
    return known.merchant.rev === line.rev && mayMove;
  }
  // Another shop by now, perhaps: whoever decided saw other facts.
  if (then?.facts !== line.factsVersion) return false;
  return line.to !== null && mayFollow(then.status, line.to);
}

/** Whether a merchant's status is still the one that this adjustment gave it. */
function isShown(adjustment: Adjustment, known: Known | undefined, at: Date): boolean {
  const shown = known && statusAt(known.entries, at)?.entry;
  return known?.entries.find(({ n }) => n === shown)?.adjustment === adjustment._id;
}

function nextFacts(
  line: AdjustmentLine,
  facts: Facts,
  known: Known,
  { at, salt }: { at: Date; salt: string },
): MerchantFacts {
  const version = (known.merchant?.factsVersion ?? 0) + 1;
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
