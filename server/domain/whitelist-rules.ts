// The rules of the whitelist (白名单): which status may follow which, and what one person may do alone.
import type { Adjustment, Ground } from '../../models/adjustment.ts';
import type { Status } from '../../models/merchant.ts';
import type { Succession } from '../../models/words.ts';

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

/** Whether a layer that begins while a suspension lasts would lift it: whoever suspends means for as long as he said. */
export function liftsSuspension(to: Status | null): boolean {
  return to === 'listed';
}

type Planned = { n: number; to: Status | null; effectiveFrom: Date };
type Span = { effectiveFrom: Date; effectiveTo: Date | null };

/** Planned layers that a new one takes away: all of them at the end of a shop's time, and what would lift a suspension. */
export function overtakenBy(
  to: Status | null,
  layers: readonly Planned[],
  { effectiveFrom, effectiveTo }: Span,
): number[] {
  const planned = layers.filter((layer) => layer.effectiveFrom > effectiveFrom);
  const isLifting = (layer: Planned) =>
    liftsSuspension(layer.to) && (effectiveTo === null || layer.effectiveFrom < effectiveTo);
  const gone = endsPlans(to) ? planned : to === 'suspended' ? planned.filter(isLifting) : [];
  return gone.map(({ n }) => n);
}

/** Statuses that may be given for a time: when they lapse, a shop on the list is on it again. The others take a decision. */
export function mayLapse(to: Status | null): boolean {
  return to === 'suspended' || to === 'listed';
}

/** How many merchants one person may change alone on a day, whatever the grounds. */
export const singleHandLimit = 20;

/** How many shops one person may suspend in an emergency on a day. */
export const emergencyLimit = 5;

/** Statuses in which the public relies on a shop being the one that was looked at. */
export function isRelied(status: Status | null): boolean {
  return status === 'listed' || status === 'suspended';
}

/** Why people adjust the list. The other grounds say how an adjustment came about, and only the server gives them. */
export const chosenGrounds = [
  'verified',
  'visit',
  'order',
  'complaint',
  'notice',
  'zone',
  'closure',
  'objection',
  'other',
] as const satisfies Ground[];

/** Why a shop is deregistered that another follows, unless somebody says otherwise. */
export const groundOfSuccession = {
  merged: 'correction',
  'handed-over': 'closure',
} as const satisfies Record<Succession, Ground>;

/** The ground that an adjustment has by itself; null where somebody must say why. */
export function ownGround(to: Status, isEmergency: boolean): Ground | null {
  if (isEmergency) return 'emergency';
  return to === 'applying' || to === 'verifying' || to === 'rejected' ? 'application' : null;
}

/**
 * A move that one person may make alone, up to the daily limit: steps of an application, and corrections of facts. Taking
 * effect later or for a time would let one person paint over what two decide in the meantime.
 */
export function isSingleHanded(
  { kind, effectiveFrom, effectiveTo }: Pick<Adjustment, 'kind' | 'effectiveFrom' | 'effectiveTo'>,
  steps: readonly { from: Status | null; to: Status | null }[],
): boolean {
  if (kind === 'facts') return true;
  if (kind !== 'list' || effectiveFrom || effectiveTo) return false;
  return steps.every(
    ({ from, to }) =>
      to === 'applying' ||
      to === 'verifying' ||
      (from === 'verifying' && (to === 'listed' || to === 'rejected')),
  );
}
