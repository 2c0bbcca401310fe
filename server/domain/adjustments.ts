// Adjustments (调整单): drafted, frozen at submission, decided by another person, enacted into the ledger.
import {
  type Adjustment,
  type AdjustmentLine,
  AdjustmentLineModel,
  AdjustmentModel,
  undoingStates,
} from '../../models/adjustment.ts';
import { textThatIs } from '../../models/model.ts';
import { clock } from '../lib/clock.ts';
import { logger } from '../lib/logger.ts';
import { invalidPart, Problem } from '../lib/problem.ts';
import { afterCommit, inTransaction, isDuplicateKey } from '../lib/transaction.ts';
import { type Actor, byOf } from './actor.ts';
import { recordAudit } from './audit.ts';
import { loadFor, merchantsOf, requireOtherEyes } from './adjustment-access.ts';
import { draftAdjustment } from './adjustment-drafts.ts';
import { beginLarge, continueEnactments, isLarge } from './chunked-enactment.ts';
import { enactLines, takeHold } from './enactment.ts';
import { passesAlone, requireEmergencyLeft } from './four-eyes.ts';
import { followHeads } from './heads.ts';
import { liftedUnchecked } from './rechecks.ts';
import { setHashOf } from './set-hash.ts';
import { inTurn } from './turns.ts';
import { singleHandLimit } from './whitelist-rules.ts';

const emergencyMillis = 24 * 3_600_000;

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

/**
 * What may end in a block: in its district's turn, in one transaction that takes hold of its merchants first. A code that another
 * shop has is said as `duplicate`.
 */
export async function enacting<T>(
  district: string,
  work: () => Promise<T>,
  merchants: string[] = [],
): Promise<T> {
  const held = async () => {
    await takeHold(merchants);
    return work();
  };
  try {
    return await inTurn(district, () => inTransaction(held));
  } catch (error) {
    if (isDuplicateKey(error) && /uscc|registerNumber/.test(String(error)))
      throw new Problem('duplicate', { field: 'uscc / registerNumber' });
    throw error;
  }
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

/** Submits what the same act has just drafted, in its transaction; whether the actor may was judged there. */
export async function submitDrafted(actor: Actor, { _id }: Adjustment): Promise<Adjustment> {
  return submit(actor, _id, async () => {
    const drafted = await AdjustmentModel.findById(_id).lean<Adjustment>();
    if (!drafted) throw new Problem('not-found');
    return drafted;
  });
}

async function submit(actor: Actor, id: string, load: () => Promise<Adjustment>): Promise<Adjustment> {
  const { district, count } = await load();
  // More than that nobody enacts alone, and what only waits needs no hold.
  const merchants = count <= singleHandLimit ? await merchantsOf(id) : [];
  const moved = await enacting(district, async () => freeze(actor, await load()), merchants);
  return settled(moved);
}

async function freeze(actor: Actor, adjustment: Adjustment): Promise<Adjustment> {
  requireState(adjustment, 'draft');
  requireNoConflicts(adjustment);
  if (adjustment.kind === 'import' || adjustment.count > singleHandLimit)
    return freezeAsDrafted(actor, adjustment);
  const lines = await linesOf(adjustment._id);
  const isEmergency = adjustment.kind === 'emergency';
  if (isEmergency) await requireEmergencyLeft(adjustment, lines);
  const needsApproval = !isEmergency && !(await passesAlone(adjustment, lines));
  const now = clock.now();
  const confirmBy = isEmergency ? new Date(now.getTime() + emergencyMillis) : null;
  const effectiveTo = confirmBy ?? adjustment.effectiveTo;
  const submitted = await move(adjustment, {
    state: 'submitted',
    submittedBy: byOf(actor),
    submittedAt: now,
    needsApproval,
    effectiveTo,
    confirmBy,
    setHash: setHashOf({ ...adjustment, effectiveTo }, lines),
  });
  await recordAudit(actor, 'adjustment.submitted', adjustment._id, {
    of: adjustment,
    after: { count: lines.length },
  });
  return needsApproval ? submitted : enact(submitted, lines);
}

/** It was hashed when it was drafted, and nobody may do it alone: its lines, which may be very many, are not looked at. */
async function freezeAsDrafted(actor: Actor, adjustment: Adjustment): Promise<Adjustment> {
  await recordAudit(actor, 'adjustment.submitted', adjustment._id, {
    of: adjustment,
    after: { count: adjustment.count },
  });
  const submission = { submittedBy: byOf(actor), submittedAt: clock.now() };
  return move(adjustment, { ...submission, state: 'submitted', needsApproval: true });
}

/** Who names a shop means it; a rule means those it fits, and an undoing what can be undone. */
function requireNoConflicts({ kind, conflicts, count }: Adjustment): void {
  const passesOver = kind === 'rule' || (kind === 'undo' && count > 0);
  if (conflicts.length > 0 && !passesOver) {
    const errors = conflicts.map(({ merchant, message }) => ({ path: `/merchants/${merchant}`, message }));
    throw new Problem('adjustment-conflicts', {}, { errors });
  }
  if (count === 0) throw new Problem('adjustment-empty');
}

async function enact(adjustment: Adjustment, lines: AdjustmentLine[]): Promise<Adjustment> {
  const unchecked = await liftedUnchecked(adjustment, lines);
  const outcome = unchecked.length > 0 ? { stale: unchecked } : await enactLines(adjustment, lines);
  if ('stale' in outcome) {
    const why =
      'because' in outcome
        ? {
            code: 'no-follower',
            message: '承接的商户已不在名单上，或又指回自己 / who follows has left the list, or leads back',
          }
        : { code: 'moved-on', message: '状态已变 / has moved on' };
    const conflicts = outcome.stale.map((merchant) => ({ merchant, ...why }));
    return move(adjustment, { state: 'stale', conflicts });
  }
  return move(adjustment, { state: 'enacted', enactedAt: outcome.at, height: outcome.height });
}

/** A stale set is said as a refusal that undoes nothing; an enacted one is anchored in the heads file after the commit. */
async function settled(adjustment: Adjustment): Promise<Adjustment> {
  if (adjustment.state === 'stale')
    throw new Problem('adjustment-stale', { count: adjustment.conflicts.length }, { stands: true });
  if (adjustment.state === 'enacted') await afterCommit(anchor);
  return adjustment;
}

/** What is enacted is enacted, even where the file cannot be written: the sweep appends what is missing. */
async function anchor(): Promise<void> {
  await followHeads().catch((error: unknown) => {
    logger.error({ err: error }, 'the heads file cannot be written');
  });
}

/** The second pair of eyes: neither drafter nor submitter, and sure of the very set that was frozen. */
export async function approveAdjustment(
  actor: Actor,
  id: string,
  { setHash, note }: { setHash: string; note?: string | null },
) {
  const load = () => loadFor(actor, id, 'adjustment.approve');
  const found = await load();
  const decide = async () => {
    const adjustment = await load();
    requireState(adjustment, 'submitted');
    requireOtherEyes(actor, adjustment);
    if (adjustment.setHash !== setHash) throw new Problem('set-changed');
    const decision = { decidedBy: byOf(actor), decidedAt: clock.now(), decisionNote: note ?? null };
    const next = isLarge(adjustment) ? await beginLarge(adjustment) : { state: 'approved' as const };
    const decided = await move(adjustment, { ...decision, ...next });
    await recordAudit(actor, 'adjustment.approved', id, { of: adjustment, after: { setHash } });
    return isLarge(adjustment) ? decided : enact(decided, await linesOf(id));
  };
  const held = isLarge(found) ? [] : await merchantsOf(id);
  const decided = await settled(await enacting(found.district, decide, held));
  if (decided.state === 'enacting') await afterCommit(continueEnactments);
  return decided;
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

/** Of a proposal it is a dismissal: it says why, and holds until there is a new cause. */
export async function withdrawAdjustment(
  actor: Actor,
  id: string,
  { note = null }: { note?: string | null } = {},
): Promise<Adjustment> {
  return inTransaction(async () => {
    const adjustment = await loadFor(actor, id, 'adjustment.withdraw');
    if (adjustment.state !== 'draft' && adjustment.state !== 'submitted')
      throw new Problem('adjustment-state', { state: adjustment.state });
    if (adjustment.proposal !== null && note === null) throw invalidPart('/note', '缺少 / is missing');
    await recordAudit(actor, 'adjustment.withdrawn', id, {
      of: adjustment,
      ...(note !== null && { after: { note } }),
    });
    return move(adjustment, { state: 'withdrawn', decisionNote: note });
  });
}

/**
 * Drafts the adjustment whose entries cancel the layers of an enacted one. What was painted later stays. The same once more is
 * the same draft; throws `duplicate` where it is undone, or being undone by somebody else.
 */
export async function undoAdjustment(
  actor: Actor,
  id: string,
  { reason }: { reason: string },
): Promise<Adjustment> {
  requireState(await loadFor(actor, id, 'adjustment.undo'), 'enacted');
  const draft = async () =>
    (await undoneAlready(actor, id, reason)) ??
    (await draftAdjustment(actor, { kind: 'undo', to: null, ground: 'undo', reason, undoes: id }));
  try {
    // A large one takes a while: who asks once more meanwhile waits for it.
    return await inTurn(`undo ${id}`, draft);
  } catch (error) {
    const isTaken = error instanceof Problem && error.code === 'duplicate';
    const meanwhile = isTaken ? await undoneAlready(actor, id, reason) : null;
    if (meanwhile) return meanwhile;
    throw error;
  }
}

async function undoneAlready(actor: Actor, id: string, reason: string): Promise<Adjustment | null> {
  const standing = { undoes: textThatIs(id), state: { $in: undoingStates } };
  const found = await AdjustmentModel.findOne(standing).lean<Adjustment>();
  const isSame = found?.state === 'draft' && found.draftedBy.id === actor.id && found.reason === reason;
  if (found && !isSame) throw new Problem('duplicate', { field: 'undoes' });
  return found;
}

/** Makes an emergency suspension lasting. Without it the layer lapses after 24 hours by itself. */
export async function confirmAdjustment(
  actor: Actor,
  id: string,
  { setHash }: { setHash: string },
): Promise<Adjustment> {
  const load = () => loadFor(actor, id, 'adjustment.confirm');
  const { district } = await load();
  const decide = async () => {
    const adjustment = await load();
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
  };
  return settled(await enacting(district, decide, await merchantsOf(id)));
}
