// When a zone begins, one adjustment is drafted for all shops on the list in it; it goes with the zone, unless somebody took it up.
import type { Adjustment } from '../../models/adjustment.ts';
import { type Zone, ZoneModel } from '../../models/zone.ts';
import { clock } from '../lib/clock.ts';
import { logger } from '../lib/logger.ts';
import { Problem } from '../lib/problem.ts';
import { inTransaction } from '../lib/transaction.ts';
import type { Filter } from './abilities.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { lapseProposal, openProposalsOf, openZoneProposal, zoneOfProposal } from './proposals.ts';

type Held = Omit<Zone, 'outline'>;

export const zonesInForce = (at: Date): Filter => ({
  withdrawn: false,
  from: { $lte: at },
  $or: [{ to: null }, { to: { $gt: at } }],
});

/** Nobody is in it by now; more are than one draft holds, which its page says; another process drafted it at the same moment. */
const expected = ['adjustment-empty', 'adjustment-too-large', 'duplicate'];

const reviews = oneAtATime(() =>
  reviewZones().catch((error: unknown) => {
    logger.error({ err: error }, 'zones cannot be reviewed at the moment');
  }),
);

/** Beside everything else, as a large zone takes its time. Answers at once. */
export const beginZoneReview = reviews.begin;
/** When a review has been made. */
export const whenZonesAreReviewed = reviews.whenDone;

/** Safe in any number of processes. A zone that cannot be proposed does not hold up the others. */
export async function reviewZones(): Promise<void> {
  const inForce = await ZoneModel.find(zonesInForce(clock.now()), { outline: 0 }).lean<Held[]>();
  const open = await openProposalsOf('zone');
  const held = new Map(inForce.map((zone) => [zone._id, zone]));
  const isPassed = (draft: Adjustment) =>
    draft.state === 'draft' && !isOf(held.get(zoneOfProposal(draft)), draft);
  for (const draft of open.filter(isPassed)) await inTransaction(() => lapseProposal(draft));
  const isOpen = new Set(open.filter((draft) => !isPassed(draft)).map(zoneOfProposal));
  for (const zone of inForce)
    if (!isOpen.has(zone._id))
      await propose(zone).catch((error: unknown) => {
        logger.error({ err: error, zone: zone._id }, 'a zone cannot be proposed');
      });
}

/** A draft of a zone as it was before it was changed is made anew. */
const isOf = (zone: Held | undefined, { effectiveTo }: Adjustment): boolean =>
  zone !== undefined && zone.to?.getTime() === effectiveTo?.getTime();

async function propose({ _id, name, to }: Held): Promise<void> {
  try {
    await openZoneProposal(_id, {
      reason: `位于${name.zh}`,
      rule: { where: { zone: _id, status: 'listed' } },
      effectiveTo: to,
    });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (!expected.includes(error.code)) throw error;
  }
}
