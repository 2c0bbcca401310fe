// How objections are shown: the decision objected to, the clock, what was decided, and what the caller may do.
import { adjustmentStates, grounds } from '../models/adjustment.ts';
import { statuses } from '../models/merchant.ts';
import { objectionStates } from '../models/objection.ts';
import type { ObjectionView } from '../server/domain/objections.ts';
import { ByShape, Can, closed, Instant, nullable, oneOf, Type } from '../server/http/schema.ts';
import { presentBy } from './by.present.ts';

export const objectionShape = closed({
  id: Type.String(),
  merchant: Type.String(),
  state: oneOf(objectionStates),
  overdue: Type.Boolean(),
  decision: closed({
    adjustment: Type.String(),
    to: oneOf(statuses),
    ground: oneOf(grounds),
    notice: nullable(Type.String()),
    effectiveFrom: Instant,
  }),
  text: Type.String(),
  photos: Type.Array(closed({ sha256: Type.String(), present: Type.Boolean(), lost: Type.Boolean() })),
  filedBy: ByShape,
  filedAt: Instant,
  late: Type.Boolean(),
  due: Instant,
  provisional: Type.Boolean(),
  withdrawnAt: nullable(Instant),
  decidedBy: nullable(ByShape),
  decidedAt: nullable(Instant),
  decisionReason: nullable(Type.String()),
  remedy: nullable(Type.String()),
  remedyState: nullable(oneOf(adjustmentStates)),
  tookPart: Type.Boolean(),
  rev: Type.Integer(),
  can: Can,
});

export function presentObjection({ objection, overdue, remedyState, tookPart, can }: ObjectionView) {
  const { _id, merchant, state, decision, text, photos, filedBy, filedAt, late, due } = objection;
  const { unpublishedYear, withdrawnAt, decidedBy, decidedAt, decisionReason, remedy, rev } = objection;
  const { adjustment, to, ground, notice, effectiveFrom } = decision;
  return {
    id: _id,
    merchant,
    state,
    overdue,
    decision: { adjustment, to, ground, notice, effectiveFrom },
    text,
    photos: photos.map(({ sha256, present, lost }) => ({ sha256, present, lost })),
    filedBy: presentBy(filedBy),
    filedAt,
    late,
    due,
    provisional: unpublishedYear !== null,
    withdrawnAt,
    decidedBy: decidedBy && presentBy(decidedBy),
    decidedAt,
    decisionReason,
    remedy,
    remedyState,
    tookPart,
    rev,
    can,
  };
}
