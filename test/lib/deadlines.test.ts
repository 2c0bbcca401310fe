// The order clock: due, yellow, red and proposal, to the second.
import { expect } from 'chai';
import fc from 'fast-check';
import { makeCalendar } from '../../server/lib/calendar.ts';
import { deadlinesOf, dueOf, levelAt, nextDeadline, type Severity } from '../../server/lib/deadlines.ts';

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
  return deadlinesOf(calendar, dueOf(calendar, severity, receivedAt).at);
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
        provisional: false,
      });
    });
  }

  it('makes a critical order overdue at once', () => {
    const receivedAt = shanghai('2022-11-29T10:00');
    expect(dueOf(calendar, 'critical', receivedAt)).to.deep.equal({ at: receivedAt, provisional: false });
    expect(levelAt(clockOf('critical', receivedAt), receivedAt)).to.equal('yellow');
  });

  it('is provisional as soon as one deadline falls in a year without a notice', () => {
    expect(clockOf('major', shanghai('2026-12-24T10:00')).provisional).to.equal(false);
    expect(clockOf('major', shanghai('2026-12-29T10:00')).provisional).to.equal(true);
    expect(dueOf(calendar, 'minor', shanghai('2026-12-31T10:00')).provisional).to.equal(true);
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

describe('the level of an order', () => {
  const clock = clockOf('major', shanghai('2022-09-30T17:00'));
  const before = (t: Date): Date => new Date(t.getTime() - 1);

  it('changes at the very instant of each deadline', () => {
    expect(levelAt(clock, before(clock.yellowAt))).to.equal('none');
    expect(levelAt(clock, clock.yellowAt)).to.equal('yellow');
    expect(levelAt(clock, before(clock.redAt))).to.equal('yellow');
    expect(levelAt(clock, clock.redAt)).to.equal('red');
    expect(levelAt(clock, clock.proposalAt)).to.equal('red');
  });

  it('has as next deadline the first that has not come yet', () => {
    expect(nextDeadline(clock, before(clock.yellowAt))).to.deep.equal(clock.yellowAt);
    expect(nextDeadline(clock, clock.yellowAt)).to.deep.equal(clock.redAt);
    expect(nextDeadline(clock, clock.redAt)).to.deep.equal(clock.proposalAt);
    expect(nextDeadline(clock, clock.proposalAt)).to.equal(null);
  });

  it('never changes between now and the next deadline', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -100, max: 400 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (hours, share) => {
          const now = new Date(clock.yellowAt.getTime() + hours * HOUR);
          const next = nextDeadline(clock, now);
          if (next === null) return;
          const between = new Date(now.getTime() + Math.floor((next.getTime() - 1 - now.getTime()) * share));
          expect(levelAt(clock, between)).to.equal(levelAt(clock, now));
        },
      ),
    );
  });
});
