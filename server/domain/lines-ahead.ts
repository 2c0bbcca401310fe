// Lines that are written before their adjustment is there, and go where it never comes: after a kill they hold names and telephones.
import { AdjustmentLineModel, AdjustmentModel } from '../../models/adjustment.ts';
import { ImportModel } from '../../models/import.ts';
import { type LinesAhead, LinesAheadModel } from '../../models/lines-ahead.ts';
import { clock } from '../lib/clock.ts';
import { logger } from '../lib/logger.ts';
import { Problem } from '../lib/problem.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** Whose adjustment has not come after so long was killed, or has failed. */
const givenUpMillis = 3_600_000;

/** Before the first of them is written; `from` is the import that the adjustment is made of. Once more does nothing. */
export async function announceLines(adjustment: string, from: string | null = null): Promise<void> {
  const announced = { at: clock.now(), import: from, isGivenUp: false };
  await LinesAheadModel.updateOne({ _id: adjustment }, { $setOnInsert: announced }, { upsert: true });
}

/** Belongs into the transaction that writes their adjustment. Throws `unavailable` where they were given up. */
export async function takeLines(adjustment: string): Promise<void> {
  const { deletedCount } = await LinesAheadModel.deleteOne({ _id: adjustment, isGivenUp: false });
  if (deletedCount === 0) throw new Problem('unavailable', {}, { retryAfterSeconds: 5 });
}

/**
 * Removes the lines of an adjustment that has not come to be: where the answer of a commit was lost, it may be there all the
 * same. What somebody writes of them afterwards is swept.
 */
export async function dropLinesWithout(adjustment: string): Promise<void> {
  if (!(await AdjustmentModel.exists({ _id: adjustment })))
    await AdjustmentLineModel.deleteMany({ adjustment });
}

const sweeps = oneAtATime(async () => {
  try {
    await sweepOld();
  } catch (error) {
    logger.error({ err: error }, 'lines without an adjustment cannot be removed at the moment');
  }
});

/** Removes lines whose adjustment has not come within an hour. They may be a million: answers at once. */
export const sweepLinesAhead = sweeps.begin;

/** For tests: when they are removed. */
export const whenLinesAheadAreSwept = sweeps.whenDone;

async function sweepOld(): Promise<void> {
  const before = new Date(clock.now().getTime() - givenUpMillis);
  const old = await LinesAheadModel.find({ at: { $lt: before } }).lean<LinesAhead[]>();
  for (const one of old) if (!(await isBeingSubmitted(one))) await giveUp(one._id);
}

/** An import is gone on with for as long as it takes. */
async function isBeingSubmitted({ _id, import: from }: LinesAhead): Promise<boolean> {
  const submitting = { _id: from ?? '', state: 'submitting', 'submission.adjustment': _id } as const;
  return (await ImportModel.exists(submitting)) !== null;
}

/** Whoever would write the adjustment at this moment comes first, or is turned away. */
async function giveUp(_id: string): Promise<void> {
  await LinesAheadModel.updateOne({ _id }, { $set: { isGivenUp: true } });
  await dropLinesWithout(_id);
  await LinesAheadModel.deleteOne({ _id });
}
