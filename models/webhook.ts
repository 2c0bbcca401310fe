// Webhooks (推送): other systems that are told of changes to the list, what each was sent, and which merchants it knows of.
import { defineModel, fixed, part } from './model.ts';
import { type By, by, mixed } from './words.ts';

export const pauseReasons = ['admin', 'failing', 'gone'] as const;

export type Webhook = {
  _id: string;
  name: string;
  url: string;
  selector: { where: Record<string, unknown>; except?: Record<string, unknown> };
  /** `failing`: nobody took a delivery for a day and more; `gone`: the receiver answered that it is no more. */
  paused: { at: Date; because: (typeof pauseReasons)[number] } | null;
  /** Of its secret, which is made of it and kept nowhere; the one before it is good for a while. */
  generation: number;
  renewedAt: Date | null;
  /** The feed, and how far it was taken into deliveries. */
  epoch: string;
  seq: number;
  /** The one delivery that is not done yet: the next is made when it is, so that they come in order. */
  waiting: string | null;
  /** How many deliveries there ever were. */
  made: number;
  failures: number;
  failingSince: Date | null;
  /** When it may be gone on with: later while a process is at it, or while the receiver is left in peace. */
  nextAt: Date;
  createdBy: By;
  createdAt: Date;
  rev: number;
};

export const WebhookModel = defineModel<Webhook>(
  'webhooks',
  {
    name: { type: String, required: true },
    url: { type: String, required: true },
    selector: { type: mixed, required: true },
    paused: {
      type: part({ at: { type: Date, required: true }, because: { type: String, enum: pauseReasons } }),
      default: null,
    },
    generation: { type: Number, required: true },
    renewedAt: { type: Date, default: null },
    epoch: { type: String, default: '' },
    seq: { type: Number, required: true },
    waiting: { type: String, default: null },
    made: { type: Number, required: true },
    failures: { type: Number, required: true },
    failingSince: { type: Date, default: null },
    nextAt: { type: Date, required: true },
    createdBy: { type: by, required: true },
    createdAt: fixed(Date),
    rev: { type: Number, required: true },
  },
  [{ fields: { paused: 1, nextAt: 1 }, serves: 'which webhooks may be gone on with' }],
);

export const deliveryStates = ['waiting', 'delivered', 'failed'] as const;
export const deliveryErrors = ['address', 'host', 'timeout', 'tls', 'connection'] as const;

/** One try: the status that was answered, or what went wrong. */
export type DeliveryAttempt = {
  at: Date;
  millis: number;
  status: number | null;
  error: (typeof deliveryErrors)[number] | null;
};

export type WebhookDelivery = {
  _id: string;
  webhook: string;
  n: number;
  kind: 'changes' | 'ping';
  /** Sent byte for byte the same, however often. */
  body: string;
  items: number;
  state: (typeof deliveryStates)[number];
  /** The last ones. */
  attempts: DeliveryAttempt[];
  createdAt: Date;
  deliveredAt: Date | null;
};

export const WebhookDeliveryModel = defineModel<WebhookDelivery>(
  'webhookdeliveries',
  {
    webhook: fixed(String),
    n: fixed(Number),
    kind: { type: String, enum: ['changes', 'ping'], required: true },
    body: fixed(String),
    items: fixed(Number),
    state: { type: String, enum: deliveryStates, required: true },
    attempts: {
      type: [
        part({
          at: { type: Date, required: true },
          millis: { type: Number, required: true },
          status: { type: Number, default: null },
          error: { type: String, enum: [...deliveryErrors, null], default: null },
        }),
      ],
      required: true,
    },
    createdAt: fixed(Date),
    deliveredAt: { type: Date, default: null },
  },
  [{ fields: { webhook: 1, n: -1 }, unique: true, serves: 'the deliveries of a webhook, newest first' }],
);

/** A merchant that a webhook's receiver was told of, and must be told of when it leaves. `_id`: webhook/merchant. */
export type WebhookMember = { _id: string };

export const WebhookMemberModel = defineModel<WebhookMember>('webhookmembers', {});
