// Adjustments (调整单): drafted, frozen at submission, decided by another person, enacted into the ledger.
import {
  type Adjustment,
  type AdjustmentLine,
  AdjustmentLineModel,
  AdjustmentModel,
} from '../../models/adjustment.ts';
import { clock } from '../lib/clock.ts';
import { logger } from '../lib/logger.ts';
import { Problem } from '../lib/problem.ts';
import { afterCommit, inTransaction, isDuplicateKey } from '../lib/transaction.ts';
import { may, requireAbility, visibleTo, type Ability, type Scoped } from './abilities.ts';
import { type Actor, byOf } from './actor.ts';
import { recordAudit } from './audit.ts';
import { draftAdjustment, setHashOf } from './adjustment-drafts.ts';
import { enactLines, takeHold } from './enactment.ts';
import { passesAlone, requireEmergencyLeft } from './four-eyes.ts';
import { followHeads } from './heads.ts';
import { inTurn } from './turns.ts';
import { isOwn, ownAdjustment, reachesAll } from './own-adjustments.ts';
import { singleHandLimit } from './whitelist-rules.ts';
import { LedgerEntryModel } from '../../models/ledger.ts';

const emergencyMillis = 24 * 3_600_000;

export function scopedAdjustment(adjustment: Pick<Adjustment, '_id' | 'areas' | 'taskForces'>): Scoped {
  return {
    _id: adjustment._id,
    areas: adjustment.areas,
    taskForces: adjustment.taskForces,
    merchant: null,
    site: null,
  };
}

async function loadFor(actor: Actor, id: string, ability: Ability): Promise<Adjustment> {
  const adjustment = await findAdjustment(actor, id);
  const mayOwn = isOwn(actor, adjustment) && (await reachesAll(actor, ability, id));
  if (!mayOwn) requireAbility(actor, ability, scopedAdjustment(adjustment));
  return adjustment;
}

const linesOf = (id: string) =>
  AdjustmentLineModel.find({ adjustment: id }).sort({ index: 1 }).lean<AdjustmentLine[]>();

/** Moves an adjustment on from a state, or says that somebody else was faster. */
async function move(adjustment: Adjustment, changes: Partial<Adjustment>): Promise<Adjustment> {
  const moved = await AdjustmentModel.findOneAndUpdate(
    { _id: adjustment._id, state: adjustment.state, rev: adjustment.rev },
    { $set: changes, $inc: { rev: 1 } },
    { returnDocument: 'after' },
  ).lean<Adjustment>();
  if (!moved) throw new Problem('adjustment-state', { state: adjustment.state });
  return moved;
}

function requireState(adjustment: Adjustment, state: Adjustment['state']): void {
  if (adjustment.state !== state) throw new Problem('adjustment-state', { state: adjustment.state });
}

/** What may end in a block: in its district's turn, in one transaction, and a code that another shop has is said as `duplicate`. */
export async function enacting<T>(district: string, work: () => Promise<T>): Promise<T> {
  try {
    return await inTurn(district, () => inTransaction(work));
  } catch (error) {
    if (isDuplicateKey(error) && /uscc|registerNumber/.test(String(error)))
      throw new Problem('duplicate', { field: 'uscc / registerNumber' });
    throw error;
  }
}

/** The district of an adjustment; what else is wrong with the id is said by whoever loads it. */
async function districtOf(id: string): Promise<string> {
  return (await AdjustmentModel.findById(id, { district: 1 }).lean())?.district ?? '';
}

/** Freezes the set. What one person may do alone is enacted at once; the rest waits for an approver. */
export async function submitAdjustment(actor: Actor, id: string): Promise<Adjustment> {
  return submit(actor, id, () => loadFor(actor, id, 'adjustment.submit'));
}

/** Submits what somebody drafted within another act of theirs (an application, a correction): the same rules, but for the reading. */
export async function submitForOwner(actor: Actor, id: string): Promise<Adjustment> {
  return submit(actor, id, async () => {
    const own = await AdjustmentModel.findOne({ _id: id, 'draftedBy.id': actor.id }).lean<Adjustment>();
    if (!own) throw new Problem('not-found');
    return own;
  });
}

async function submit(actor: Actor, id: string, load: () => Promise<Adjustment>): Promise<Adjustment> {
  const moved = await enacting(await districtOf(id), async () => {
    const adjustment = await load();
    requireState(adjustment, 'draft');
    if (adjustment.kind !== 'rule' && adjustment.conflicts.length > 0) {
      const errors = adjustment.conflicts.map(({ merchant, message }) => ({
        path: `/merchants/${merchant}`,
        message,
      }));
      throw new Problem('adjustment-conflicts', {}, { errors });
    }
    const lines = await linesOf(id);
    if (lines.length === 0) throw new Problem('adjustment-empty');
    const needsApproval = adjustment.kind !== 'emergency' && !(await passesAlone(adjustment, lines));
    const submitted = await move(adjustment, {
      state: 'submitted',
      submittedBy: byOf(actor),
      submittedAt: clock.now(),
      needsApproval,
      setHash: setHashOf(adjustment, lines),
    });
    await recordAudit(actor, 'adjustment.submitted', id, {
      of: adjustment,
      after: { count: lines.length },
    });
    return needsApproval ? submitted : enact(submitted, lines);
  });
  return settled(moved);
}

/** Whether one person may do this alone: the right kind of move, and not more than the daily number. */
async function passesAlone(adjustment: Adjustment, lines: AdjustmentLine[]): Promise<boolean> {
  if (!isSingleHanded(adjustment.kind, lines)) return false;
  if (adjustment.to === 'applying' && lines.length === 1) return true;
  const now = clock.now();
  const key = `${adjustment.draftedBy.id}/${adjustment.ground}/${localDay(now)}`;
  const counted = await SingleHandCountModel.findById(key).lean();
  if ((counted?.count ?? 0) + lines.length > singleHandLimit) return false;
  await SingleHandCountModel.updateOne(
    { _id: key },
    { $inc: { count: lines.length }, $setOnInsert: { at: now } },
    { upsert: true },
  );
  return true;
}

async function enact(adjustment: Adjustment, lines: AdjustmentLine[]): Promise<Adjustment> {
  const emergency = adjustment.kind === 'emergency';
  const confirmBy = emergency ? new Date(clock.now().getTime() + emergencyMillis) : null;
  const layered = emergency ? { ...adjustment, effectiveFrom: null, effectiveTo: confirmBy } : adjustment;
  const outcome = await enactLines(layered, lines);
  if ('stale' in outcome) {
    const conflicts = outcome.stale.map((merchant) => ({
      merchant,
      code: 'moved-on',
      message: '状态已变 / has moved on',
    }));
    return move(adjustment, { state: 'stale', conflicts });
  }
  return move(adjustment, { state: 'enacted', enactedAt: outcome.at, height: outcome.height, confirmBy });
}

/** After the commit: a stale set is said as a refusal, an enacted one is anchored in the heads file. */
async function settled(adjustment: Adjustment): Promise<Adjustment> {
  if (adjustment.state === 'stale')
    throw new Problem('adjustment-stale', { count: adjustment.conflicts.length });
  if (adjustment.state === 'enacted') await afterCommit(followHeads);
  return adjustment;
}

/** The second pair of eyes: neither drafter nor submitter, and sure of the very set that was frozen. */
export async function approveAdjustment(
  actor: Actor,
  id: string,
  { setHash, note }: { setHash: string; note?: string | null },
) {
  const moved = await enacting(await districtOf(id), async () => {
    const adjustment = await loadFor(actor, id, 'adjustment.approve');
    requireState(adjustment, 'submitted');
    requireOtherEyes(actor, adjustment);
    if (adjustment.setHash !== setHash) throw new Problem('set-changed');
    const lines = await linesOf(id);
    const decided = await move(adjustment, {
      state: 'approved',
      decidedBy: byOf(actor),
      decidedAt: clock.now(),
      decisionNote: note ?? null,
    });
    await recordAudit(actor, 'adjustment.approved', id, { of: adjustment, after: { setHash } });
    return enact(decided, lines);
  });
  return settled(moved);
}

function requireOtherEyes(actor: Actor, adjustment: Adjustment): void {
  if (actor.id === adjustment.draftedBy.id || actor.id === adjustment.submittedBy?.id)
    throw new Problem('four-eyes');
}

export async function rejectAdjustment(
  actor: Actor,
  id: string,
  { note }: { note: string },
): Promise<Adjustment> {
  return inTransaction(async () => {
    const adjustment = await loadFor(actor, id, 'adjustment.reject');
    requireState(adjustment, 'submitted');
    requireOtherEyes(actor, adjustment);
    await recordAudit(actor, 'adjustment.rejected', id, { of: adjustment, after: { note } });
    return move(adjustment, {
      state: 'rejected',
      decidedBy: byOf(actor),
      decidedAt: clock.now(),
      decisionNote: note,
    });
  });
}

export async function withdrawAdjustment(actor: Actor, id: string): Promise<Adjustment> {
  return inTransaction(async () => {
    const adjustment = await loadFor(actor, id, 'adjustment.withdraw');
    if (adjustment.state !== 'draft' && adjustment.state !== 'submitted')
      throw new Problem('adjustment-state', { state: adjustment.state });
    await recordAudit(actor, 'adjustment.withdrawn', id, { of: adjustment });
    return move(adjustment, { state: 'withdrawn' });
  });
}

/** Drafts the adjustment whose entries cancel the layers of an enacted one. What was painted later stays. */
export async function undoAdjustment(
  actor: Actor,
  id: string,
  { reason }: { reason: string },
): Promise<Adjustment> {
  const adjustment = await loadFor(actor, id, 'adjustment.undo');
  requireState(adjustment, 'enacted');
  const entries = await LedgerEntryModel.find({ adjustment: id }).lean();
  const cancels = new Map<string, number[]>();
  for (const { merchant, n } of entries) cancels.set(merchant, [...(cancels.get(merchant) ?? []), n]);
  return draftAdjustment(actor, { kind: 'undo', to: null, ground: 'undo', reason, undoes: id, cancels });
}

/** Makes an emergency suspension lasting. Without it the layer lapses after 24 hours by itself. */
export async function confirmAdjustment(
  actor: Actor,
  id: string,
  { setHash }: { setHash: string },
): Promise<Adjustment> {
  const moved = await enacting(await districtOf(id), async () => {
    const adjustment = await loadFor(actor, id, 'adjustment.confirm');
    const now = clock.now();
    const waiting =
      adjustment.state === 'enacted' && adjustment.confirmBy !== null && adjustment.confirmedAt === null;
    if (!waiting || (adjustment.confirmBy ?? now) <= now)
      throw new Problem('adjustment-state', { state: adjustment.state });
    requireOtherEyes(actor, adjustment);
    if (adjustment.setHash !== setHash) throw new Problem('set-changed');
    const lasting = { ...adjustment, effectiveFrom: null, effectiveTo: null };
    const outcome = await enactLines(lasting, await linesOf(id), 'confirm');
    // Undone or overtaken meanwhile: there is nothing left that could last.
    if ('stale' in outcome) throw new Problem('adjustment-state', { state: adjustment.state });
    await recordAudit(actor, 'adjustment.confirmed', id, { of: adjustment });
    return move(adjustment, { confirmedBy: byOf(actor), confirmedAt: now });
  });
  return settled(moved);
}

/** What this caller may do with an adjustment now. */
export function adjustmentAbilities(actor: Actor, adjustment: Adjustment) {
  const holds = (ability: Ability) => may(actor, ability, scopedAdjustment(adjustment));
  const otherEyes = actor.id !== adjustment.draftedBy.id && actor.id !== adjustment.submittedBy?.id;
  const { state } = adjustment;
  const unconfirmed =
    state === 'enacted' &&
    adjustment.confirmedAt === null &&
    (adjustment.confirmBy ?? new Date(0)) > clock.now();
  return {
    submit: state === 'draft' && holds('adjustment.submit'),
    withdraw: (state === 'draft' || state === 'submitted') && holds('adjustment.withdraw'),
    approve: state === 'submitted' && otherEyes && holds('adjustment.approve'),
    reject: state === 'submitted' && otherEyes && holds('adjustment.reject'),
    confirm: unconfirmed && otherEyes && holds('adjustment.confirm'),
    undo: state === 'enacted' && holds('adjustment.undo'),
  };
}
