// The clock of a fix order (立行立改单): when it is due, turns yellow and red, and when its suspension is proposed.
import { addWorkingDays, type Calendar } from './calendar.ts';

export type Severity = 'minor' | 'major' | 'critical';
export type OrderLevel = 'none' | 'yellow' | 'red';

export type Deadlines = {
  /** The due instant: from here the order is overdue. */
  yellowAt: Date;
  redAt: Date;
  /** When a suspension is drafted for people to decide. */
  proposalAt: Date;
  /** Some deadline was counted in a year whose holidays are not published yet. */
  provisional: boolean;
};

/** Time limits of an order; an area's settings may set others. */
type Limits = {
  majorHours: number;
  minorWorkingDays: number;
  redAfterDays: number;
  proposalWorkingDays: number;
};

const STANDARD: Limits = { majorHours: 2, minorWorkingDays: 1, redAfterDays: 3, proposalWorkingDays: 3 };

const HOUR = 60 * 60 * 1000;

/**
 * When an order is due, counted from the server's receipt of its visit: critical at once, major after 2 exact hours, minor at
 * the end of the next working day.
 */
export function dueOf(
  calendar: Calendar,
  severity: Severity,
  receivedAt: Date,
  limits: Limits = STANDARD,
): { at: Date; provisional: boolean } {
  switch (severity) {
    case 'critical':
      return { at: new Date(receivedAt), provisional: false };
    case 'major':
      return { at: later(receivedAt, limits.majorHours), provisional: false };
    case 'minor':
      return addWorkingDays(calendar, receivedAt, limits.minorWorkingDays);
  }
}

/**
 * What follows when nobody acts on an order due at `due`: yellow then, red 3 exact days (72 h) later, a drafted suspension
 * 3 working days after red. An order returned or extended gets its new due and with it new deadlines.
 */
export function deadlinesOf(calendar: Calendar, due: Date, limits: Limits = STANDARD): Deadlines {
  const redAt = later(due, limits.redAfterDays * 24);
  const proposal = addWorkingDays(calendar, redAt, limits.proposalWorkingDays);
  return { yellowAt: new Date(due), redAt, proposalAt: proposal.at, provisional: proposal.provisional };
}

/** The level at `now` of an order whose clock runs; a deadline counts from its very instant. */
export function levelAt(deadlines: Deadlines, now: Date): OrderLevel {
  if (now >= deadlines.redAt) return 'red';
  return now >= deadlines.yellowAt ? 'yellow' : 'none';
}

/** The first deadline after `now` (yellow, red or proposal), or null when all have passed. */
export function nextDeadline(deadlines: Deadlines, now: Date): Date | null {
  const { yellowAt, redAt, proposalAt } = deadlines;
  return [yellowAt, redAt, proposalAt].find((at) => at > now) ?? null;
}

function later(t: Date, hours: number): Date {
  return new Date(t.getTime() + hours * HOUR);
}
