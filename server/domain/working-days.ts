// The calendar that deadlines are counted by: the years Mingdan knows, with notices laid over them that an admin has entered.
// Every process holds it in memory and follows changes within a second.
import { HolidayNoticeModel, type HolidayNoticeRecord } from '../../models/holiday-notice.ts';
import { makeCalendar } from '../lib/calendar.ts';
import { followed } from '../lib/followed.ts';
import { Problem, type ProblemPart } from '../lib/problem.ts';
import type { Actor } from './actor.ts';
import { inOneStep, type Put, put } from './reference-record.ts';

const calendar = followed(makeCalendar([]), async () => {
  const records = await HolidayNoticeModel.find().sort({ _id: 1 }).lean<HolidayNoticeRecord[]>();
  return makeCalendar(records.map(({ _id, ...days }) => ({ year: Number(_id), ...days })));
});

export const workingDays = calendar.now;
/** Reads the notices that every process holds in memory. */
export const followNotices = calendar.follow;

export type Year = {
  year: number;
  /** Whether its holidays are known: otherwise deadlines in it are provisional. */
  published: boolean;
  /** The notice that an admin entered; null where Mingdan knows the year by itself, or nobody does. */
  notice: Pick<HolidayNoticeRecord, 'title' | 'holidays' | 'makeUpDays'> | null;
  /** Weekdays off and weekend days at work, as deadlines are counted. */
  daysOff: string[];
  daysWorked: string[];
};

export async function findYear(year: number): Promise<Year> {
  const record = await HolidayNoticeModel.findById(String(year)).lean<HolidayNoticeRecord>();
  const { daysOff, daysWorked } = exceptionsOf(year);
  const notice = record && {
    title: record.title,
    holidays: record.holidays,
    makeUpDays: record.makeUpDays,
  };
  return { year, published: workingDays().isPublished(year), notice, daysOff, daysWorked };
}

/** Where the calendar differs from Monday to Friday. */
function exceptionsOf(year: number): Pick<Year, 'daysOff' | 'daysWorked'> {
  const daysOff: string[] = [];
  const daysWorked: string[] = [];
  for (const day = new Date(Date.UTC(year, 0, 1)); day.getUTCFullYear() === year;) {
    const name = day.toISOString().slice(0, 10);
    const isWeekend = day.getUTCDay() % 6 === 0;
    if (workingDays().isWorkingDay(name) === isWeekend) (isWeekend ? daysWorked : daysOff).push(name);
    day.setUTCDate(day.getUTCDate() + 1);
  }
  return { daysOff, daysWorked };
}

export type NoticeBody = Pick<HolidayNoticeRecord, 'title' | 'holidays' | 'makeUpDays'>;

/**
 * Enters a year's notice, or a corrected one, whole. Open orders whose deadlines waited for the year are counted anew; others keep
 * what the merchant was told. Throws `invalid-request` for days that do not exist, lie outside the year and the December
 * before it, or are both.
 */
export async function putNotice(actor: Actor, year: number, notice: NoticeBody): Promise<Put<Year>> {
  const errors = misplaced(year, notice);
  if (errors.length > 0) throw new Problem('invalid-request', {}, { errors });
  const record = {
    _id: String(year),
    title: notice.title,
    holidays: notice.holidays.toSorted(),
    makeUpDays: notice.makeUpDays.toSorted(),
  };
  const { outcome } = await inOneStep(() => put(actor, 'calendar', HolidayNoticeModel, record));
  await followNotices();
  return { record: await findYear(year), outcome };
}

function misplaced(year: number, { holidays, makeUpDays }: NoticeBody): ProblemPart[] {
  const within = (day: string) => day.startsWith(`${year}-`) || day.startsWith(`${year - 1}-12-`);
  const check = (field: 'holidays' | 'makeUpDays') => (day: string, index: number) => {
    const path = `/${field}/${index}`;
    if (!within(day))
      return [{ path, message: `不在 ${year} 年或上年十二月 / not in ${year} or the December before` }];
    return field === 'makeUpDays' && holidays.includes(day)
      ? [{ path, message: '不能既放假又上班 / cannot be both' }]
      : [];
  };
  return [...holidays.flatMap(check('holidays')), ...makeUpDays.flatMap(check('makeUpDays'))];
}
