// A large block is written part by part. When that takes longer than it was given, the list of then is not whole yet.
import { AdjustmentModel } from '../../models/adjustment.ts';
import { AreaModel } from '../../models/area.ts';
import { clock } from '../lib/clock.ts';
import { Problem } from '../lib/problem.ts';
import { scopesAt } from './abilities.ts';
import type { Actor } from './actor.ts';

/**
 * Throws `unavailable` where a block that had taken effect by this past instant is still being written in a district that the
 * actor reaches into: what is told of an instant must be told alike later. What is planned may change anyway.
 */
export async function requireWholeAt(actor: Actor, instant: Date): Promise<void> {
  const now = clock.now();
  const late = await AdjustmentModel.distinct('district', {
    state: 'enacting',
    'enactment.sealed.effectiveFrom': { $lte: instant < now ? instant : now },
  });
  if (late.length > 0 && (await reachesInto(actor, late, now)))
    throw new Problem('unavailable', {}, { retryAfterSeconds: 30 });
}

/** Whether an actor's areas hold districts, or lie in them. Shops of who has no areas, as a merchant's, may lie anywhere. */
async function reachesInto(actor: Actor, districts: string[], now: Date): Promise<boolean> {
  const held = scopesAt(actor, now).flatMap(({ areas }) => areas);
  if (held.length === 0) return true;
  const around = await AreaModel.distinct('path', { _id: { $in: districts } });
  const touching = { $or: [{ _id: { $in: around } }, { path: { $in: districts } }] };
  return (await AreaModel.exists({ _id: { $in: held }, ...touching })) !== null;
}
