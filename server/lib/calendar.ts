// Working days in Shanghai time: China's published holidays and make-up days (调休), and deadlines counted in them.
import { createRequire } from 'node:module';

/**
 * A year's holiday notice (国务院办公厅关于部分节假日安排的通知). Days are `YYYY-MM-DD`; `makeUpDays` are days off worked
 * in exchange. A notice may name days of the December before its year.
 */
export type HolidayNotice = { year: number; holidays: string[]; makeUpDays: string[] };

/** An instant, and the first year without a notice that it depends on, or null where it is certain. */
export type Deadline = { at: Date; unpublishedYear: number | null };

export type Calendar = {
  /** Whether offices work on that day (`YYYY-MM-DD`); plain weekends in a year without a notice. Throws RangeError on another form. */
  isWorkingDay(isoDay: string): boolean;
  /** Whether that year's holidays are known: otherwise deadlines in it are provisional. */
  isPublished(year: number): boolean;
};

// The package's plain data, not its functions: those build their table in the process's own time zone, and west of
// Greenwich hundreds of days come out wrong.
type PublishedDays = { holidays: Record<string, string>; workdays: Record<string, string> };
const published = createRequire(import.meta.url)('chinese-days/dist/chinese-days.json') as PublishedDays;

const DAY = 24 * 60 * 60 * 1000;
const SHANGHAI = 8 * 60 * 60 * 1000;

/** The day in Shanghai, `YYYY-MM-DD`, fixed at +08:00 (summer time ended there in 1991). Throws RangeError on an invalid date. */
export function localDay(t: Date): string {
  return new Date(t.getTime() + SHANGHAI).toISOString().slice(0, 10);
}

/**
 * The published years of `chinese-days` (2004–2026) with notices laid over them. A day named by a notice is what the notice
 * says, a later notice in the list before an earlier one; all other days stay as published. Throws RangeError for a malformed
 * day or one that a notice calls both.
 */
export function makeCalendar(notices: HolidayNotice[]): Calendar {
  const overlay = new Map<string, boolean>();
  const years = new Set(Object.keys(published.holidays).map((day) => Number(day.slice(0, 4))));
  for (const notice of notices) {
    years.add(notice.year);
    for (const day of notice.holidays) {
      if (notice.makeUpDays.includes(day))
        throw new RangeError(`${day} cannot be both a holiday and a make-up day`);
      overlay.set(checkedDay(day), false);
    }
    for (const day of notice.makeUpDays) overlay.set(checkedDay(day), true);
  }
  return {
    isWorkingDay: (isoDay) => overlay.get(checkedDay(isoDay)) ?? isPublishedWorkingDay(isoDay),
    isPublished: (year) => years.has(year),
  };
}

/**
 * The end of the `n`-th working day (24:00 in Shanghai) after the local day of `t` − 1 ms, so that an instant at midnight still
 * belongs to the day it ends. `unpublishedYear` is the first year without a notice that counting ran into: until there is one the
 * answer is provisional. Throws RangeError unless `n` is a whole number from 1.
 */
export function addWorkingDays(calendar: Calendar, t: Date, n: number): Deadline {
  if (!Number.isInteger(n) || n < 1)
    throw new RangeError(`working days are a whole number from 1, not ${String(n)}`);
  let midnight = startOf(localDay(new Date(t.getTime() - 1)));
  let unpublishedYear: number | null = null;
  for (let left = n; left > 0;) {
    midnight += DAY;
    const day = localDay(new Date(midnight));
    const year = Number(day.slice(0, 4));
    if (!calendar.isPublished(year)) unpublishedYear ??= year;
    if (calendar.isWorkingDay(day)) left -= 1;
  }
  return { at: new Date(midnight + DAY), unpublishedYear };
}

/** 00:00 of a local day in Shanghai, in milliseconds. */
function startOf(isoDay: string): number {
  return Date.parse(`${isoDay}T00:00:00Z`) - SHANGHAI;
}

/** 00:00 in Shanghai of the local day `days` after that of `t`; before it where `days` is negative. */
export function localMidnight(t: Date, days = 0): Date {
  return new Date(startOf(localDay(t)) + days * DAY);
}

function isPublishedWorkingDay(isoDay: string): boolean {
  if (Object.hasOwn(published.workdays, isoDay)) return true;
  if (Object.hasOwn(published.holidays, isoDay)) return false;
  const weekday = new Date(`${isoDay}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

function checkedDay(isoDay: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(isoDay) ? Date.parse(`${isoDay}T00:00:00Z`) : NaN;
  // Date.parse takes 30 February for 2 March: only a day that comes back unchanged exists.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== isoDay)
    throw new RangeError(`not a day of the form YYYY-MM-DD: ${isoDay}`);
  return isoDay;
}
