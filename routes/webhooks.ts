// Webhooks: other systems that are told of changes to the list. Seen by every signed-in user, written by an admin.
import type { Webhook, WebhookDelivery } from '../models/webhook.ts';
import type { Actor } from '../server/domain/actor.ts';
import { rolesWith } from '../server/domain/abilities.ts';
import {
  addWebhook,
  changeWebhook,
  findWebhook,
  hostOf,
  listDeliveries,
  listWebhooks,
  pingWebhook,
  redeliver,
  removeWebhook,
  renewSecret,
  type WebhookChanges,
  type WebhookParts,
} from '../server/domain/webhooks.ts';
import { defineRoute, Reply } from '../server/http/define-route.ts';
import { closed, Type, Uuid } from '../server/http/schema.ts';
import { requiredVersion } from './versions.ts';
import {
  deliveryShape,
  webhookBody,
  webhookChanges,
  webhookShape,
  webhookWithSecretShape,
} from './webhooks.schema.ts';

function presentWebhook(actor: Actor, webhook: Webhook) {
  const { _id, name, url, selector, paused, failures, failingSince, nextAt, createdAt, rev } = webhook;
  const manages = rolesWith('webhook.manage').includes(actor.role);
  return {
    id: _id,
    name,
    host: hostOf(webhook),
    url: manages ? url : null,
    selector,
    paused: paused && { at: paused.at, because: paused.because },
    failures,
    failingSince,
    nextAt: failures > 0 && !paused ? nextAt : null,
    createdAt,
    rev,
    can: { change: manages },
  };
}

function presentDelivery(delivery: WebhookDelivery) {
  const { _id, n, kind, items, state, attempts, createdAt, deliveredAt } = delivery;
  return {
    id: _id,
    n,
    kind,
    items,
    state,
    attempts: attempts.map(({ at, millis, status, error }) => ({ at, millis, status, error })),
    createdAt,
    deliveredAt,
  };
}

const versioned = (actor: Actor, webhook: Webhook) =>
  new Reply({ body: presentWebhook(actor, webhook), version: webhook.rev });
const withSecret = (
  actor: Actor,
  { webhook, secret }: { webhook: Webhook; secret: string },
  status: number,
) => new Reply({ status, body: { ...presentWebhook(actor, webhook), secret }, version: webhook.rev });

const byId = closed({ id: Uuid });

export const webhookRoutes = [
  defineRoute({
    method: 'get',
    path: '/webhooks',
    summary: 'Systems that are told of changes to the list',
    permission: 'webhook.read',
    answers: { 200: closed({ items: Type.Array(webhookShape) }) },
    handle: async ({ actor }) => ({
      items: (await listWebhooks()).map((webhook) => presentWebhook(actor, webhook)),
    }),
  }),
  defineRoute({
    method: 'post',
    path: '/webhooks',
    summary: 'Tell another system: first the list that the selector finds, then its changes',
    permission: 'webhook.manage',
    keepsAnswer: false,
    body: webhookBody,
    answers: { 201: webhookWithSecretShape },
    problems: ['too-many-webhooks'],
    handle: async ({ actor, body }) =>
      withSecret(actor, await addWebhook(actor, body satisfies WebhookParts), 201),
  }),
  defineRoute({
    method: 'get',
    path: '/webhooks/{id}',
    summary: 'One webhook',
    permission: 'webhook.read',
    params: byId,
    answers: { 200: webhookShape },
    handle: async ({ actor, params }) => versioned(actor, await findWebhook(params.id)),
  }),
  defineRoute({
    method: 'patch',
    path: '/webhooks/{id}',
    summary: 'Change, pause or resume a webhook; needs If-Match',
    description: 'Another selector has the list told anew. Resumed, it goes on where it stopped.',
    permission: 'webhook.manage',
    params: byId,
    body: webhookChanges,
    answers: { 200: webhookShape },
    handle: async ({ actor, params, body, request }) =>
      versioned(
        actor,
        await changeWebhook(actor, params.id, requiredVersion(request), body satisfies WebhookChanges),
      ),
  }),
  defineRoute({
    method: 'delete',
    path: '/webhooks/{id}',
    summary: 'Remove a webhook and what is known of its deliveries',
    permission: 'webhook.manage',
    params: byId,
    answers: { 204: null },
    handle: async ({ actor, params }) => {
      await removeWebhook(actor, params.id);
    },
  }),
  defineRoute({
    method: 'post',
    path: '/webhooks/{id}/secret',
    summary: 'Another secret; for a day deliveries are signed with the one before, too',
    permission: 'webhook.manage',
    keepsAnswer: false,
    params: byId,
    answers: { 200: webhookWithSecretShape },
    handle: async ({ actor, params }) => withSecret(actor, await renewSecret(actor, params.id), 200),
  }),
  defineRoute({
    method: 'post',
    path: '/webhooks/{id}/ping',
    summary: 'Send a delivery without merchants now, and say how that went',
    permission: 'webhook.manage',
    keepsAnswer: false,
    params: byId,
    answers: { 200: deliveryShape },
    handle: async ({ actor, params }) => presentDelivery(await pingWebhook(actor, params.id)),
  }),
  defineRoute({
    method: 'get',
    path: '/webhooks/{id}/deliveries',
    summary: 'The last hundred deliveries of a webhook, newest first',
    permission: 'webhook.manage',
    params: byId,
    answers: { 200: closed({ items: Type.Array(deliveryShape) }) },
    handle: async ({ params }) => ({ items: (await listDeliveries(params.id)).map(presentDelivery) }),
  }),
  defineRoute({
    method: 'post',
    path: '/webhooks/{id}/deliveries/{delivery}/redeliver',
    summary: 'Send a delivery again now: the same id, the same bytes',
    permission: 'webhook.manage',
    keepsAnswer: false,
    params: closed({ id: Uuid, delivery: Uuid }),
    answers: { 200: deliveryShape },
    handle: async ({ actor, params }) => presentDelivery(await redeliver(actor, params.id, params.delivery)),
  }),
];
