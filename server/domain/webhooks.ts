// Webhooks (推送): an admin says which system is told of which part of the list, tries it out, and sees what it was sent.
import type { UpdateQuery } from 'mongoose';
import {
  type Webhook,
  type WebhookDelivery,
  WebhookDeliveryModel,
  WebhookMemberModel,
  WebhookModel,
} from '../../models/webhook.ts';
import { clock } from '../lib/clock.ts';
import { ids } from '../lib/ids.ts';
import { faultOfTarget } from '../lib/outbound.ts';
import { invalidPart, Problem } from '../lib/problem.ts';
import { inTransaction } from '../lib/transaction.ts';
import { webhookSecret } from '../lib/webhook-signature.ts';
import { type Actor, byOf } from './actor.ts';
import { recordAudit } from './audit.ts';
import { environment } from './environment.ts';
import { bodyOf, deliveriesKept, forgetOld, membersOf } from './webhook-batches.ts';
import { isTaken, noteAttempt, noteTaken, sendOnce } from './webhook-sending.ts';

const mostWebhooks = 50;

export type WebhookParts = Pick<Webhook, 'name' | 'url' | 'selector'>;
export type WebhookChanges = Partial<WebhookParts> & { paused?: boolean };

export function listWebhooks(): Promise<Webhook[]> {
  return WebhookModel.find().sort({ _id: 1 }).limit(mostWebhooks).lean<Webhook[]>();
}

/** Throws `not-found`. */
export async function findWebhook(id: string): Promise<Webhook> {
  const webhook = await WebhookModel.findById(id).lean<Webhook>();
  if (!webhook) throw new Problem('not-found');
  return webhook;
}

/** Its secret is answered once and kept nowhere. It is told the list first, and then what changes. */
export async function addWebhook(
  actor: Actor,
  { name, url, selector }: WebhookParts,
): Promise<{ webhook: Webhook; secret: string }> {
  requireSoundUrl(url);
  const now = clock.now();
  const webhook: Webhook = {
    _id: ids.uuid(),
    name,
    url,
    selector,
    paused: null,
    generation: 1,
    renewedAt: null,
    epoch: '',
    seq: 0,
    waiting: null,
    made: 0,
    failures: 0,
    failingSince: null,
    nextAt: now,
    createdBy: byOf(actor),
    createdAt: now,
    rev: 1,
  };
  await inTransaction(async () => {
    if ((await WebhookModel.countDocuments()) >= mostWebhooks)
      throw new Problem('too-many-webhooks', { limit: mostWebhooks });
    await WebhookModel.create(webhook);
    await recordAudit(actor, 'webhook.added', webhook._id, { after: traceOf(webhook) });
  });
  return { webhook, secret: secretOf(webhook) };
}

const secretOf = ({ _id, generation }: Webhook): string =>
  webhookSecret(environment().webhookKey, _id, generation);

/** As far as can be seen now. Where its host leads, is looked at with each connection. */
function requireSoundUrl(url: string): void {
  const fault = faultOfTarget(url, environment().webhookNetworks);
  if (fault === null) return;
  const messages = {
    url: '不是有效的地址（不能带 #） / not an address, or one with a fragment',
    scheme: '须以 https:// 开头 / must begin with https://',
    credentials: '地址里不能有用户名和密码 / no user name and password in it',
    address: '不能推送到内网地址 / an address that is not public',
  };
  throw invalidPart('/url', messages[fault]);
}

/** An address may hold a secret of its receiver's. */
export const hostOf = ({ url }: Pick<Webhook, 'url'>): string => new URL(url).host;
const traceOf = (webhook: Webhook) => ({
  name: webhook.name,
  host: hostOf(webhook),
  selector: webhook.selector,
  paused: webhook.paused?.because ?? null,
});

/** Throws `stale-version` where somebody else changed it since `rev`. Another selector has the list told anew. */
export function changeWebhook(
  actor: Actor,
  id: string,
  rev: number,
  changes: WebhookChanges,
): Promise<Webhook> {
  const { paused, ...parts } = changes;
  if (parts.url !== undefined) requireSoundUrl(parts.url);
  return inTransaction(async () => {
    const before = await findWebhook(id);
    if (before.rev !== rev) throw new Problem('stale-version', {}, { present: { rev: before.rev } });
    const now = clock.now();
    const set = {
      ...parts,
      ...(parts.selector && { seq: 0 }),
      ...(paused === true && { paused: before.paused ?? { at: now, because: 'admin' as const } }),
      // Tried at once, and with as much patience as at the beginning.
      ...((paused === false || parts.url !== undefined) && { failures: 0, failingSince: null, nextAt: now }),
      ...(paused === false && { paused: null }),
    };
    const after = await WebhookModel.findOneAndUpdate(
      { _id: id, rev },
      { $set: set, $inc: { rev: 1 } },
      { returnDocument: 'after' },
    ).lean<Webhook>();
    if (!after) throw new Problem('stale-version');
    await recordAudit(actor, 'webhook.changed', id, { before: traceOf(before), after: traceOf(after) });
    return after;
  });
}

/** With all that is known of what it was sent. */
export function removeWebhook(actor: Actor, id: string): Promise<void> {
  return inTransaction(async () => {
    const webhook = await findWebhook(id);
    await WebhookModel.deleteOne({ _id: id });
    await WebhookDeliveryModel.deleteMany({ webhook: id });
    await WebhookMemberModel.deleteMany(membersOf(webhook));
    await recordAudit(actor, 'webhook.removed', id, { before: traceOf(webhook) });
  });
}

/** As it is afterwards. Throws `not-found`. */
async function updated(id: string, changes: UpdateQuery<Webhook>): Promise<Webhook> {
  const webhook = await WebhookModel.findOneAndUpdate({ _id: id }, changes, {
    returnDocument: 'after',
  }).lean<Webhook>();
  if (!webhook) throw new Problem('not-found');
  return webhook;
}

/** Another secret, answered once. For a day deliveries are signed with the one before, too. */
export function renewSecret(actor: Actor, id: string): Promise<{ webhook: Webhook; secret: string }> {
  return inTransaction(async () => {
    const webhook = await updated(id, {
      $set: { renewedAt: clock.now() },
      $inc: { generation: 1, rev: 1 },
    });
    await recordAudit(actor, 'webhook.secret-renewed', id);
    return { webhook, secret: secretOf(webhook) };
  });
}

/** The last ones, newest first. */
export async function listDeliveries(id: string): Promise<WebhookDelivery[]> {
  await findWebhook(id);
  return WebhookDeliveryModel.find({ webhook: id }, { body: 0 })
    .sort({ n: -1 })
    .limit(deliveriesKept)
    .lean<WebhookDelivery[]>();
}

/** Sends a delivery without merchants at once, also where the webhook is paused. Answers how that went. */
export async function pingWebhook(actor: Actor, id: string): Promise<WebhookDelivery> {
  const webhook = await updated(id, { $inc: { made: 1 } });
  const delivery = ids.uuid();
  const at = clock.now();
  const body = bodyOf(webhook, { id: delivery, type: 'ping', at });
  const attempt = await sendOnce(webhook, { _id: delivery, body });
  const sent: WebhookDelivery = {
    _id: delivery,
    webhook: id,
    n: webhook.made,
    kind: 'ping',
    body,
    items: 0,
    state: isTaken(attempt) ? 'delivered' : 'failed',
    attempts: [attempt],
    createdAt: at,
    deliveredAt: isTaken(attempt) ? attempt.at : null,
  };
  await inTransaction(async () => {
    await WebhookDeliveryModel.create(sent);
    await forgetOld(webhook);
    await recordAudit(actor, 'webhook.pinged', id, { after: { delivery, state: sent.state } });
  });
  return sent;
}

/** Sends a delivery again at once, the same id and the same bytes, whatever became of it before. Answers how that went. */
export async function redeliver(actor: Actor, id: string, deliveryId: string): Promise<WebhookDelivery> {
  const webhook = await findWebhook(id);
  const delivery = await WebhookDeliveryModel.findOne({
    _id: deliveryId,
    webhook: id,
  }).lean<WebhookDelivery>();
  if (!delivery) throw new Problem('not-found');
  const attempt = await sendOnce(webhook, delivery);
  await inTransaction(async () => {
    await noteAttempt(delivery, attempt);
    if (isTaken(attempt)) await noteTaken(id, deliveryId);
    await recordAudit(actor, 'webhook.redelivered', id, {
      after: { delivery: deliveryId, status: attempt.status, error: attempt.error },
    });
  });
  return (await WebhookDeliveryModel.findById(deliveryId).lean<WebhookDelivery>()) ?? delivery;
}
