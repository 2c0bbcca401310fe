// Fix orders: listed and read within scope; answered, verified, returned, extended, cancelled; opened to a merchant by a link.
import { type Order, orderLevels, orderStates } from '../models/order.ts';
import type { Actor } from '../server/domain/actor.ts';
import { createOrderLink, revokeOrderLinks } from '../server/domain/order-links.ts';
import {
  cancelOrder,
  extendOrder,
  findOrder,
  returnOrder,
  submitOrder,
  verifyOrder,
} from '../server/domain/orders.ts';
import { printSlip } from '../server/domain/order-slips.ts';
import { listOrders, orderSorts } from '../server/domain/records.ts';
import { defineRoute, Reply } from '../server/http/define-route.ts';
import {
  AreaCode,
  closed,
  Instant,
  InstantText,
  Key,
  nullable,
  oneOf,
  pageOf,
  pageQuery,
  Sha256,
  text,
  Type,
  Uuid,
} from '../server/http/schema.ts';
import { orderShape, presentOrder } from './orders.present.ts';

const byId = closed({ id: Uuid });
const note = Type.Optional(nullable(text(2_000)));
const reason = text(2_000, { minLength: 1 });
const photos = Type.Optional(Type.Array(Sha256, { maxItems: 10, uniqueItems: true }));
const several = <const T extends readonly string[]>(values: T) =>
  Type.Optional(Type.Array(oneOf(values), { maxItems: 20 }));
const shown = async (actor: Actor, order: Promise<Order>) => presentOrder(actor, await order);

export const orderRoutes = [
  defineRoute({
    method: 'get',
    path: '/orders',
    summary: 'Orders within my scope',
    permission: 'order.read',
    query: closed({
      ...pageQuery,
      state: several(orderStates),
      level: several(orderLevels),
      overdue: Type.Optional(Type.Boolean()),
      supervision: Type.Optional(
        Type.Boolean({ description: 'the supervision list (督办清单): overdue and not closed yet' }),
      ),
      kind: several(['on-site', 'timed'] as const),
      item: Type.Optional(Key),
      merchant: Type.Optional(Uuid),
      area: Type.Optional(AreaCode),
      taskForce: Type.Optional(Key),
      visit: Type.Optional(Uuid),
      from: Type.Optional(InstantText),
      to: Type.Optional(InstantText),
      sort: Type.Optional(oneOf(orderSorts)),
    }),
    answers: { 200: pageOf(orderShape) },
    problems: ['invalid-cursor'],
    handle: async ({ actor, query }) => {
      const { from, to, ...rest } = query;
      const page = await listOrders(actor, {
        ...rest,
        ...(from !== undefined && { from: new Date(from) }),
        ...(to !== undefined && { to: new Date(to) }),
      });
      return { ...page, items: page.items.map((order) => presentOrder(actor, order)) };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/orders/{id}',
    summary: 'One order with its history',
    permission: 'order.read',
    params: byId,
    answers: { 200: orderShape },
    handle: ({ actor, params }) => shown(actor, findOrder(actor, params.id)),
  }),
  defineRoute({
    method: 'post',
    path: '/orders/{id}/submit',
    summary: 'Say that it is fixed, with photos sent before',
    permission: 'order.submit',
    params: byId,
    body: closed({ note, photos }),
    answers: { 200: orderShape },
    problems: ['order-state', 'photo-missing'],
    handle: ({ actor, params, body }) => shown(actor, submitOrder(actor, params.id, body)),
  }),
  defineRoute({
    method: 'post',
    path: '/orders/{id}/verify',
    summary: 'Close it: the fault is gone',
    permission: 'order.verify',
    params: byId,
    body: closed({ note, photos }),
    answers: { 200: orderShape },
    problems: ['order-state', 'photo-missing'],
    handle: ({ actor, params, body }) => shown(actor, verifyOrder(actor, params.id, body)),
  }),
  defineRoute({
    method: 'post',
    path: '/orders/{id}/return',
    summary: 'Not fixed: open again with a new due',
    permission: 'order.return',
    params: byId,
    body: closed({ note: reason, photos, due: Type.Optional(InstantText) }),
    answers: { 200: orderShape },
    problems: ['order-state', 'photo-missing'],
    handle: ({ actor, params, body: { due, ...answer } }) =>
      shown(
        actor,
        returnOrder(actor, params.id, { ...answer, ...(due !== undefined && { due: new Date(due) }) }),
      ),
  }),
  defineRoute({
    method: 'post',
    path: '/orders/{id}/extend',
    summary: 'Give more time, with a reason',
    permission: 'order.extend',
    params: byId,
    body: closed({ note: reason, due: InstantText }),
    answers: { 200: orderShape },
    problems: ['order-state'],
    handle: ({ actor, params, body }) =>
      shown(actor, extendOrder(actor, params.id, { note: body.note, due: new Date(body.due) })),
  }),
  defineRoute({
    method: 'post',
    path: '/orders/{id}/cancel',
    summary: 'Cancel it, with a reason',
    permission: 'order.cancel',
    params: byId,
    body: closed({ note: reason }),
    answers: { 200: orderShape },
    problems: ['order-state'],
    handle: ({ actor, params, body }) => shown(actor, cancelOrder(actor, params.id, body)),
  }),
  defineRoute({
    method: 'post',
    path: '/orders/{id}/link',
    summary: 'A signed link for the merchant; its token is shown once',
    permission: 'order.link',
    params: byId,
    keepsAnswer: false,
    answers: { 201: closed({ url: Type.String(), token: Type.String(), expiresAt: Instant }) },
    problems: ['order-state'],
    handle: async ({ actor, params, request }) => {
      const { token, expiresAt } = await createOrderLink(actor, params.id);
      return { url: `${request.origin}/f/${token}`, token, expiresAt };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/orders/{id}/slip',
    summary: 'The slip to print for the merchant: A5 in Chinese, with a signed link as a QR code',
    permission: 'order.link',
    params: byId,
    keepsAnswer: false,
    answers: { 201: { mediaType: 'application/pdf' } },
    problems: ['order-state'],
    handle: async ({ actor, params, request }) => {
      const { name, pdf } = await printSlip(actor, params.id, (token) => `${request.origin}/f/${token}`);
      return new Reply({
        status: 201,
        media: { mediaType: 'application/pdf', bytes: pdf, fileName: name },
      });
    },
  }),
  defineRoute({
    method: 'delete',
    path: '/orders/{id}/link',
    summary: 'Revoke every link of this order',
    permission: 'order.link',
    params: byId,
    answers: { 204: null },
    handle: async ({ actor, params }) => {
      await revokeOrderLinks(actor, params.id);
      return new Reply({ status: 204 });
    },
  }),
];
