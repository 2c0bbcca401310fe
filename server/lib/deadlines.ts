// The clock of a fix order (立行立改单): when it is due, turns yellow and red, and when its suspension is proposed.
import { addWorkingDays, type Calendar, type Deadline } from './calendar.ts';

export type Severity = 'minor' | 'major' | 'critical';

export type Deadlines = {
  /** The due instant: from here the order is overdue. */
  yellowAt: Date;
  redAt: Date;
  /** When a suspension is drafted for people to decide. */
  proposalAt: Date;
  /** The first year that they depend on whose holidays are not published yet; null where all are certain. */
  unpublishedYear: number | null;
};

/** Time limits of an order; an area's settings may set others. Whole numbers from 1. */
export type Limits = {
  majorHours: number;
  minorWorkingDays: number;
  redAfterDays: number;
  proposalWorkingDays: number;
};

export const standardLimits: Limits = {
  majorHours: 2,
  minorWorkingDays: 1,
  redAfterDays: 3,
  proposalWorkingDays: 3,
};

const HOUR = 60 * 60 * 1000;

/**
 * When an order is due, counted from the server's receipt of its visit: critical at once, major after exact hours (2 by the
 * standard limits), minor at the end of a working day (the next one).
 */
export function dueOf(calendar: Calendar, severity: Severity, receivedAt: Date, limits: Limits): Deadline {
  switch (severity) {
    case 'critical':
      return { at: new Date(receivedAt), unpublishedYear: null };
    case 'major':
      return { at: later(receivedAt, limits.majorHours), unpublishedYear: null };
    case 'minor':
      return addWorkingDays(calendar, receivedAt, limits.minorWorkingDays);
  }
}

/**
 * What follows when nobody acts on an order due at `due`: yellow then, red exact days later (3, of 24 hours), a drafted
 * suspension working days after red (3). An order returned or extended gets its new due and with it new deadlines.
 */
export function deadlinesOf(calendar: Calendar, due: Date, limits: Limits): Deadlines {
  const redAt = later(due, limits.redAfterDays * 24);
  const { at: proposalAt, unpublishedYear } = addWorkingDays(calendar, redAt, limits.proposalWorkingDays);
  return { yellowAt: new Date(due), redAt, proposalAt, unpublishedYear };
}

function later(t: Date, hours: number): Date {
  return new Date(t.getTime() + hours * HOUR);
}
