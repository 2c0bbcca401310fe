// When visits are reason to propose: so many that failed in so many days, so many closed doors in a row.
import { expect } from 'chai';
import {
  failedTooOften,
  foundClosed,
  isOverdue,
  type VisitMade,
} from '../../server/domain/proposal-rules.ts';

const now = new Date('2022-11-29T00:00:00Z');
const rules = { failedVisits: 3, failedVisitsDays: 30, closedVisits: 3 };
let serial = 0;
const visit = (daysAgo: number, changes: Partial<VisitMade> = {}): VisitMade => ({
  _id: `visit-${(serial += 1)}`,
  kind: 'routine',
  result: 'orders',
  receivedAt: new Date(now.getTime() - daysAgo * 86_400_000),
  noEntry: null,
  ...changes,
});
const closed = (daysAgo: number, noEntry: VisitMade['noEntry'] = 'closed') =>
  visit(daysAgo, { result: 'no-entry', noEntry });

describe('visits as a reason to propose', () => {
  it('fail too often from the number on that is set, until the last of them is too old', () => {
    const visits = [visit(1), visit(12), visit(29)];
    expect(failedTooOften(visits.slice(1), rules, now)).to.equal(null);
    const reason = failedTooOften(visits.toReversed(), rules, now);
    expect(reason?.causes.map(({ id }) => id)).to.deep.equal(visits.map(({ _id }) => _id));
    expect(reason?.endsAt?.toISOString()).to.equal('2022-11-30T00:00:00.000Z');
    expect(failedTooOften(visits, rules, reason?.endsAt ?? now)).to.equal(null);
    // A fourth keeps it up for longer.
    const more = failedTooOften([visit(0), ...visits], rules, now);
    expect(more?.endsAt?.toISOString()).to.equal('2022-12-17T00:00:00.000Z');
  });

  it('count neither self-checks nor what was fixed on the spot, and not at all where the setting is 0', () => {
    const others = [
      visit(1, { kind: 'self' }),
      visit(2, { result: 'fixed' }),
      visit(3, { result: 'passed' }),
    ];
    expect(failedTooOften([...others, visit(4), visit(5)], rules, now)).to.equal(null);
    const many = Array.from({ length: 9 }, (_, index) => visit(index));
    expect(failedTooOften(many, { ...rules, failedVisits: 0 }, now)).to.equal(null);
    expect(foundClosed([closed(1), closed(2), closed(3)], { ...rules, closedVisits: 0 })).to.equal(null);
  });

  it('find a shop closed only when it was each time of late', () => {
    const three = [closed(1), closed(2), closed(3)];
    expect(foundClosed(three, rules)?.causes).to.have.length(3);
    expect(foundClosed([visit(0), ...three], rules)).to.equal(null);
    expect(foundClosed([closed(1), closed(2), visit(3), closed(4)], rules)).to.equal(null);
    expect(foundClosed([closed(1), closed(2, 'refused'), closed(3)], rules)).to.equal(null);
    expect(
      foundClosed([closed(1), visit(1.5, { kind: 'self', result: 'passed' }), closed(2), closed(3)], rules)
        ?.causes,
    ).to.have.length(3);
  });

  it('are overdue when the last one, or else the listing, is longer ago than the days that are set', () => {
    const at = (daysAgo: number) => new Date(now.getTime() - daysAgo * 86_400_000);
    const shop = (since: number, lastVisit: number | null, status: 'listed' | 'suspended' = 'listed') => ({
      status,
      since: at(since),
      lastVisit: lastVisit === null ? null : { at: at(lastVisit), result: 'passed' },
    });
    const of = (one: ReturnType<typeof shop>, unvisitedDays = 30) => isOverdue(one, { unvisitedDays }, now);
    expect(of(shop(31, null))).to.equal(true);
    expect(of(shop(30, null))).to.equal(false);
    expect(of(shop(90, 31))).to.equal(true);
    expect(of(shop(90, 29))).to.equal(false);
    expect(of(shop(10, 31))).to.equal(true);
    expect(of(shop(90, 31, 'suspended'))).to.equal(false);
    expect(of(shop(90, null), 0)).to.equal(false);
  });
});
