// The rules of objections (异议): what one may object to, until when, by when it is decided, and by whom not. Pure.
import type { Adjustment, AdjustmentState } from '../../models/adjustment.ts';
import type { Status } from '../../models/merchant.ts';
import type { Objection } from '../../models/objection.ts';
import type { Settings } from '../../models/settings.ts';
import { addWorkingDays, type Calendar } from '../lib/calendar.ts';
import { type Layer, stretchesOf } from './ledger-fold.ts';

/** Decisions against a shop: being listed, or being on the way to it, is none. */
const against: readonly (Status | null)[] = ['suspended', 'removed', 'rejected', 'deregistered'];

type Written = Layer & { adjustment: string };

/** The latest layer by which a decision against the shop has shown: now or before, not one that is only planned. */
export function layerObjectedTo<L extends Written>(
  layers: readonly L[],
  adjustment: string,
  now: Date,
): L | null {
  const shown = new Set(
    stretchesOf(layers)
      .filter(({ from }) => from <= now)
      .map(({ entry }) => entry),
  );
  const isMeant = ({ n, to, adjustment: by }: L) => by === adjustment && shown.has(n) && against.includes(to);
  return layers.filter(isMeant).sort((a, b) => b.n - a.n)[0] ?? null;
}

type Times = Pick<Settings, 'objectionDays' | 'objectionDecisionWorkingDays'>;

/** Whether it comes after the period, in days of 24 hours; and by when it must be decided, in working days. */
export function objectionClock(
  calendar: Calendar,
  { effectiveFrom, filedAt }: { effectiveFrom: Date; filedAt: Date },
  { objectionDays, objectionDecisionWorkingDays }: Times,
): Pick<Objection, 'late' | 'due' | 'unpublishedYear'> {
  const ends = effectiveFrom.getTime() + objectionDays * 86_400_000;
  const { at, unpublishedYear } = addWorkingDays(calendar, filedAt, objectionDecisionWorkingDays);
  return { late: filedAt.getTime() > ends, due: at, unpublishedYear };
}

export function isOverdue({ state, due }: Pick<Objection, 'state' | 'due'>, now: Date): boolean {
  return state === 'open' && due <= now;
}

/** Whether the undoing of an upheld one came to nothing: rejected, withdrawn, or overtaken by another change of the shop. */
export function isRemedyLost(state: AdjustmentState | null): boolean {
  return state === 'rejected' || state === 'withdrawn' || state === 'stale';
}

type Doers = Pick<Adjustment, 'draftedBy' | 'submittedBy' | 'decidedBy' | 'confirmedBy'>;

/** Whoever drafted, submitted, decided or confirmed the decision, or found what it rests on, had part in it. */
export function hadPart(user: string, doers: Doers, finders: readonly string[]): boolean {
  const { draftedBy, submittedBy, decidedBy, confirmedBy } = doers;
  const deciders = [draftedBy, submittedBy, decidedBy, confirmedBy].map((by) => by?.id);
  return deciders.includes(user) || finders.includes(user);
}
