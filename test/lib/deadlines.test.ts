// The order clock: due, yellow, red and proposal, to the second.
import { expect } from 'chai';
import fc from 'fast-check';
import { makeCalendar } from '../../server/lib/calendar.ts';
import { deadlinesOf, dueOf, type Severity, standardLimits } from '../../server/lib/deadlines.ts';

const calendar = makeCalendar([]);
const shanghai = (text: string): Date => new Date(`${text}:00+08:00`);

const HOUR = 60 * 60 * 1000;
const anySeverity = fc.constantFrom<Severity>('minor', 'major', 'critical');
const anyInstant = fc.date({
  min: new Date('2004-01-02T00:00:00Z'),
  max: new Date('2026-11-30T00:00:00Z'),
  noInvalidDate: true,
});

function clockOf(severity: Severity, receivedAt: Date) {
  return deadlinesOf(calendar, dueOf(calendar, severity, receivedAt, standardLimits).at, standardLimits);
}

describe('the clock of an order', () => {
  const examples = [
    ['major', '2022-09-30T17:00', '2022-09-30T19:00', '2022-10-03T19:00', '2022-10-11T00:00'],
    ['minor', '2022-09-30T17:00', '2022-10-09T00:00', '2022-10-12T00:00', '2022-10-15T00:00'],
    ['major', '2022-12-30T17:00', '2022-12-30T19:00', '2023-01-02T19:00', '2023-01-06T00:00'],
    ['minor', '2022-12-30T17:00', '2023-01-04T00:00', '2023-01-07T00:00', '2023-01-12T00:00'],
  ] as const;
  for (const [severity, received, yellow, red, proposal] of examples) {
    it(`turns a ${severity} order of ${received} yellow at ${yellow}, red at ${red}, proposes at ${proposal}`, () => {
      expect(clockOf(severity, shanghai(received))).to.deep.equal({
        yellowAt: shanghai(yellow),
        redAt: shanghai(red),
        proposalAt: shanghai(proposal),
        unpublishedYear: null,
      });
    });
  }

  it('makes a critical order overdue at once', () => {
    const receivedAt = shanghai('2022-11-29T10:00');
    expect(dueOf(calendar, 'critical', receivedAt, standardLimits)).to.deep.equal({
      at: receivedAt,
      unpublishedYear: null,
    });
    expect(clockOf('critical', receivedAt).yellowAt).to.deep.equal(receivedAt);
  });

  it('is provisional as soon as one deadline falls in a year without a notice', () => {
    expect(clockOf('major', shanghai('2026-12-24T10:00')).unpublishedYear).to.equal(null);
    expect(clockOf('major', shanghai('2026-12-29T10:00')).unpublishedYear).to.equal(2027);
    expect(dueOf(calendar, 'minor', shanghai('2026-12-31T10:00'), standardLimits).unpublishedYear).to.equal(
      2027,
    );
  });

  it('obeys other limits where an area has set them', () => {
    const limits = { majorHours: 4, minorWorkingDays: 2, redAfterDays: 1, proposalWorkingDays: 1 };
    const receivedAt = shanghai('2022-11-29T10:00');
    expect(dueOf(calendar, 'major', receivedAt, limits).at).to.deep.equal(shanghai('2022-11-29T14:00'));
    expect(dueOf(calendar, 'minor', receivedAt, limits).at).to.deep.equal(shanghai('2022-12-02T00:00'));
    const { redAt, proposalAt } = deadlinesOf(calendar, shanghai('2022-11-29T14:00'), limits);
    expect([redAt, proposalAt]).to.deep.equal([shanghai('2022-11-30T14:00'), shanghai('2022-12-02T00:00')]);
  });

  it('is always due no earlier than receipt, red exactly 72 hours later, proposed after that', () => {
    fc.assert(
      fc.property(anySeverity, anyInstant, (severity, receivedAt) => {
        const { yellowAt, redAt, proposalAt } = clockOf(severity, receivedAt);
        expect(yellowAt.getTime()).to.be.at.least(receivedAt.getTime());
        expect(redAt.getTime() - yellowAt.getTime()).to.equal(72 * HOUR);
        expect(proposalAt.getTime()).to.be.greaterThan(redAt.getTime());
      }),
    );
  });
});
