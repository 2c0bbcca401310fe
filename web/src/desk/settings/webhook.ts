// Webhooks and their deliveries as the desk says them.
import type { AnswerOf, ItemOf } from '../../shared/server/types.ts';
import { words } from './webhook-words.ts';

export type Webhook = ItemOf<'getWebhooks'>;
export type WithSecret = AnswerOf<'postWebhooks'>;
export type Delivery = ItemOf<'getWebhooksIdDeliveries'>;

export const webhooksPath = '/settings/webhooks';
export const webhookPath = (id: string): string => `${webhooksPath}/${id}`;

export function stateOf({ paused, failures }: Webhook): { word: string; isFine: boolean } {
  const { states } = words.value;
  const because = { admin: states.admin, failing: states.given, gone: states.gone };
  if (paused) return { word: because[paused.because], isFine: false };
  return failures > 0
    ? { word: states.failing(failures), isFine: false }
    : { word: states.fine, isFine: true };
}

/** How the last try went. */
export function outcomeOf({ state, attempts }: Delivery): string {
  const last = attempts.at(-1);
  const { delivered, waiting, failed, errors, answered } = words.value;
  if (state === 'delivered') return delivered(attempts.length);
  if (!last) return waiting;
  const why = last.error === null ? answered(last.status ?? 0) : errors[last.error];
  return `${state === 'waiting' ? waiting : failed} · ${why}`;
}
