// The rules of the whitelist (白名单): which status may follow which, and what one person may do alone.
import type { AdjustmentKind } from '../../models/adjustment.ts';
import type { Status } from '../../models/merchant.ts';

const next: Record<Status | 'none', Status[]> = {
  none: ['applying', 'listed'],
  applying: ['verifying'],
  verifying: ['listed', 'rejected'],
  listed: ['suspended', 'removed', 'deregistered'],
  suspended: ['listed', 'removed', 'deregistered'],
  removed: ['applying'],
  rejected: ['applying'],
  deregistered: [],
};

export function mayFollow(from: Status | null, to: Status): boolean {
  return next[from ?? 'none'].includes(to);
}

/** Statuses after which nothing planned earlier may come true. */
export function endsPlans(to: Status | null): boolean {
  return to === 'removed' || to === 'deregistered' || to === 'rejected';
}

/** Statuses that may be given for a time: when they lapse, a shop on the list is on it again. The others take a decision. */
export function mayLapse(to: Status | null): boolean {
  return to === 'suspended' || to === 'listed';
}

/** How many merchants one person may change alone, by drafter, ground and day. */
export const singleHandLimit = 20;

/** A move that one person may make alone, up to the daily limit: steps of an application, and corrections of facts. */
export function isSingleHanded(
  kind: AdjustmentKind,
  lines: readonly { from: Status | null; to: Status | null }[],
): boolean {
  if (kind === 'facts') return true;
  if (kind !== 'list') return false;
  return lines.every(
    ({ from, to }) =>
      to === 'applying' ||
      to === 'verifying' ||
      (from === 'verifying' && (to === 'listed' || to === 'rejected')),
  );
}
