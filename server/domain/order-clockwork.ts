// The clock of an order: what it shows from server receipt, a return or an extension on, and when it moves next.
import type { Order } from '../../models/order.ts';
import { deadlinesOf, dueOf, type Limits } from '../lib/deadlines.ts';
import { workingDays } from './working-days.ts';

export type Clockwork = Pick<
  Order,
  'due' | 'yellowAt' | 'redAt' | 'proposalAt' | 'unpublishedYear' | 'countedFrom' | 'limits'
>;

/** The clock of an order that was closed with its visit: it never ran. */
export const stopped: Clockwork = {
  due: null,
  yellowAt: null,
  redAt: null,
  proposalAt: null,
  unpublishedYear: null,
  countedFrom: null,
  limits: null,
};

/** The clock that begins at `from`, by these limits; with a due that a person set, by that. */
export function runningClock(
  severity: Order['severity'],
  from: Date,
  { limits, due: given }: { limits: Limits; due?: Date | undefined },
): Clockwork {
  const calendar = workingDays();
  const due = given ? { at: given, unpublishedYear: null } : dueOf(calendar, severity, from, limits);
  const { yellowAt, redAt, proposalAt, unpublishedYear } = deadlinesOf(calendar, due.at, limits);
  const { majorHours, minorWorkingDays, redAfterDays, proposalWorkingDays } = limits;
  return {
    due: due.at,
    yellowAt,
    redAt,
    proposalAt,
    unpublishedYear: due.unpublishedYear ?? unpublishedYear,
    countedFrom: given ? null : from,
    limits: { majorHours, minorWorkingDays, redAfterDays, proposalWorkingDays },
  };
}

/** When time alone moves an order of this level next. */
export function nextStep(
  level: Order['level'],
  { yellowAt, redAt, proposalAt }: Pick<Clockwork, 'yellowAt' | 'redAt' | 'proposalAt'>,
): Date | null {
  return { none: yellowAt, yellow: redAt, red: proposalAt }[level];
}
