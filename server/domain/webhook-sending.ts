// Sending deliveries: signed, one after the other for each webhook, and again with growing pauses until the receiver has taken it.
import {
  type DeliveryAttempt,
  type Webhook,
  type WebhookDelivery,
  WebhookDeliveryModel,
  WebhookModel,
} from '../../models/webhook.ts';
import { clock } from '../lib/clock.ts';
import { logger } from '../lib/logger.ts';
import { post } from '../lib/outbound.ts';
import { inTransaction } from '../lib/transaction.ts';
import { version } from '../lib/version.ts';
import { signedHeaders, webhookSecret } from '../lib/webhook-signature.ts';
import { systemActor } from './actor.ts';
import { recordAudit } from './audit.ts';
import { environment } from './environment.ts';
import { findHead } from './feed-sequencer.ts';
import { nextDelivery } from './webhook-batches.ts';

const timeoutMillis = 10_000;
/** A process that says nothing for so long is gone, and another one goes on. Longer than a try takes. */
const claimMillis = 30_000;
/** Webhooks that one process serves at once: a slow receiver must not hold up the others. */
const servedAtOnce = 8;
const attemptsKept = 20;
/** A receiver that has a new secret takes what is signed with the old one, too. */
const overlapMillis = 24 * 3_600_000;

const [second, minute, hour] = [1_000, 60_000, 3_600_000];
/** Between one try and the next: more than a day in all. After the last one the webhook is paused. */
export const pauses = [
  10 * second,
  minute,
  5 * minute,
  15 * minute,
  hour,
  2 * hour,
  4 * hour,
  6 * hour,
  12 * hour,
];

const serving = new Map<string, Promise<void>>();
let stopping = new AbortController();

/** One round of the job: begins to serve the webhooks that have something to tell, as many as there is room for. */
export async function beginDeliveries(): Promise<void> {
  while (serving.size < servedAtOnce && !stopping.signal.aborted) {
    const webhook = await claimNext();
    if (!webhook) return;
    const { _id } = webhook;
    const served = serve(webhook)
      .catch((error: unknown) => {
        if (!stopping.signal.aborted)
          logger.error({ err: error, webhook: _id }, 'a webhook cannot be served');
      })
      .finally(() => serving.delete(_id));
    serving.set(_id, served);
  }
}

/** For tests: when nothing is being sent any more. */
export async function whenServed(): Promise<void> {
  while (serving.size > 0) await Promise.all(serving.values());
}

/** Breaks off what is being sent. It is sent again, by whoever comes next. */
export async function stopDeliveries(): Promise<void> {
  stopping.abort();
  await whenServed();
  stopping = new AbortController();
}

const now = (): number => clock.now().getTime();
const claim = () => ({ $set: { nextAt: new Date(now() + claimMillis) } });

async function claimNext(): Promise<Webhook | null> {
  const { epoch, seq } = await findHead();
  const hasMore = [{ waiting: { $ne: null } }, { seq: { $lt: seq } }, { epoch: { $ne: epoch } }];
  return WebhookModel.findOneAndUpdate(
    { paused: null, nextAt: { $lte: clock.now() }, $or: hasMore },
    claim(),
    { returnDocument: 'after' },
  ).lean<Webhook>();
}

/** Only who holds the claim goes on, with the webhook as it is by now. */
function holdOn({ _id, nextAt }: Webhook): Promise<Webhook | null> {
  return WebhookModel.findOneAndUpdate({ _id, nextAt, paused: null }, claim(), {
    returnDocument: 'after',
  }).lean<Webhook>();
}

async function serve(claimed: Webhook): Promise<void> {
  let webhook: Webhook | null = claimed;
  while (webhook && !stopping.signal.aborted) {
    const delivery = await waitingOf(webhook);
    if (!delivery) {
      await WebhookModel.updateOne({ _id: webhook._id, nextAt: webhook.nextAt }, { nextAt: clock.now() });
      return;
    }
    const isTaken = await sendInTurn(webhook, delivery);
    if (!isTaken) return;
    webhook = await holdOn(webhook);
  }
}

async function waitingOf(webhook: Webhook): Promise<WebhookDelivery | null> {
  if (webhook.waiting === null) return nextDelivery(webhook);
  return WebhookDeliveryModel.findById(webhook.waiting).lean<WebhookDelivery>();
}

async function sendInTurn(webhook: Webhook, delivery: WebhookDelivery): Promise<boolean> {
  const attempt = await sendOnce(webhook, delivery);
  await noteAttempt(delivery, attempt);
  if (isTaken(attempt)) await noteTaken(webhook._id, delivery._id);
  else await noteFailure(webhook, attempt);
  return isTaken(attempt);
}

export const isTaken = ({ status }: DeliveryAttempt): boolean =>
  status !== null && status >= 200 && status < 300;

/** Throws where the process is being stopped meanwhile: that is no fault of the receiver's. */
export async function sendOnce(
  webhook: Webhook,
  { _id, body }: Pick<WebhookDelivery, '_id' | 'body'>,
): Promise<DeliveryAttempt> {
  const at = clock.now();
  const begun = performance.now();
  const answer = await post(webhook.url, {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'User-Agent': `Mingdan/${version}`,
      ...signedHeaders(secretsOf(webhook), { id: _id, at, body }),
    },
    body,
    own: environment().webhookNetworks,
    timeoutMillis,
    signal: stopping.signal,
  });
  const millis = Math.round(performance.now() - begun);
  return 'status' in answer
    ? { at, millis, status: answer.status, error: null }
    : { at, millis, status: null, error: answer.error };
}

/** The present secret, and for a day the one before it. */
function secretsOf({ _id, generation, renewedAt }: Webhook): string[] {
  const overlaps = renewedAt !== null && now() - renewedAt.getTime() < overlapMillis;
  const generations = overlaps ? [generation, generation - 1] : [generation];
  return generations.map((one) => webhookSecret(environment().webhookKey, _id, one));
}

/** What was taken once stays taken, whatever becomes of a repeat. */
export async function noteAttempt({ _id }: WebhookDelivery, attempt: DeliveryAttempt): Promise<void> {
  await WebhookDeliveryModel.updateOne(
    { _id },
    {
      $push: { attempts: { $each: [attempt], $slice: -attemptsKept } },
      ...(isTaken(attempt) && { $set: { state: 'delivered', deliveredAt: attempt.at } }),
    },
  );
}

/** The next delivery may be made. */
export async function noteTaken(webhook: string, delivery: string): Promise<void> {
  await WebhookModel.updateOne(
    { _id: webhook, waiting: delivery },
    { $set: { waiting: null, failures: 0, failingSince: null } },
  );
}

async function noteFailure(
  { _id, nextAt, failures, failingSince }: Webhook,
  attempt: DeliveryAttempt,
): Promise<void> {
  const pause = pauses[failures];
  const isGone = attempt.status === 410;
  const failing = { failures: failures + 1, failingSince: failingSince ?? attempt.at };
  if (pause !== undefined && !isGone) {
    const next = new Date(now() + pause);
    await WebhookModel.updateOne({ _id, nextAt }, { $set: { ...failing, nextAt: next } });
    return;
  }
  const paused = { at: clock.now(), because: isGone ? ('gone' as const) : ('failing' as const) };
  await inTransaction(async () => {
    const stopped = await WebhookModel.updateOne({ _id, nextAt }, { $set: { ...failing, paused } });
    if (stopped.modifiedCount > 0) await recordAudit(systemActor, 'webhook.paused', _id, { after: paused });
  });
}
