// Adjustments: draft with its dry run, submit, decide with the frozen set's hash, undo.
import { type Adjustment, adjustmentStates, type Ground } from '../models/adjustment.ts';
import { statuses } from '../models/merchant.ts';
import type { Succession } from '../models/words.ts';
import type { Actor } from '../server/domain/actor.ts';
import { dryRun, prepareDraft } from '../server/domain/adjustment-drafts.ts';
import type { DraftRequest } from '../server/domain/draft-parts.ts';
import {
  approveAdjustment,
  confirmAdjustment,
  rejectAdjustment,
  submitAdjustment,
  undoAdjustment,
  withdrawAdjustment,
} from '../server/domain/adjustments.ts';
import type { SuccessionWish } from '../server/domain/succession.ts';
import { followRule, laterMatches } from '../server/domain/later-matches.ts';
import { contactChanges } from '../server/domain/line-contacts.ts';
import { chosenGrounds, groundOfSuccession, ownGround } from '../server/domain/whitelist-rules.ts';
import {
  findAdjustment,
  listAdjustmentLines,
  listAdjustments,
  adjustmentSorts,
} from '../server/domain/records.ts';
import { defineRoute } from '../server/http/define-route.ts';
import {
  AreaCode,
  closed,
  InstantText,
  nullable,
  oneOf,
  pageOf,
  pageQuery,
  Sha256,
  type Static,
  text,
  Type,
  Uuid,
} from '../server/http/schema.ts';
import { invalidPart } from '../server/lib/problem.ts';
import {
  adjustmentShape,
  dryRunShape,
  lineShape,
  matchesShape,
  presentAdjustment,
  presentDryRun,
  presentLine,
  presentMatches,
} from './adjustments.present.ts';
import { conditionShape, tenantBody } from './merchants.schema.ts';

const draftFields = {
  to: oneOf(statuses),
  ground: Type.Optional(oneOf(chosenGrounds)),
  reason: text(2_000, { minLength: 1 }),
  notice: Type.Optional(nullable(text(128, { minLength: 1 }))),
  basis: Type.Optional(
    nullable(
      closed({
        kind: oneOf(['visit', 'order', 'complaint', 'import', 'proposal', 'zone'] as const),
        id: text(64, { minLength: 1 }),
      }),
    ),
  ),
  effectiveFrom: Type.Optional(nullable(InstantText)),
  effectiveTo: Type.Optional(nullable(InstantText)),
  merchants: Type.Optional(Type.Array(Uuid, { minItems: 1, maxItems: 5_000, uniqueItems: true })),
  rule: Type.Optional(closed({ where: conditionShape, except: Type.Optional(conditionShape) })),
  mergeInto: Type.Optional(Uuid),
  handTo: Type.Optional(tenantBody),
  emergency: Type.Optional(
    Type.Boolean({
      description: 'Suspends one merchant at once for 24 hours; another person confirms it.',
    }),
  ),
};
const eitherOr = { oneOf: [{ required: ['merchants'] }, { required: ['rule'] }] };
const draftBody = closed(draftFields, eitherOr);
/** Tried while it is being written: why is said later. */
const dryRunBody = closed({ ...draftFields, reason: Type.Optional(draftFields.reason) }, eitherOr);

const byId = closed({ id: Uuid });
const shown = async (actor: Actor, adjustment: Promise<Adjustment>) =>
  presentAdjustment(actor, await adjustment);
const instant = (value: string | null | undefined) => (value == null ? null : new Date(value));
const hashBody = closed({ setHash: Sha256, note: Type.Optional(nullable(text(2_000))) });

type Body = Static<typeof dryRunBody>;
type Wish = Omit<Body, 'ground' | 'reason'> & { ground: Ground; reason: string };

/** What an adjustment is that says who follows. */
const kindOf = { merged: 'merge', 'handed-over': 'handover' } as const satisfies Record<Succession, string>;

function successionOf({ mergeInto, handTo }: Pick<Body, 'mergeInto' | 'handTo'>): SuccessionWish | null {
  if (mergeInto !== undefined) return { kind: 'merged', merchant: mergeInto };
  if (handTo === undefined) return null;
  const { contact = null, ...tenant } = handTo;
  return { kind: 'handed-over', tenant, contact };
}

/** Throws `invalid-request` for what says more than that one shop is deregistered and who follows it. */
function requireOneLeaving({ to, merchants, emergency = false, mergeInto, handTo }: Wish): void {
  const path = mergeInto === undefined ? '/handTo' : '/mergeInto';
  if (mergeInto !== undefined && handTo !== undefined)
    throw invalidPart(path, '合并和换租户不能同时 / either merged or handed over');
  if (to !== 'deregistered' || merchants?.length !== 1 || emergency)
    throw invalidPart(
      path,
      '只能是一家，状态为 deregistered / one merchant is deregistered in favour of another',
    );
}

function requestOf(asked: Wish): DraftRequest {
  const succession = successionOf(asked);
  if (succession) requireOneLeaving(asked);
  const { emergency = false, merchants, rule, mergeInto: _into, handTo: _to, ...wish } = asked;
  const { effectiveFrom, effectiveTo, notice = null, basis = null } = wish;
  if (emergency && (wish.to !== 'suspended' || merchants?.length !== 1))
    throw invalidPart(
      '/emergency',
      '紧急暂停只能是一家，状态为 suspended / an emergency suspends exactly one merchant',
    );
  if (emergency && (effectiveFrom ?? effectiveTo))
    throw invalidPart('/emergency', '立即生效，24 小时为限 / begins at once and ends after 24 hours');
  return {
    ...wish,
    kind: succession ? kindOf[succession.kind] : emergency ? 'emergency' : rule ? 'rule' : 'list',
    notice,
    basis,
    effectiveFrom: instant(effectiveFrom),
    effectiveTo: instant(effectiveTo),
    ...(merchants && { merchants }),
    ...(rule && { rule }),
    ...(succession && { succession }),
  };
}

/** The ground that a draft has by itself; null where somebody must say why. */
function groundOf(body: Body): Ground | null {
  const succession = successionOf(body);
  return succession ? groundOfSuccession[succession.kind] : ownGround(body.to, body.emergency ?? false);
}

export const adjustmentRoutes = [
  defineRoute({
    method: 'post',
    path: '/adjustments',
    summary: 'Draft an adjustment; the answer holds its dry run',
    description:
      'With `mergeInto` one merchant that is a duplicate is deregistered in favour of the one that is kept. With `handTo` one merchant leaves, and another applies for its place in the same adjustment; address, subdistrict, point, site and category are those of the place where they are left out.',
    permission: 'adjustment.draft',
    body: draftBody,
    answers: { 201: adjustmentShape },
    problems: [
      'merchant-not-found',
      'adjustment-empty',
      'adjustment-too-large',
      'duplicate',
      'unknown-reference',
    ],
    prepare: ({ actor, body }) => {
      const ground = body.ground ?? groundOf(body);
      if (ground === null) throw invalidPart('/ground', '缺少 / is missing');
      return prepareDraft(actor, requestOf({ ...body, ground }));
    },
    handle: ({ actor }, draft) => shown(actor, draft.create()),
  }),
  defineRoute({
    method: 'post',
    path: '/adjustments/dry-run',
    summary: 'What a draft would change; nothing is stored',
    description: 'Takes what a draft takes; ground and reason may still be missing.',
    permission: 'adjustment.draft',
    body: dryRunBody,
    keepsAnswer: false,
    answers: { 200: dryRunShape },
    problems: ['merchant-not-found', 'adjustment-empty', 'adjustment-too-large', 'unknown-reference'],
    handle: async ({ actor, body }) => {
      const { ground = 'other', reason = '' } = body;
      return presentDryRun(await dryRun(actor, requestOf({ ...body, ground, reason })));
    },
  }),
  defineRoute({
    method: 'get',
    path: '/adjustments',
    summary: 'Adjustments within my scope, newest first',
    permission: 'adjustment.read',
    query: closed({
      ...pageQuery,
      state: Type.Optional(Type.Array(oneOf(adjustmentStates), { maxItems: 10 })),
      area: Type.Optional(AreaCode),
      unconfirmed: Type.Optional(Type.Boolean({ description: 'emergencies in force, not confirmed yet' })),
      proposed: Type.Optional(Type.Boolean({ description: 'drafted by the system for people to decide' })),
      sort: Type.Optional(oneOf(adjustmentSorts)),
    }),
    answers: { 200: pageOf(adjustmentShape) },
    problems: ['invalid-cursor'],
    handle: async ({ actor, query }) => {
      const page = await listAdjustments(actor, query);
      return { ...page, items: page.items.map((adjustment) => presentAdjustment(actor, adjustment)) };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/adjustments/{id}',
    summary: 'One adjustment',
    permission: 'adjustment.read',
    params: byId,
    answers: { 200: adjustmentShape },
    handle: ({ actor, params }) => shown(actor, findAdjustment(actor, params.id)),
  }),
  defineRoute({
    method: 'get',
    path: '/adjustments/{id}/lines',
    summary: 'Its merchants, with the revision that was frozen',
    permission: 'adjustment.read',
    params: byId,
    query: closed(pageQuery),
    answers: { 200: pageOf(lineShape) },
    problems: ['invalid-cursor'],
    handle: async ({ actor, params, query }) => {
      const page = await listAdjustmentLines(actor, params.id, query);
      const contacts = await contactChanges(actor, page.items);
      return { ...page, items: page.items.map((line) => presentLine(line, contacts.get(line._id))) };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/adjustments/{id}/submit',
    summary: 'Freeze the set; enacted at once where one person may',
    permission: 'adjustment.submit',
    params: byId,
    answers: { 200: adjustmentShape },
    problems: [
      'adjustment-state',
      'adjustment-conflicts',
      'adjustment-empty',
      'adjustment-stale',
      'emergency-limit',
      'duplicate',
    ],
    handle: ({ actor, params }) => shown(actor, submitAdjustment(actor, params.id)),
  }),
  defineRoute({
    method: 'post',
    path: '/adjustments/{id}/withdraw',
    summary: 'Take a draft or a submitted adjustment back; of a proposal, dismiss it with a reason',
    permission: 'adjustment.withdraw',
    params: byId,
    body: Type.Optional(closed({ note: Type.Optional(nullable(text(2_000, { minLength: 1 }))) })),
    answers: { 200: adjustmentShape },
    problems: ['adjustment-state'],
    handle: ({ actor, params, body }) => shown(actor, withdrawAdjustment(actor, params.id, body)),
  }),
  defineRoute({
    method: 'post',
    path: '/adjustments/{id}/undo',
    summary: 'Draft the adjustment that takes the layers of this one away',
    permission: 'adjustment.undo',
    params: byId,
    body: closed({ reason: text(2_000, { minLength: 1 }) }),
    keepsAnswer: false,
    answers: { 201: adjustmentShape },
    problems: ['adjustment-state', 'duplicate', 'adjustment-empty'],
    handle: ({ actor, params, body }) => shown(actor, undoAdjustment(actor, params.id, body)),
  }),
  defineRoute({
    method: 'get',
    path: '/adjustments/{id}/matches',
    summary: 'How many shops match an enacted rule by now that it has not named',
    permission: 'adjustment.draft',
    params: byId,
    answers: { 200: matchesShape },
    handle: async ({ actor, params }) => presentMatches(await laterMatches(actor, params.id)),
  }),
  defineRoute({
    method: 'post',
    path: '/adjustments/{id}/matches',
    summary: 'Draft the same for just those',
    permission: 'adjustment.draft',
    params: byId,
    answers: { 201: adjustmentShape },
    problems: ['adjustment-empty', 'adjustment-too-large', 'duplicate'],
    prepare: ({ actor, params }) => followRule(actor, params.id),
    handle: ({ actor }, draft) => shown(actor, draft.create()),
  }),
  defineRoute({
    method: 'post',
    path: '/adjustments/{id}/approve',
    summary: 'Approve the frozen set and enact it',
    permission: 'adjustment.approve',
    params: byId,
    body: hashBody,
    answers: { 200: adjustmentShape },
    problems: ['adjustment-state', 'four-eyes', 'set-changed', 'adjustment-stale'],
    handle: ({ actor, params, body }) => shown(actor, approveAdjustment(actor, params.id, body)),
  }),
  defineRoute({
    method: 'post',
    path: '/adjustments/{id}/reject',
    summary: 'Reject with a reason',
    permission: 'adjustment.reject',
    params: byId,
    body: closed({ note: text(2_000, { minLength: 1 }) }),
    answers: { 200: adjustmentShape },
    problems: ['adjustment-state', 'four-eyes'],
    handle: ({ actor, params, body }) => shown(actor, rejectAdjustment(actor, params.id, body)),
  }),
  defineRoute({
    method: 'post',
    path: '/adjustments/{id}/confirm',
    summary: 'Make an emergency suspension lasting',
    permission: 'adjustment.confirm',
    params: byId,
    body: closed({ setHash: Sha256 }),
    answers: { 200: adjustmentShape },
    problems: ['adjustment-state', 'four-eyes', 'set-changed'],
    handle: ({ actor, params, body }) => shown(actor, confirmAdjustment(actor, params.id, body)),
  }),
];
