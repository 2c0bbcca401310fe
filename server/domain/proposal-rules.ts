// When visits are reason to propose something: pure, so that what opens a proposal and what ends it judge the same.
import type { Cause } from '../../models/adjustment.ts';
import type { Merchant } from '../../models/merchant.ts';
import type { Settings } from '../../models/settings.ts';
import type { Visit } from '../../models/visit.ts';

export type VisitMade = Pick<Visit, '_id' | 'kind' | 'result' | 'receivedAt'> & {
  noEntry: Visit['body']['noEntry'];
};
/** `endsAt`: when time alone takes the reason away. */
export type Reason = { causes: Cause[]; endsAt: Date | null };
type Rules = Pick<Settings, 'failedVisits' | 'failedVisitsDays' | 'closedVisits'>;

const dayMillis = 86_400_000;

/** At least `failedVisits` visits of the bureau in the last days ended in orders. 0 for never. */
export function failedTooOften(
  visits: readonly VisitMade[],
  { failedVisits, failedVisitsDays }: Rules,
  now: Date,
): Reason | null {
  const since = now.getTime() - failedVisitsDays * dayMillis;
  const failed = ofTheBureau(visits).filter(
    ({ result, receivedAt }) => result === 'orders' && receivedAt.getTime() > since,
  );
  const last = failed[failedVisits - 1];
  if (failedVisits === 0 || !last) return null;
  return {
    causes: failed.map(causeOf),
    endsAt: new Date(last.receivedAt.getTime() + failedVisitsDays * dayMillis),
  };
}

/** The last `closedVisits` visits found it closed, one after the other. 0 for never. */
export function foundClosed(visits: readonly VisitMade[], { closedVisits }: Rules): Reason | null {
  const made = ofTheBureau(visits);
  const open = made.findIndex(({ noEntry }) => noEntry !== 'closed');
  const closed = open === -1 ? made : made.slice(0, open);
  if (closedVisits === 0 || closed.length < closedVisits) return null;
  return { causes: closed.map(causeOf), endsAt: null };
}

/** Before this instant a shop's last visit is too long ago; null for never. */
export function overdueBefore({ unvisitedDays }: Pick<Settings, 'unvisitedDays'>, now: Date): Date | null {
  return unvisitedDays === 0 ? null : new Date(now.getTime() - unvisitedDays * dayMillis);
}

/** Since when nobody of the bureau has entered it: from its last visit on, or else from when it was listed. */
export const unvisitedSince = ({ lastVisit, since }: Pick<Merchant, 'lastVisit' | 'since'>): Date =>
  lastVisit?.at ?? since;

/** A listed shop whose last visit is too long ago. */
export function isOverdue(
  shop: Pick<Merchant, 'status' | 'lastVisit' | 'since'>,
  settings: Pick<Settings, 'unvisitedDays'>,
  now: Date,
): boolean {
  const before = overdueBefore(settings, now);
  return before !== null && shop.status === 'listed' && unvisitedSince(shop) < before;
}

/** Newest first. A self-check (自查) proves nothing against the shop, or nobody would report honestly. */
function ofTheBureau(visits: readonly VisitMade[]): VisitMade[] {
  return visits
    .filter(({ kind }) => kind !== 'self')
    .toSorted((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime());
}

const causeOf = ({ _id }: VisitMade): Cause => ({ kind: 'visit', id: _id });
