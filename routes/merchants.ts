// The list and its merchants: filters, as-of, one merchant with its timeline, applications and corrections.
import { statuses } from '../models/merchant.ts';
import { orderActs, orderLevels } from '../models/order.ts';
import { outcomes, visitFlags, visitKinds, visitResults, visitStates } from '../models/visit.ts';
import { grounds } from '../models/adjustment.ts';
import {
  applyForListing,
  correctFacts,
  viewMerchant,
  listMerchants,
  listMerchantsAsOf,
  type MerchantQuery,
  merchantSorts,
  type MerchantView,
} from '../server/domain/merchants.ts';
import type { Condition } from '../server/domain/selector.ts';
import { timelineOf } from '../server/domain/timeline.ts';
import type { Actor } from '../server/domain/actor.ts';
import { defineRoute, Reply } from '../server/http/define-route.ts';
import {
  ByShape,
  closed,
  Instant,
  Key,
  nullable,
  oneOf,
  pageOf,
  type Static,
  Type,
  Uuid,
} from '../server/http/schema.ts';
import { clock } from '../server/lib/clock.ts';
import { adjustmentShape, presentAdjustment } from './adjustments.present.ts';
import {
  presentMerchant,
  presentMerchantAsOf,
  presentMerchantDetail,
  presentTimelineEvent,
} from './merchants.present.ts';
import {
  applicationBody,
  correctionBody,
  merchantAsOfShape,
  merchantDetailShape,
  merchantQuery,
  merchantShape,
  relatedShape,
} from './merchants.schema.ts';
import { requiredVersion } from './versions.ts';

const photoShape = closed({ sha256: Type.String(), present: Type.Boolean() });
const timelineShape = Type.Union([
  closed({
    kind: oneOf(['entry'] as const),
    at: Instant,
    n: Type.Integer(),
    from: nullable(oneOf(statuses)),
    to: nullable(oneOf(statuses)),
    effectiveTo: nullable(Instant),
    cancels: Type.Array(Type.Integer()),
    facts: nullable(Type.Integer()),
    successor: nullable(relatedShape),
    height: Type.Integer(),
    adjustment: Type.String(),
    ground: nullable(oneOf(grounds)),
    notice: nullable(Type.String()),
    reason: nullable(Type.String()),
    decidedBy: nullable(ByShape),
  }),
  closed({
    kind: oneOf(['visit'] as const),
    at: Instant,
    visit: Type.String(),
    visitKind: oneOf(visitKinds),
    result: oneOf(visitResults),
    marks: Type.Array(closed({ item: Key, outcome: oneOf(outcomes), fixed: Type.Boolean() })),
    state: oneOf(visitStates),
    flags: Type.Array(oneOf(visitFlags)),
    inspectors: Type.Array(ByShape),
    photos: Type.Array(photoShape),
    orders: Type.Array(Type.String()),
  }),
  closed({
    kind: oneOf(['order'] as const),
    at: Instant,
    order: Type.String(),
    item: Type.String(),
    act: oneOf(orderActs),
    by: ByShape,
    note: nullable(Type.String()),
    photos: Type.Array(photoShape),
    due: nullable(Instant),
    level: nullable(oneOf(orderLevels)),
  }),
]);

const versioned = (actor: Actor, view: MerchantView, status = 200) =>
  new Reply({ status, body: presentMerchantDetail(actor, view), version: view.merchant.rev });

type ListQuery = Omit<Static<typeof merchantQuery>, 'asOf'> & { sort?: string };

/** What is asked of the list, apart from when. */
export function askedList({ limit, cursor, q, near, radius, sort, ...where }: ListQuery): MerchantQuery {
  return {
    where: where satisfies Condition,
    ...(limit !== undefined && { limit }),
    ...(cursor !== undefined && { cursor }),
    ...(q !== undefined && { q }),
    ...(sort !== undefined && { sort }),
    ...(near !== undefined && { near: pointOf(near) }),
    ...(radius !== undefined && { radiusMeters: radius }),
  };
}

function pointOf(text: string): [number, number] {
  const [lng = 0, lat = 0] = text.split(',').map(Number);
  return [lng, lat];
}

export const merchantRoutes = [
  defineRoute({
    method: 'get',
    path: '/merchants',
    summary: 'The list within my scope, now or as of an instant',
    description:
      'Fields of the selector narrow it; repeat a name for alternatives. With asOf the facts and the status of then answer.',
    permission: 'merchant.read',
    query: closed({ ...merchantQuery.properties, sort: Type.Optional(oneOf(merchantSorts)) }),
    answers: {
      200: Type.Union([
        pageOf(merchantShape),
        closed({ ...pageOf(merchantAsOfShape).properties, asOf: Instant, planned: Type.Boolean() }),
      ]),
    },
    problems: ['invalid-cursor'],
    handle: async ({ actor, query: { asOf, ...query } }) => {
      const asked = askedList(query);
      if (asOf !== undefined) {
        const at = new Date(asOf);
        const page = await listMerchantsAsOf(actor, asked, at);
        return { ...page, items: page.items.map(presentMerchantAsOf), asOf: at, planned: at > clock.now() };
      }
      const page = await listMerchants(actor, asked);
      return { ...page, items: page.items.map((merchant) => presentMerchant(actor, merchant)) };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/merchants',
    summary: 'Apply for a place on the list',
    permission: 'merchant.apply',
    body: applicationBody,
    answers: { 201: closed({ id: Type.String(), status: oneOf(statuses) }) },
    problems: ['duplicate', 'unknown-reference', 'invalid-uscc', 'too-many-applications'],
    handle: async ({ actor, body }) => {
      const {
        contact = null,
        uscc = null,
        outlet = 1,
        registerNumber = null,
        gbt4754 = null,
        point = null,
        site = null,
        mode = ['in-store'],
        capacity = null,
        ...rest
      } = body;
      const facts = {
        ...rest,
        uscc,
        outlet,
        registerNumber,
        gbt4754,
        point,
        site,
        mode,
        capacity,
      };
      return { id: await applyForListing(actor, { facts, contact }), status: 'applying' };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/merchants/{id}',
    summary: 'One merchant, never late',
    permission: 'merchant.read',
    params: closed({ id: Uuid }),
    answers: { 200: merchantDetailShape },
    problems: ['merchant-not-found'],
    handle: async ({ actor, params }) => versioned(actor, await viewMerchant(actor, params.id)),
  }),
  defineRoute({
    method: 'patch',
    path: '/merchants/{id}',
    summary: 'Correct facts: a one-line adjustment; needs If-Match',
    description: '202 with the adjustment where a second person must look at it first.',
    permission: 'merchant.edit',
    params: closed({ id: Uuid }),
    body: correctionBody,
    answers: { 200: merchantDetailShape, 202: adjustmentShape },
    problems: ['merchant-not-found', 'duplicate', 'unknown-reference', 'invalid-uscc', 'adjustment-stale'],
    handle: async ({ actor, params, body, request }) => {
      const correction = await correctFacts(actor, params.id, requiredVersion(request), body);
      return 'view' in correction
        ? versioned(actor, correction.view)
        : new Reply({ status: 202, body: presentAdjustment(actor, correction.waiting) });
    },
  }),
  defineRoute({
    method: 'get',
    path: '/merchants/{id}/timeline',
    summary: 'Ledger entries, visits and order steps of a merchant, newest first',
    permission: 'merchant.read',
    params: closed({ id: Uuid }),
    query: closed({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })) }),
    answers: { 200: closed({ items: Type.Array(timelineShape) }) },
    problems: ['merchant-not-found'],
    handle: async ({ actor, params, query }) => {
      const events = await timelineOf(actor, params.id, query.limit ?? 100);
      return { items: events.map((event) => presentTimelineEvent(actor, event)) };
    },
  }),
];
