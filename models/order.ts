// Fix orders (立行立改单): opened by a visit, followed until closed (销号). Level and due run by the server's clock.
import type { Limits } from '../server/lib/deadlines.ts';
import { defineModel, fixed, part } from './model.ts';
import {
  type By,
  type PhotoSlot,
  type ScopeKeys,
  type Words,
  by,
  photoSlot,
  scopeKeys,
  words,
} from './words.ts';

export const orderStates = ['open', 'submitted', 'closed', 'cancelled'] as const;
export type OrderState = (typeof orderStates)[number];
export const orderLevels = ['none', 'yellow', 'red'] as const;
export type Level = (typeof orderLevels)[number];
export const severities = ['minor', 'major', 'critical'] as const;
export type Severity = (typeof severities)[number];
export const orderActs = [
  'open',
  'submit',
  'verify',
  'return',
  'extend',
  'cancel',
  'escalate',
  'propose',
  'recount',
] as const;
export type OrderAct = (typeof orderActs)[number];

export type OrderEvent = {
  act: OrderAct;
  by: By;
  at: Date;
  note: string | null;
  photos: PhotoSlot[];
  /** When a step that time makes was nominally due; `at` is when it was really made. */
  nominalAt: Date | null;
  level: Level | null;
  due: Date | null;
  /** The adjustment that a proposal drafted, or the one that was open already. */
  adjustment: string | null;
};

export type Order = ScopeKeys & {
  _id: string;
  visit: string;
  item: string;
  itemText: Words;
  severity: Severity;
  kind: 'on-site' | 'timed';
  state: OrderState;
  level: Level;
  openedAt: Date;
  due: Date | null;
  /** When yellow and red fall, and when its shop's suspension is proposed, while the clock runs. */
  yellowAt: Date | null;
  redAt: Date | null;
  proposalAt: Date | null;
  /** The first year that a deadline depends on whose holidays are not published yet; null where all are certain. */
  unpublishedYear: number | null;
  /** What the due was counted from; null where a person set it, or where none runs. */
  countedFrom: Date | null;
  /** The time limits that held when it was counted. */
  limits: Limits | null;
  nextAt: Date | null;
  returns: number;
  /** When it was last answered; null before. */
  submittedAt: Date | null;
  issuedBy: By;
  note: string | null;
  history: OrderEvent[];
  closedAt: Date | null;
  rev: number;
};

/** Every photo that an order's history shows, as often as it does. */
export function photosShown({ history }: Pick<Order, 'history'>): PhotoSlot[] {
  return history.flatMap(({ photos }) => photos);
}

const event = part({
  act: { type: String, enum: orderActs, required: true },
  by: { type: by, required: true },
  at: { type: Date, required: true },
  note: { type: String, default: null },
  photos: { type: [photoSlot], required: true },
  nominalAt: { type: Date, default: null },
  level: { type: String, enum: [...orderLevels, null], default: null },
  due: { type: Date, default: null },
  adjustment: { type: String, default: null },
});

const limits = part({
  majorHours: { type: Number, required: true },
  minorWorkingDays: { type: Number, required: true },
  redAfterDays: { type: Number, required: true },
  proposalWorkingDays: { type: Number, required: true },
});

export const OrderModel = defineModel<Order>(
  'orders',
  {
    ...scopeKeys,
    visit: fixed(String),
    item: fixed(String),
    itemText: { type: words, required: true },
    severity: { type: String, enum: severities, required: true, immutable: true },
    kind: { type: String, enum: ['on-site', 'timed'], required: true, immutable: true },
    state: { type: String, enum: orderStates, required: true },
    level: { type: String, enum: orderLevels, required: true },
    openedAt: fixed(Date),
    due: { type: Date, default: null },
    yellowAt: { type: Date, default: null },
    redAt: { type: Date, default: null },
    proposalAt: { type: Date, default: null },
    unpublishedYear: { type: Number, default: null },
    countedFrom: { type: Date, default: null },
    limits: { type: limits, default: null },
    nextAt: { type: Date, default: null },
    returns: { type: Number, required: true },
    submittedAt: { type: Date, default: null },
    issuedBy: { type: by, required: true, immutable: true },
    note: { type: String, default: null },
    history: { type: [event], required: true },
    closedAt: { type: Date, default: null },
    rev: { type: Number, required: true },
  },
  [
    { fields: { areas: 1, state: 1, due: 1, _id: 1 }, serves: 'the orders of an area by state and due' },
    { fields: { areas: 1, openedAt: -1, _id: -1 }, serves: 'the orders of an area, newest first' },
    { fields: { merchant: 1, openedAt: -1, _id: -1 }, serves: 'the orders of a merchant, and its timeline' },
    { fields: { site: 1, openedAt: -1 }, serves: 'the orders inside a market, for its operator' },
    { fields: { visit: 1 }, serves: 'the orders of a visit' },
    { fields: { 'history.photos.sha256': 1 }, serves: 'who may see a photo' },
    {
      fields: { nextAt: 1 },
      partialFilterExpression: { nextAt: { $type: 'date' } },
      serves: 'the sweep: orders due to escalate',
    },
    {
      fields: { unpublishedYear: 1 },
      partialFilterExpression: { unpublishedYear: { $type: 'int' } },
      serves: 'the sweep: deadlines to count anew once a year is published',
    },
  ],
);

/** A signed link to one order. The token itself is kept nowhere: `_id` is its hash. */
export type OrderLink = {
  _id: string;
  order: string;
  createdBy: string;
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
};
export const OrderLinkModel = defineModel<OrderLink>(
  'orderlinks',
  {
    order: fixed(String),
    createdBy: fixed(String),
    createdAt: fixed(Date),
    expiresAt: { type: Date, required: true },
    revokedAt: { type: Date, default: null },
  },
  [{ fields: { order: 1 }, serves: 'revoking the links of an order' }],
);
