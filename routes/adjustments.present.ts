// How an adjustment and its lines are shown.
import {
  type Adjustment,
  type AdjustmentLine,
  adjustmentKinds,
  adjustmentStates,
  grounds,
} from '../models/adjustment.ts';
import { statuses } from '../models/merchant.ts';
import { adjustmentAbilities } from '../server/domain/adjustment-access.ts';
import type { Actor } from '../server/domain/actor.ts';
import { ByShape, Can, closed, Instant, nullable, oneOf, Type } from '../server/http/schema.ts';
import { presentBy } from './by.present.ts';
import { factsFields } from './merchants.schema.ts';

const conflictShape = closed({ merchant: Type.String(), code: Type.String(), message: Type.String() });
export const adjustmentShape = closed({
  id: Type.String(),
  district: Type.String(),
  kind: oneOf(adjustmentKinds),
  state: oneOf(adjustmentStates),
  to: nullable(oneOf(statuses)),
  ground: oneOf(grounds),
  reason: Type.String(),
  notice: nullable(Type.String()),
  basis: nullable(closed({ kind: Type.String(), id: Type.String() })),
  effectiveFrom: nullable(Instant),
  effectiveTo: nullable(Instant),
  rule: nullable(closed({ where: Type.Unknown(), except: Type.Optional(Type.Unknown()) })),
  undoes: nullable(Type.String()),
  dryRun: closed({ count: Type.Integer(), lines: Type.String(), conflicts: Type.Array(conflictShape) }),
  setHash: Type.String(),
  needsApproval: Type.Boolean(),
  draftedBy: ByShape,
  draftedAt: Instant,
  submittedBy: nullable(ByShape),
  submittedAt: nullable(Instant),
  decidedBy: nullable(ByShape),
  decidedAt: nullable(Instant),
  decisionNote: nullable(Type.String()),
  enactedAt: nullable(Instant),
  height: nullable(Type.Integer()),
  confirmBy: nullable(Instant),
  confirmedBy: nullable(ByShape),
  can: Can,
});

export function presentAdjustment(actor: Actor, adjustment: Adjustment) {
  const {
    _id,
    district,
    kind,
    state,
    to,
    ground,
    reason,
    notice,
    basis,
    effectiveFrom,
    effectiveTo,
    rule,
    undoes,
    count,
    conflicts,
  } = adjustment;
  const {
    setHash,
    needsApproval,
    draftedBy,
    draftedAt,
    submittedBy,
    submittedAt,
    decidedBy,
    decidedAt,
    decisionNote,
  } = adjustment;
  const { enactedAt, height, confirmBy, confirmedBy } = adjustment;
  return {
    id: _id,
    district,
    kind,
    state,
    to,
    ground,
    reason,
    notice,
    basis,
    effectiveFrom,
    effectiveTo,
    rule,
    undoes,
    dryRun: {
      count,
      lines: `/api/v1/adjustments/${_id}/lines`,
      conflicts: conflicts.map(({ merchant, code, message }) => ({ merchant, code, message })),
    },
    setHash,
    needsApproval,
    draftedBy: presentBy(draftedBy),
    draftedAt,
    submittedBy: submittedBy && presentBy(submittedBy),
    submittedAt,
    decidedBy: decidedBy && presentBy(decidedBy),
    decidedAt,
    decisionNote,
    enactedAt,
    height,
    confirmBy,
    confirmedBy: confirmedBy && presentBy(confirmedBy),
    can: adjustmentAbilities(actor, adjustment),
  };
}

export const lineShape = closed({
  index: Type.Integer(),
  merchant: Type.String(),
  rev: Type.Integer(),
  from: nullable(oneOf(statuses)),
  to: nullable(oneOf(statuses)),
  facts: nullable(closed(factsFields)),
  cancels: Type.Array(Type.Integer()),
});

export function presentLine({ index, merchant, rev, from, to, facts, cancels }: AdjustmentLine) {
  return { index, merchant, rev, from, to, facts, cancels };
}
