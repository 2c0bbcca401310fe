// A large block is written part by part. When that takes longer than it was given, the list of then is not whole yet.
import { AdjustmentModel } from '../../models/adjustment.ts';
import { clock } from '../lib/clock.ts';
import { Problem } from '../lib/problem.ts';

/**
 * Throws `unavailable` where a block that had taken effect by this past instant is still being written: what is told of an instant
 * must be told alike later. What is planned may change anyway.
 */
export async function requireWholeAt(instant: Date): Promise<void> {
  const now = clock.now();
  const late = await AdjustmentModel.exists({
    state: 'enacting',
    'enactment.sealed.effectiveFrom': { $lte: instant < now ? instant : now },
  });
  if (late) throw new Problem('unavailable', {}, { retryAfterSeconds: 30 });
}
