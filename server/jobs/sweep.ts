// What happens by itself: each second every process moves what is due, one record at a time by a conditional update.
import { followHeads } from '../domain/heads.ts';
import { recountProvisionalObjections } from '../domain/objection-recounts.ts';
import { continueEnactments } from '../domain/chunked-enactment.ts';
import { continueSubmissions } from '../domain/import-submission.ts';
import { readWaitingImports, sweepImportFiles } from '../domain/import-reading.ts';
import { reviewCycles } from '../domain/cycle-proposals.ts';
import { dropContactsOfEnded } from '../domain/line-contacts.ts';
import { sweepLinesAhead } from '../domain/lines-ahead.ts';
import { escalateDueOrders } from '../domain/order-escalation.ts';
import { proposeSuspensions } from '../domain/order-proposals.ts';
import { recountProvisionalOrders } from '../domain/order-recounts.ts';
import { sweepPhotos } from '../domain/photo-sweep.ts';
import { reviewDueProposals } from '../domain/visit-proposals.ts';
import { projectVisits } from '../domain/visit-projection.ts';
import { followSettings } from '../domain/settings.ts';
import { moveDueMerchants } from '../domain/whitelist-clock.ts';
import { beginZoneReview } from '../domain/zone-proposals.ts';
import { followNotices } from '../domain/working-days.ts';
import { environment } from '../domain/environment.ts';
import { clock } from '../lib/clock.ts';
import { type Rounds, startRounds } from './rounds.ts';

const everyMillis = 1_000;
/** Bytes that were staged longer ago than any upload lasts were left behind by a cut-off or a kill. */
const stagingMillis = 3_600_000;
const storageEveryTicks = 600;
const proposalsEveryTicks = 60;

const steps = [
  followSettings,
  followNotices,
  moveDueMerchants,
  recountProvisionalOrders,
  recountProvisionalObjections,
  escalateDueOrders,
  proposeSuspensions,
  projectVisits,
  reviewDueProposals,
  followHeads,
  readWaitingImports,
  continueSubmissions,
  continueEnactments,
  dropContactsOfEnded,
];

/** What may come some seconds later, too: what is proposed for overdue cycles and zones. */
const proposals = [reviewCycles, beginZoneReview];

/**
 * One round. Exactly once by the conditions of the updates, however many processes sweep. A step that fails does not hold up
 * the others; what failed is thrown at the end.
 */
export const sweep = (): Promise<void> => takeAll(steps);

async function takeAll(all: (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of all)
    await step().catch((error: unknown) => {
      failures.push(error);
    });
  if (failures.length > 0) throw new AggregateError(failures, 'a step of the sweep failed');
}

/** Removes photos that nobody uses, and what uploads and drafts left behind. */
async function sweepStorage(): Promise<void> {
  await sweepPhotos();
  const before = new Date(clock.now().getTime() - stagingMillis);
  await environment().storage.sweepStaging(before);
  await sweepImportFiles(before);
  await sweepLinesAhead();
}

/** Sweeps until stopped. */
export function startSweep(): Rounds {
  let ticks = 0;
  return startRounds('a sweep failed', everyMillis, async () => {
    const tick = ticks++;
    await takeAll([
      ...steps,
      ...(tick % proposalsEveryTicks === 0 ? proposals : []),
      ...(tick % storageEveryTicks === 0 ? [sweepStorage] : []),
    ]);
  });
}
