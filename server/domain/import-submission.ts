// Submitting an import: a small one within the request, a large one in the background, and on by another process after a kill.
import type { Adjustment } from '../../models/adjustment.ts';
import { type Import, ImportModel } from '../../models/import.ts';
import { clock } from '../lib/clock.ts';
import { currentContext, runInContext } from '../lib/context.ts';
import { ids } from '../lib/ids.ts';
import { logger } from '../lib/logger.ts';
import { Problem } from '../lib/problem.ts';
import { inTransaction } from '../lib/transaction.ts';
import { may, rolesWith } from './abilities.ts';
import { actorNow } from './accounts.ts';
import { type Actor, byOf, systemActor } from './actor.ts';
import { reachKeyOf } from './actor-place.ts';
import { enacting, submitDrafted } from './adjustments.ts';
import { recordAudit } from './audit.ts';
import { silentMillis, whileHeard } from './heartbeat.ts';
import { draftImport, type Drafting } from './import-drafts.ts';
import { findImport, type ImportView, linesOfImport } from './imports.ts';
import { dropLinesWithout } from './lines-ahead.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** So many lines are written in a second or two: the request waits for them. */
const atOnceLimit = 2_000;
/** What broke off so often is given back: somebody has to look at it. */
const mostAttempts = 20;

type Wish = Pick<Adjustment, 'reason' | 'notice'>;

/** Somebody else goes on with it by now. */
class Overtaken extends Error {}

/**
 * Makes one adjustment of all rows that were taken, and submits it: from then on it is decided by another person, all or nothing.
 * A large one is `submitting` until then. Throws `import-state`, `import-incomplete`, `import-expired` or `adjustment-empty`.
 */
export async function submitImport(actor: Actor, id: string, wish: Wish): Promise<ImportView> {
  const { one } = await findImport(actor, id);
  if (!maySubmit(actor, one)) throw new Problem('forbidden');
  requireSubmittable(one);
  if (linesOfImport(one) > atOnceLimit) return { one: await begin(actor, one, wish), adjustment: null };
  const drafting = { ...wish, adjustment: ids.uuid() };
  try {
    const adjustment = await submitted(actor, one, drafting);
    return { one: { ...one, state: 'submitted', failure: null, adjustment: adjustment._id }, adjustment };
  } catch (error) {
    await dropLinesWithout(drafting.adjustment);
    throw error;
  }
}

const submitted = (actor: Actor, one: Import, drafting: Drafting) =>
  draftImport(actor, one, drafting, (make) =>
    enacting(one.district ?? '', async () => submitDrafted(actor, await make())),
  );

async function begin(actor: Actor, one: Import, { reason, notice }: Wish): Promise<Import> {
  const submission = {
    by: byOf(actor),
    context: currentContext() ?? null,
    reason,
    notice,
    adjustment: ids.uuid(),
    written: 0,
    attempt: 0,
    heardAt: null,
  };
  const begun = await inTransaction(async () => {
    const found = await ImportModel.findOneAndUpdate(
      { _id: one._id, state: 'ready' },
      { $set: { state: 'submitting', failure: null, submission } },
      { returnDocument: 'after' },
    ).lean<Import>();
    if (!found) throw new Problem('import-state', { state: 'submitting' });
    await recordAudit(actor, 'import.submitted', one._id, {
      of: one,
      after: { reason, notice, adjustment: submission.adjustment },
    });
    return found;
  });
  await continueSubmissions();
  return begun;
}

const submissions = oneAtATime(submitAll);

/** Goes on with what is being submitted, unless this process does already. Answers at once. */
export const continueSubmissions = submissions.begin;

/** For tests: when nothing is left to be submitted. */
export const whenImportsAreSubmitted = submissions.whenDone;

async function submitAll(): Promise<void> {
  try {
    for (let one = await claimNext(); one; one = await claimNext()) await submitAlive(one);
  } catch (error) {
    logger.error({ err: error }, 'imports cannot be submitted at the moment');
  }
}

/** One that waits, or whose process fell silent: whoever comes first has it. */
async function claimNext(): Promise<Import | null> {
  const now = clock.now();
  const silent = { $lt: new Date(now.getTime() - silentMillis) };
  return ImportModel.findOneAndUpdate(
    { state: 'submitting', $or: [{ 'submission.heardAt': null }, { 'submission.heardAt': silent }] },
    { $set: { 'submission.heardAt': now }, $inc: { 'submission.attempt': 1 } },
    { sort: { 'submission.heardAt': 1 }, returnDocument: 'after' },
  ).lean<Import>();
}

function submitAlive(one: Import): Promise<void> {
  const say = () => ImportModel.updateOne(ours(one), { $set: { 'submission.heardAt': clock.now() } });
  return whileHeard(say, () => submitLarge(one));
}

/** As long as this attempt is the one that goes on with it. */
const ours = ({ _id, submission }: Import) => ({
  _id,
  state: 'submitting' as const,
  'submission.attempt': submission?.attempt ?? 0,
});

/** Throws `Overtaken` where this attempt is no longer the one. */
async function tell(one: Import, changes: Record<string, unknown>): Promise<void> {
  const told = await ImportModel.updateOne(ours(one), { $set: changes });
  if (told.matchedCount === 0) throw new Overtaken();
}

async function submitLarge(one: Import): Promise<void> {
  try {
    await submitOrGiveBack(one);
  } catch (error) {
    // Left to the next attempt, after a while.
    if (!(error instanceof Overtaken))
      logger.error({ err: error, import: one._id }, 'an import cannot be submitted');
  }
}

async function submitOrGiveBack(one: Import): Promise<void> {
  const { submission } = one;
  if (!submission) throw new Error(`the submission of import ${one._id} is gone`);
  try {
    if (submission.attempt > mostAttempts) throw new Problem('unavailable');
    const actor = await actorNow(submission.by);
    if (!actor || !maySubmit(actor, one)) throw new Problem('forbidden');
    const { context, reason, notice, adjustment } = submission;
    const say = (written: number) =>
      tell(one, { 'submission.written': written, 'submission.heardAt': clock.now() });
    const work = () => submitted(actor, one, { reason, notice, adjustment, say });
    await (context ? runInContext(context, work) : work());
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    await giveBack(one, error);
  }
}

/** It was not submitted, says why, and can be submitted again. */
async function giveBack(one: Import, { code, facts }: Problem): Promise<void> {
  await tell(one, { 'submission.heardAt': clock.now() });
  await dropLinesWithout(one.submission?.adjustment ?? '');
  await inTransaction(async () => {
    await tell(one, { state: 'ready', failure: { code, facts }, submission: null });
    await recordAudit(systemActor, 'import.given-back', one._id, { of: one, after: { code } });
  });
}

function requireSubmittable(one: Import): void {
  if (one.state !== 'ready') throw new Problem('import-state', { state: one.state });
  if (linesOfImport(one) === 0) throw new Problem('adjustment-empty');
  if (!isWhole(one))
    throw new Problem('import-incomplete', { count: one.counts.refused + one.counts.conflicts });
}

/** Of a file that replaces a part of the list every row must be understood: a shop whose row is not would be removed for it. */
function isWhole({ mode, counts }: Import): boolean {
  return mode === 'merge' || counts.refused + counts.conflicts === 0;
}

const scopedImport = ({ _id, areas, taskForces }: Import) => ({
  _id,
  areas,
  taskForces,
  merchant: null,
  site: null,
});

/** What this caller may do with an import now. */
export function importAbilities(actor: Actor, one: Import) {
  const isReady = one.state === 'ready' && linesOfImport(one) > 0 && isWhole(one);
  return { submit: isReady && maySubmit(actor, one) };
}

/** Its rows lie where its uploader could reach them, which may be two streets that share no more than their district. */
function maySubmit(actor: Actor, one: Import): boolean {
  const isOwn = actor.id === one.by.id && one.readUnder === reachKeyOf(actor);
  return isOwn
    ? rolesWith('import.submit').includes(actor.role)
    : may(actor, 'import.submit', scopedImport(one));
}
