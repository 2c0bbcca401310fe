// When visits are reason to propose something: pure, so that what opens a proposal and what ends it judge the same.
import type { Settings } from '../../models/settings.ts';
import type { Visit } from '../../models/visit.ts';
import type { Cause } from './proposals.ts';

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

/** Newest first. A self-check (自查) proves nothing against the shop, or nobody would report honestly. */
function ofTheBureau(visits: readonly VisitMade[]): VisitMade[] {
  return visits
    .filter(({ kind }) => kind !== 'self')
    .toSorted((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime());
}

const causeOf = ({ _id }: VisitMade): Cause => ({ kind: 'visit', id: _id });
