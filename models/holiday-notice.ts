// Yearly holiday notices (放假安排) that came out after this version of Mingdan, or correct what it knows.
import { defineModel } from './model.ts';

/** Days as `YYYY-MM-DD`; `makeUpDays` are days off worked in exchange (调休). `_id` is the year. */
export type HolidayNoticeRecord = { _id: string; title: string; holidays: string[]; makeUpDays: string[] };

export const HolidayNoticeModel = defineModel<HolidayNoticeRecord>('holidaynotices', {
  title: { type: String, required: true },
  holidays: { type: [String], required: true },
  makeUpDays: { type: [String], required: true },
});
