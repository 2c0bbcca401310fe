// How an adjustment and its lines are shown.
import {
  type Adjustment,
  type AdjustmentLine,
  adjustmentKinds,
  adjustmentStates,
  causeKinds,
  grounds,
  remarkCodes,
} from '../models/adjustment.ts';
import { statuses } from '../models/merchant.ts';
import { successions } from '../models/words.ts';
import { adjustmentAbilities } from '../server/domain/adjustment-access.ts';
import type { DryRun } from '../server/domain/adjustment-drafts.ts';
import type { Actor } from '../server/domain/actor.ts';
import type { LaterMatches } from '../server/domain/later-matches.ts';
import type { ContactChange } from '../server/domain/line-contacts.ts';
import { ByShape, Can, closed, Instant, nullable, oneOf, Type } from '../server/http/schema.ts';
import { presentBy } from './by.present.ts';
import { factsFields } from './merchants.schema.ts';

const contactOrNone = nullable(closed({ name: Type.String(), phone: Type.String() }));
const statusOrNone = nullable(oneOf(statuses));
const conflictShape = closed({ merchant: Type.String(), code: Type.String(), message: Type.String() });
const dryRunFields = {
  count: Type.Integer(),
  already: Type.Integer(),
  excepted: Type.Integer(),
  conflictCount: Type.Integer(),
  conflicts: Type.Array(conflictShape),
  /** What to know of its shops; it hinders nothing. */
  remarks: Type.Array(
    closed({
      code: oneOf(remarkCodes),
      shops: Type.Integer(),
      count: Type.Integer(),
      merchants: Type.Array(closed({ merchant: Type.String(), name: Type.String() })),
    }),
  ),
};
export const dryRunShape = closed({
  ...dryRunFields,
  sample: Type.Array(
    closed({
      merchant: Type.String(),
      name: Type.String(),
      subdistrict: Type.String(),
      from: statusOrNone,
      to: statusOrNone,
    }),
  ),
});
/** A large import is looked through before its block is sealed, and then written. */
export const enactmentPhases = ['checking', 'writing'] as const;
const parts = ['drafted', 'submitted', 'decided', 'confirmed'] as const;
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
  follows: nullable(Type.String()),
  /** Which rule proposed it by itself, and what it rests on. */
  proposed: nullable(
    closed({
      rule: Type.String(),
      causes: Type.Array(closed({ kind: oneOf(causeKinds), id: Type.String() })),
    }),
  ),
  merchant: nullable(Type.String()),
  dryRun: closed({ ...dryRunFields, lines: Type.String() }),
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
  /** How far it is while `enacting`. */
  progress: nullable(closed({ phase: oneOf(enactmentPhases), rows: Type.Integer(), of: Type.Integer() })),
  confirmBy: nullable(Instant),
  confirmedBy: nullable(ByShape),
  /** Which parts of it the caller did. */
  mine: Type.Array(oneOf(parts)),
  can: Can,
});

/** How far an enactment in parts is; null before and after. */
export function enactmentOf({ state, enactment, count }: Adjustment) {
  if (state !== 'enacting' || !enactment) return null;
  return enactment.sealed
    ? { phase: 'writing' as const, rows: enactment.written, of: count }
    : { phase: 'checking' as const, rows: enactment.reckoned ?? 0, of: count };
}

function figuresOf({ state, count, passedOver, conflicts, remarks = [] }: Adjustment) {
  const { already = 0, excepted = 0, conflicts: hindered = conflicts.length } = passedOver ?? {};
  return {
    count,
    already,
    excepted,
    // What made it stale was found at its enactment.
    conflictCount: state === 'stale' ? conflicts.length : hindered,
    conflicts: conflicts.map(({ merchant, code, message }) => ({ merchant, code, message })),
    remarks: remarks.map(({ code, shops, count: times, merchants }) => ({
      code,
      shops,
      count: times,
      merchants,
    })),
  };
}

/** A dry run with the first of its shops by name. */
export function presentDryRun({ draft, sample }: DryRun) {
  return {
    ...figuresOf(draft),
    sample: sample.map(({ line: { merchant, from, to }, name, subdistrict }) => ({
      merchant,
      name,
      subdistrict,
      from,
      to,
    })),
  };
}

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
    follows = null,
    merchant = null,
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
    follows,
    proposed: proposedOf(adjustment),
    merchant,
    dryRun: { ...figuresOf(adjustment), lines: `/api/v1/adjustments/${_id}/lines` },
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
    progress: enactmentOf(adjustment),
    confirmBy,
    confirmedBy: confirmedBy && presentBy(confirmedBy),
    mine: partsOf(actor, adjustment),
    can: adjustmentAbilities(actor, adjustment),
  };
}

function proposedOf({ proposal, causes = [] }: Adjustment) {
  const [rule] = proposal?.split('/') ?? [];
  return rule === undefined ? null : { rule, causes: causes.map(({ kind, id }) => ({ kind, id })) };
}

function partsOf(actor: Actor, { draftedBy, submittedBy, decidedBy, confirmedBy }: Adjustment) {
  const doers = { drafted: draftedBy, submitted: submittedBy, decided: decidedBy, confirmed: confirmedBy };
  return parts.filter((part) => doers[part] !== null && doers[part].id === actor.id);
}

export const matchesShape = closed({
  count: Type.Integer(),
  /** More match than one adjustment holds: `count` is 0 then. */
  tooMany: Type.Boolean(),
  /** The draft that takes up earlier ones, and is not decided yet. */
  open: nullable(Type.String()),
});

export function presentMatches({ merchants, tooMany, open }: LaterMatches) {
  return { count: merchants.length, tooMany, open };
}

export const lineShape = closed({
  index: Type.Integer(),
  merchant: Type.String(),
  rev: Type.Integer(),
  from: statusOrNone,
  to: statusOrNone,
  facts: nullable(closed(factsFields)),
  cancels: Type.Array(Type.Integer()),
  /** Who follows the shop. */
  successor: nullable(closed({ kind: oneOf(successions), merchant: Type.String() })),
  /** Null where the line leaves the contact alone; what it says is gone once the adjustment has ended. */
  contact: nullable(
    closed({
      before: contactOrNone,
      after: contactOrNone,
      changes: Type.Array(oneOf(['name', 'phone'] as const)),
    }),
  ),
});

export function presentLine(
  { index, merchant, rev, from, to, facts, cancels, successor }: AdjustmentLine,
  contact: ContactChange | undefined,
) {
  const told = { successor: successor ?? null, contact: contact ?? null };
  return { index, merchant, rev, from, to, facts, cancels, ...told };
}
