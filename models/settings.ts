// What a bureau sets for an area, for all that lies in it and does not say otherwise itself.
import type { Limits } from '../server/lib/deadlines.ts';
import { defineModel, part } from './model.ts';

/** The time limits of orders, and more. */
export type Settings = Limits & {
  /** Whether who issued an order may also verify that it was answered. */
  verifierMayBeIssuer: boolean;
  /** A visit is flagged beyond this distance from its shop, and when its device's clock is further ahead. */
  farMeters: number;
  clockSkewMinutes: number;
  /** Photos that have not come by then may be given up. */
  photosLostAfterDays: number;
  /** For how long after a decision about a shop its merchant may object in time, and by when the objection is decided. */
  objectionDays: number;
  objectionDecisionWorkingDays: number;
  /** So many visits with orders in so many days, or so many closed doors in a row, propose something; 0 for never. */
  failedVisits: number;
  failedVisitsDays: number;
  closedVisits: number;
  /** A listed shop that no visit has entered for so many days is proposed for suspension; 0 for never. */
  unvisitedDays: number;
};

/** Only what the area sets itself. `_id` is its code. */
export type AreaSettings = { _id: string; values: Partial<Settings> };

const whole = { type: Number };

export const AreaSettingsModel = defineModel<AreaSettings>('settings', {
  values: {
    type: part({
      majorHours: whole,
      minorWorkingDays: whole,
      redAfterDays: whole,
      proposalWorkingDays: whole,
      verifierMayBeIssuer: { type: Boolean },
      farMeters: whole,
      clockSkewMinutes: whole,
      photosLostAfterDays: whole,
      objectionDays: whole,
      objectionDecisionWorkingDays: whole,
      failedVisits: whole,
      failedVisitsDays: whole,
      closedVisits: whole,
      unvisitedDays: whole,
    }),
    required: true,
  },
});
