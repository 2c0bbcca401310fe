// Working days by China's notices: the published years, notices laid over them, and counting to 24:00 in Shanghai.
import { expect } from 'chai';
import fc from 'fast-check';
import { addWorkingDays, localDay, makeCalendar } from '../../server/lib/calendar.ts';

const calendar = makeCalendar([]);
const shanghai = (text: string): Date => new Date(`${text}+08:00`);
const notice2027 = { year: 2027, holidays: ['2027-01-01', '2026-12-31'], makeUpDays: ['2027-01-02'] };

const DAY = 24 * 60 * 60 * 1000;
const anyInstant = fc.date({
  min: new Date('2004-01-02T00:00:00Z'),
  max: new Date('2026-11-30T00:00:00Z'),
  noInvalidDate: true,
});

describe('the working-day calendar', () => {
  it('knows holidays and make-up days of the published years', () => {
    expect(calendar.isWorkingDay('2022-10-07')).to.equal(false);
    expect(calendar.isWorkingDay('2022-10-08')).to.equal(true);
    expect(calendar.isWorkingDay('2022-10-09')).to.equal(true);
    expect(calendar.isWorkingDay('2023-01-02')).to.equal(false);
    expect(calendar.isWorkingDay('2022-11-29')).to.equal(true);
    expect(calendar.isWorkingDay('2022-12-03')).to.equal(false);
  });

  it('is published for 2004 to 2026 and for no other year', () => {
    expect(calendar.isPublished(2003)).to.equal(false);
    for (let year = 2004; year <= 2026; year++)
      expect(calendar.isPublished(year), String(year)).to.equal(true);
    expect(calendar.isPublished(2027)).to.equal(false);
  });

  it('falls back on plain weekends in a year without a notice', () => {
    expect(calendar.isWorkingDay('2027-01-01')).to.equal(true);
    expect(calendar.isWorkingDay('2027-01-02')).to.equal(false);
  });

  it('takes a loaded notice before the published days, also for the December before its year', () => {
    const loaded = makeCalendar([notice2027]);
    expect(loaded.isPublished(2027)).to.equal(true);
    expect(loaded.isWorkingDay('2027-01-01')).to.equal(false);
    expect(loaded.isWorkingDay('2027-01-02')).to.equal(true);
    expect(calendar.isWorkingDay('2026-12-31')).to.equal(true);
    expect(loaded.isWorkingDay('2026-12-31')).to.equal(false);
  });

  it('lets a later notice correct an earlier one and keeps what neither names', () => {
    const corrected = makeCalendar([
      { year: 2022, holidays: ['2022-10-08'], makeUpDays: [] },
      { year: 2022, holidays: [], makeUpDays: ['2022-10-08'] },
    ]);
    expect(corrected.isWorkingDay('2022-10-08')).to.equal(true);
    expect(corrected.isWorkingDay('2022-10-07')).to.equal(false);
  });

  it('refuses malformed days and days that are both holiday and make-up day', () => {
    for (const day of ['2022-2-1', '2022-02-30', '2022-13-01', '', '2022-10-08T00:00:00Z'])
      expect(() => calendar.isWorkingDay(day), day).to.throw(RangeError);
    expect(() => makeCalendar([{ year: 2027, holidays: ['soon'], makeUpDays: [] }])).to.throw(RangeError);
    const both = { year: 2027, holidays: ['2027-01-02'], makeUpDays: ['2027-01-02'] };
    expect(() => makeCalendar([both])).to.throw(RangeError);
  });

  it('does not depend on the time zone of the process', () => {
    const before = process.env.TZ;
    try {
      for (const zone of ['America/Los_Angeles', 'Pacific/Kiritimati', 'Asia/Shanghai', 'UTC']) {
        process.env.TZ = zone;
        expect(makeCalendar([]).isWorkingDay('2022-10-08'), zone).to.equal(true);
        expect(makeCalendar([]).isWorkingDay('2022-10-07'), zone).to.equal(false);
        const { at } = addWorkingDays(makeCalendar([]), shanghai('2022-09-30T17:00:00'), 1);
        expect(at, zone).to.deep.equal(shanghai('2022-10-09T00:00:00'));
      }
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  });
});

describe('counting working days', () => {
  const examples = [
    ['2022-09-30T17:00:00', 1, '2022-10-09T00:00:00', 'Saturday 8 Oct 2022, a make-up day'],
    ['2022-12-02T10:00:00', 1, '2022-12-06T00:00:00', 'Monday 5 Dec 2022 after a Friday'],
    ['2022-11-29T10:00:00', 20, '2022-12-28T00:00:00', '27 Dec 2022, twenty days after the conference'],
    ['2022-12-30T17:00:00', 1, '2023-01-04T00:00:00', '3 Jan 2023, after New Year'],
    ['2022-10-12T00:00:00', 3, '2022-10-15T00:00:00', '14 Oct 2022 from a midnight'],
  ] as const;
  for (const [from, n, to, what] of examples) {
    it(`ends at 24:00 of ${what}`, () => {
      expect(addWorkingDays(calendar, shanghai(from), n)).to.deep.equal({
        at: shanghai(to),
        unpublishedYear: null,
      });
    });
  }

  it('counts midnight as the end of the day before, and a millisecond later as the new day', () => {
    const midnight = shanghai('2022-12-06T00:00:00');
    expect(addWorkingDays(calendar, midnight, 1).at).to.deep.equal(shanghai('2022-12-07T00:00:00'));
    const after = new Date(midnight.getTime() + 1);
    expect(addWorkingDays(calendar, after, 1).at).to.deep.equal(shanghai('2022-12-08T00:00:00'));
  });

  it('is provisional exactly when it runs into a year without a notice', () => {
    const lastDays = shanghai('2026-12-30T12:00:00');
    expect(addWorkingDays(calendar, lastDays, 1)).to.deep.equal({
      at: shanghai('2027-01-01T00:00:00'),
      unpublishedYear: null,
    });
    expect(addWorkingDays(calendar, lastDays, 2).unpublishedYear).to.equal(2027);
    expect(addWorkingDays(makeCalendar([notice2027]), lastDays, 2)).to.deep.equal({
      at: shanghai('2027-01-05T00:00:00'),
      unpublishedYear: null,
    });
  });

  it('refuses anything but a whole number from one', () => {
    for (const n of [0, -1, 1.5, NaN, Infinity])
      expect(() => addWorkingDays(calendar, new Date(), n), String(n)).to.throw(RangeError);
  });

  it('always ends a working day with n working days between', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 1, max: 12 }), (t, n) => {
        const { at } = addWorkingDays(calendar, t, n);
        const lastDay = localDay(new Date(at.getTime() - 1));
        expect(calendar.isWorkingDay(lastDay)).to.equal(true);
        expect(localDay(at)).to.not.equal(lastDay);
        let counted = 0;
        const first = Date.parse(`${localDay(new Date(t.getTime() - 1))}T00:00:00Z`) + DAY;
        for (let day = first; day <= Date.parse(`${lastDay}T00:00:00Z`); day += DAY)
          if (calendar.isWorkingDay(new Date(day).toISOString().slice(0, 10))) counted += 1;
        expect(counted).to.equal(n);
      }),
    );
  });

  it('adds up: one day after n days is n + 1 days', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 1, max: 8 }), (t, n) => {
        const stepped = addWorkingDays(calendar, addWorkingDays(calendar, t, n).at, 1);
        expect(stepped.at).to.deep.equal(addWorkingDays(calendar, t, n + 1).at);
      }),
    );
  });
});

describe('the local day', () => {
  it('changes at midnight in Shanghai', () => {
    expect(localDay(new Date('2022-11-29T15:59:59.999Z'))).to.equal('2022-11-29');
    expect(localDay(new Date('2022-11-29T16:00:00.000Z'))).to.equal('2022-11-30');
  });

  it('refuses an invalid date', () => {
    expect(() => localDay(new Date(NaN))).to.throw(RangeError);
  });
});
