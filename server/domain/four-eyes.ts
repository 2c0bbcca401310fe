// Four eyes (四眼原则): what one person may do alone is judged at submission, by how things stand then, not when it was drafted.
import {
  type Adjustment,
  type AdjustmentLine,
  AdjustmentLineModel,
  AdjustmentModel,
  SingleHandCountModel,
} from '../../models/adjustment.ts';
import { type LedgerEntry, LedgerEntryModel } from '../../models/ledger.ts';
import { type MerchantFacts, MerchantFactsModel } from '../../models/merchant-facts.ts';
import { type Facts, type Merchant, MerchantModel, type Status } from '../../models/merchant.ts';
import { localDay } from '../lib/calendar.ts';
import { clock } from '../lib/clock.ts';
import { Problem } from '../lib/problem.ts';
import { isAnotherShop } from './facts.ts';
import { presentStretch, statusAt } from './ledger-fold.ts';
import { emergencyLimit, isRelied, isSingleHanded, singleHandLimit } from './whitelist-rules.ts';

/** For how long an emergency that nobody confirmed keeps the next one away from the same shop. */
const emergencyPauseMillis = 7 * 86_400_000;

type Step = { line: AdjustmentLine; from: Status | null; isAsSeen: boolean };

/** Whether one person may do this alone: the right kind of move from where each shop stands now, and not too many a day. */
export async function passesAlone(adjustment: Adjustment, lines: AdjustmentLine[]): Promise<boolean> {
  const steps = await stepsOf(lines);
  const moves = steps.map(({ line, from }) => ({ from, to: line.to }));
  if (!steps.every(({ isAsSeen }) => isAsSeen) || !isSingleHanded(adjustment, moves)) return false;
  if (adjustment.to === 'listed' && (await wereTurnedAway(lines))) return false;
  for (const step of steps) if (await changesHands(step)) return false;
  if (adjustment.to === 'applying' && lines.length === 1) return true;
  return countIn(dayKey(adjustment), lines.length, singleHandLimit);
}

/** One emergency more: within the day's number, and not the same shop over and over. Throws `emergency-limit`. */
export async function requireEmergencyLeft(adjustment: Adjustment, lines: AdjustmentLine[]): Promise<void> {
  const merchants = lines.map(({ merchant }) => merchant);
  const naming = await AdjustmentLineModel.distinct('adjustment', { merchant: { $in: merchants } });
  const since = new Date(clock.now().getTime() - emergencyPauseMillis);
  const unconfirmed = await AdjustmentModel.exists({
    _id: { $in: naming },
    kind: 'emergency',
    state: 'enacted',
    confirmedAt: null,
    enactedAt: { $gt: since },
  });
  if (unconfirmed || !(await countIn(`${dayKey(adjustment)}/emergency`, 1, emergencyLimit)))
    throw new Problem('emergency-limit');
}

function dayKey({ draftedBy }: Adjustment): string {
  return `${draftedBy.id}/${localDay(clock.now())}`;
}

/** Counts `more` in, unless they would go beyond the limit. */
async function countIn(_id: string, more: number, limit: number): Promise<boolean> {
  const counted = await SingleHandCountModel.findById(_id).lean();
  if ((counted?.count ?? 0) + more > limit) return false;
  await SingleHandCountModel.updateOne(
    { _id },
    { $inc: { count: more }, $setOnInsert: { at: clock.now() } },
    { upsert: true },
  );
  return true;
}

async function stepsOf(lines: AdjustmentLine[]): Promise<Step[]> {
  const merchants = await MerchantModel.find(
    { _id: { $in: lines.map(({ merchant }) => merchant) } },
    { rev: 1, outlook: 1 },
  ).lean<Pick<Merchant, '_id' | 'rev' | 'outlook'>[]>();
  const known = new Map(merchants.map((merchant) => [merchant._id, merchant]));
  return lines.map((line) => {
    const merchant = known.get(line.merchant);
    const from = presentStretch(merchant?.outlook ?? [], clock.now())?.status ?? null;
    return { line, from, isAsSeen: (merchant?.rev ?? 0) === line.rev };
  });
}

/** A shop that was turned away once is not taken back by whoever verifies it alone. */
async function wereTurnedAway(lines: AdjustmentLine[]): Promise<boolean> {
  const merchants = lines.map(({ merchant }) => merchant);
  const found = await LedgerEntryModel.exists({
    merchant: { $in: merchants },
    to: { $in: ['removed', 'rejected'] },
  });
  return found !== null;
}

/** Whether a correction makes another shop of one on the list. Small steps add up: they are held against what was looked at last. */
async function changesHands({ line, from }: Step): Promise<boolean> {
  if (!line.facts || !isRelied(from)) return false;
  const before = await factsLookedAt(line.merchant);
  return before === null || isAnotherShop(before, line.facts);
}

/** The facts with which a shop was listed, or that a second person looked at since. */
async function factsLookedAt(merchant: string): Promise<Facts | null> {
  const entries = await LedgerEntryModel.find({ merchant }).sort({ n: 1 }).lean<LedgerEntry[]>();
  const looked = await AdjustmentModel.distinct('_id', {
    _id: { $in: entries.map(({ adjustment }) => adjustment) },
    decidedBy: { $ne: null },
  });
  const last = entries.findLastIndex(({ to, adjustment }) => to === 'listed' || looked.includes(adjustment));
  const version = statusAt(entries.slice(0, last + 1), clock.now())?.facts;
  const found = await MerchantFactsModel.findById(`${merchant}/${version}`).lean<MerchantFacts>();
  return found?.facts ?? null;
}
