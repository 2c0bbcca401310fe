// Enacting more than one transaction holds: one small commit seals the block, and the list follows part by part, also after a kill.
import { createHmac } from 'node:crypto';
import type { ClientSession } from 'mongoose';
import {
  type Adjustment,
  type AdjustmentLine,
  AdjustmentLineModel,
  AdjustmentModel,
} from '../../models/adjustment.ts';
import { LedgerTipModel } from '../../models/ledger.ts';
import { type Facts, MerchantModel } from '../../models/merchant.ts';
import { clock } from '../lib/clock.ts';
import { ids } from '../lib/ids.ts';
import { logger } from '../lib/logger.ts';
import { GrowingTree } from '../lib/merkle.ts';
import { Problem } from '../lib/problem.ts';
import { inTransaction } from '../lib/transaction.ts';
import {
  entriesOf,
  isLegal,
  laterOf,
  loadKnown,
  type Moment,
  momentAfter,
  seal,
  takeHold,
  tipOf,
  writeEntries,
} from './enactment.ts';
import { entryLeaf } from './blocks.ts';
import { deriveFrom } from './facts.ts';
import { followHeads } from './heads.ts';
import { silentMillis, whileHeard } from './heartbeat.ts';
import { codesOf } from './import-match.ts';
import { linesFrom } from './draft-lines.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { liftedUnchecked } from './rechecks.ts';
import { showOnList } from './show-on-list.ts';
import { inTurn } from './turns.ts';

/** Beyond so many lines an adjustment is written in parts. */
const atOnceLimit = 2_500;
const partSize = 500;
/** How often the time that reckoning is allowed is doubled at most. */
const mostPatience = 64;
/**
 * Lines that are surely written in a second: the block takes effect when the list shows it whole. Of a long one fewer: the index
 * of search outgrows the cache of the database.
 */
const surelyASecond = { first: 500, then: 200 };
const firstLines = 50_000;
const shownConflicts = 200;

export function isLarge({ count }: Pick<Adjustment, 'count'>): boolean {
  return count > atOnceLimit;
}

/**
 * What an adjustment becomes in place of `enacted` when it is approved. Must run in that transaction: it writes the end of the
 * chain, so that an enactment which has not seen this one yet begins anew.
 */
export async function beginLarge({ district }: Adjustment): Promise<Partial<Adjustment>> {
  const other = await AdjustmentModel.exists({ district, state: 'enacting' });
  if (other) throw new Problem('unavailable', {}, { retryAfterSeconds: 30 });
  const tip = await tipOf(district);
  await LedgerTipModel.updateOne(
    { _id: district },
    { $set: { height: tip.height, hash: tip.hash }, $inc: { holds: 1 } },
    { upsert: true },
  );
  const seed = ids.hex(32);
  return { state: 'enacting', enactment: { seed, reckoned: 0, sealed: null, written: 0, heardAt: null } };
}

const enactments = oneAtATime(continueAll);

/** Goes on with what is being enacted, unless this process does already. Answers at once. */
export const continueEnactments = enactments.begin;

/** For seeds, commands and tests: when nothing is left to be enacted. */
export const whenEnacted = enactments.whenDone;

async function continueAll(): Promise<void> {
  try {
    for (let one = await claimNext(); one; one = await claimNext()) await enactAlive(one._id);
  } catch (error) {
    logger.error({ err: error }, 'an enactment cannot go on at the moment');
  }
}

function enactAlive(_id: string): Promise<void> {
  const say = () =>
    AdjustmentModel.updateOne({ _id, state: 'enacting' }, { $set: { 'enactment.heardAt': clock.now() } });
  return whileHeard(say, async () => {
    let patience = 1;
    while (await enactNextPart(_id, patience)) patience = Math.min(2 * patience, mostPatience);
  });
}

async function claimNext(): Promise<Adjustment | null> {
  const now = clock.now();
  const silent = { $lt: new Date(now.getTime() - silentMillis) };
  return AdjustmentModel.findOneAndUpdate(
    { state: 'enacting', $or: [{ 'enactment.heardAt': null }, { 'enactment.heardAt': silent }] },
    { $set: { 'enactment.heardAt': now } },
    { returnDocument: 'after' },
  ).lean<Adjustment>();
}

/**
 * Seals the block, or writes the next lines: each in a transaction, once, whoever does it. Answers whether anything is left.
 * Reckoning is allowed `patience` times as long as it should take.
 */
export async function enactNextPart(id: string, patience = 1): Promise<boolean> {
  const one = await AdjustmentModel.findOne({ _id: id, state: 'enacting' }).lean<Adjustment>();
  if (!one?.enactment) return false;
  if (one.enactment.sealed) return inTransaction(() => writePart(id));
  await sealWhole(one, patience);
  await followHeads().catch((error: unknown) => {
    logger.error({ err: error }, 'the heads file cannot be written');
  });
  return true;
}

/**
 * Nobody else writes its merchants, or codes of its district, from the moment it is `enacting`: so what is reckoned here, line by
 * line and outside of any transaction, still holds when the block is sealed.
 */
async function sealWhole(one: Adjustment, patience: number): Promise<void> {
  const effectiveFrom = laterOf(one.effectiveFrom, shownWholeAt(clock.now(), one.count * patience));
  const isOver = one.effectiveTo !== null && one.effectiveTo <= effectiveFrom;
  const tree = new GrowingTree();
  const stale = new Set<string>();
  let reckoned = 0;
  // The leaves say nothing of height and moment.
  const moment = momentOf(one, { height: 0, at: effectiveFrom, effectiveFrom });
  for await (const lines of linesFrom(one._id, { atOnce: partSize })) {
    const known = await loadKnown(lines);
    const fits = (line: AdjustmentLine) => !isOver && isLegal(line, known.get(line.merchant), effectiveFrom);
    const hindered = [
      ...lines.filter((line) => !fits(line)).map(merchantOf),
      ...(await recodedElsewhere(lines, one.district)),
      ...(await liftedUnchecked(one, lines)),
    ];
    for (const merchant of hindered) if (stale.size < shownConflicts) stale.add(merchant);
    for (const entry of entriesOf(one, lines, known, moment).entries) tree.add(entryLeaf(entry));
    await tellReckoned(one, (reckoned += lines.length));
  }
  if (stale.size > 0) await giveUp(one, [...stale]);
  else await inTurn(one.district, () => inTransaction(() => sealAt(one, effectiveFrom, tree)));
}

/** Lines between two words of how far it is. */
const toldEvery = 5_000;

async function tellReckoned({ _id }: Adjustment, reckoned: number): Promise<void> {
  if (reckoned % toldEvery !== 0) return;
  const isOpen = { _id, state: 'enacting' as const, 'enactment.sealed': null };
  await AdjustmentModel.updateOne(isOpen, { $set: { 'enactment.reckoned': reckoned } });
}

const merchantOf = ({ merchant }: AdjustmentLine): string => merchant;

/**
 * The leaves of a sealed block that are not written yet, as of the moment of `snapshot`: with those that are they give its root,
 * so that nothing can be changed unseen while it is written.
 */
export async function* unwrittenLeaves(one: Adjustment, snapshot: ClientSession): AsyncGenerator<string> {
  const { sealed, written = 0 } = one.enactment ?? {};
  if (!sealed) return;
  const moment = momentOf(one, sealed);
  for await (const lines of linesFrom(one._id, { index: written, atOnce: partSize, snapshot })) {
    const known = await loadKnown(lines, snapshot);
    for (const entry of entriesOf(one, lines, known, moment).entries) yield entryLeaf(entry);
  }
}

async function giveUp({ _id }: Adjustment, merchants: string[]): Promise<void> {
  const conflicts = merchants.map((merchant) => ({
    merchant,
    code: 'moved-on',
    message: '状态已变 / has moved on',
  }));
  await AdjustmentModel.updateOne(
    { _id, state: 'enacting', 'enactment.sealed': null },
    { $set: { state: 'stale', conflicts, enactment: null }, $inc: { rev: 1 } },
  );
}

/** Where reckoning took longer than was allowed for, it begins anew with the next part, more patiently: a line never takes effect before its block. */
async function sealAt(
  { _id, district, setHash }: Adjustment,
  effectiveFrom: Date,
  { size, root }: GrowingTree,
): Promise<void> {
  const one = await AdjustmentModel.findOne({
    _id,
    state: 'enacting',
    'enactment.sealed': null,
  }).lean<Adjustment>();
  const tip = await tipOf(district);
  const at = await momentAfter(district, tip.height);
  if (one?.setHash !== setHash || at > effectiveFrom) return;
  await seal(one, tip, { at, count: size, root });
  const sealed = { height: tip.height + 1, at, effectiveFrom };
  const told = { enactedAt: at, height: sealed.height, 'enactment.sealed': sealed };
  await AdjustmentModel.updateOne(
    { _id },
    { $set: { ...told, 'enactment.heardAt': clock.now() }, $inc: { rev: 1 } },
  );
}

function shownWholeAt(at: Date, lines: number): Date {
  const first = Math.min(lines, firstLines);
  const seconds = 2 + first / surelyASecond.first + (lines - first) / surelyASecond.then;
  return new Date(at.getTime() + 1_000 * Math.ceil(seconds));
}

type Sealed = NonNullable<NonNullable<Adjustment['enactment']>['sealed']>;

function momentOf({ enactment }: Adjustment, sealed: Sealed): Moment {
  const seed = enactment?.seed ?? '';
  const saltOf = ({ merchant }: AdjustmentLine) =>
    createHmac('sha256', Buffer.from(seed, 'hex')).update(merchant).digest('hex').slice(0, 32);
  return { ...sealed, saltOf };
}

/** Merchants whose codes others took since they were looked at. What their facts refer to must still be there, too. */
async function recodedElsewhere(lines: AdjustmentLine[], district: string): Promise<string[]> {
  const told = lines.flatMap(({ merchant, facts }) => (facts ? [{ merchant, facts }] : []));
  const strays = await misplaced(told);
  const wanted = new Map(
    told.flatMap(({ merchant, facts }) => codesOf(facts, district).map((code) => [code, merchant] as const)),
  );
  const said = (column: 'uscc' | 'registerNumber') => told.flatMap(({ facts }) => facts[column] ?? []);
  const holders = await MerchantModel.find(
    { district, $or: [{ uscc: { $in: said('uscc') } }, { registerNumber: { $in: said('registerNumber') } }] },
    { uscc: 1, outlet: 1, registerNumber: 1 },
  ).lean();
  const recoded = holders.flatMap(({ _id, ...codes }) =>
    codesOf(codes, district).flatMap((code) => {
      const claimant = wanted.get(code);
      return claimant === undefined || claimant === _id ? [] : [claimant];
    }),
  );
  return [...strays, ...recoded];
}

/** Those whose facts refer to what lies elsewhere by now, or is not there. */
async function misplaced(told: { merchant: string; facts: Facts }[]): Promise<string[]> {
  try {
    await deriveFrom(told.map(({ facts }) => facts));
    return [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (told.length === 1) return told.map(({ merchant }) => merchant);
    const middle = told.length >> 1;
    return [...(await misplaced(told.slice(0, middle))), ...(await misplaced(told.slice(middle)))];
  }
}

/** The next lines of a sealed block, with what the list makes of them. */
async function writePart(id: string): Promise<boolean> {
  const one = await AdjustmentModel.findOne({ _id: id, state: 'enacting' }).lean<Adjustment>();
  if (!one?.enactment?.sealed) return false;
  const { sealed, written } = one.enactment;
  const lines = await AdjustmentLineModel.find({
    adjustment: id,
    index: { $gte: written, $lt: written + partSize },
  })
    .sort({ index: 1 })
    .lean<AdjustmentLine[]>();
  await moveOn(one, written + lines.length);
  await takeHold(lines.filter(({ from }) => from !== null).map(({ merchant }) => merchant));
  const known = await loadKnown(lines);
  await writeEntries(entriesOf(one, lines, known, momentOf(one, sealed)));
  await showOnList(lines, known, one, sealed.at);
  return written + lines.length < one.count;
}

/**
 * Said before the part is written: whoever tells meanwhile that this process lives waits for it. After it, that word would be in
 * the way, and the part be written anew, and again with the next word.
 */
async function moveOn({ _id, count, enactment }: Adjustment, written: number): Promise<void> {
  const progress =
    written >= count
      ? { state: 'enacted', enactment: null }
      : { 'enactment.written': written, 'enactment.heardAt': clock.now() };
  const moved = await AdjustmentModel.updateOne(
    { _id, state: 'enacting', 'enactment.written': enactment?.written },
    { $set: progress, $inc: { rev: 1 } },
  );
  if (moved.matchedCount === 0) throw new Error('two processes wrote the same part');
}
