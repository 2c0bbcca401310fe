// Objections (异议): a merchant's against a decision about its shop, decided by somebody who had no part in that decision.
import { defineModel, fixed, part } from './model.ts';
import { type Ground, grounds } from './adjustment.ts';
import { type Status, statuses } from './merchant.ts';
import { type By, type PhotoSlot, type ScopeKeys, by, photoSlot, scopeKeys } from './words.ts';

export const objectionStates = ['open', 'withdrawn', 'upheld', 'dismissed'] as const;
export type ObjectionState = (typeof objectionStates)[number];

/** The decision objected to, as it stood in the ledger: what the merchant was told of it. */
export type DecisionObjectedTo = {
  adjustment: string;
  to: Status;
  ground: Ground;
  notice: string | null;
  effectiveFrom: Date;
};

export type Objection = ScopeKeys & {
  _id: string;
  state: ObjectionState;
  decision: DecisionObjectedTo;
  text: string;
  photos: PhotoSlot[];
  filedBy: By;
  filedAt: Date;
  /** Filed after the period in which one may object: it is decided all the same. */
  late: boolean;
  /** By when it must be decided. */
  due: Date;
  /** The first year that the due depends on whose holidays are not published yet; null where it is certain. */
  unpublishedYear: number | null;
  /** Inspectors of the visit that the decision rests on: they had part in it. */
  finders: string[];
  withdrawnAt: Date | null;
  decidedBy: By | null;
  decidedAt: Date | null;
  /** Said to the merchant. */
  decisionReason: string | null;
  /** The adjustment that puts it right, where it was upheld. */
  remedy: string | null;
  rev: number;
};

const decision = part({
  adjustment: { type: String, required: true },
  to: { type: String, enum: statuses, required: true },
  ground: { type: String, enum: grounds, required: true },
  notice: { type: String, default: null },
  effectiveFrom: { type: Date, required: true },
});

export const ObjectionModel = defineModel<Objection>(
  'objections',
  {
    ...scopeKeys,
    state: { type: String, enum: objectionStates, required: true },
    decision: { type: decision, required: true, immutable: true },
    text: fixed(String),
    photos: { type: [photoSlot], required: true },
    filedBy: { type: by, required: true, immutable: true },
    filedAt: fixed(Date),
    late: { type: Boolean, required: true, immutable: true },
    due: { type: Date, required: true },
    unpublishedYear: { type: Number, default: null },
    finders: { type: [String], required: true },
    withdrawnAt: { type: Date, default: null },
    decidedBy: { type: by, default: null },
    decidedAt: { type: Date, default: null },
    decisionReason: { type: String, default: null },
    remedy: { type: String, default: null },
    rev: { type: Number, required: true },
  },
  [
    {
      fields: { merchant: 1, 'decision.adjustment': 1 },
      unique: true,
      partialFilterExpression: { state: 'open' },
      serves: 'one open objection per merchant and decision',
    },
    { fields: { areas: 1, state: 1, due: 1, _id: 1 }, serves: 'the objections of an area by state and due' },
    { fields: { areas: 1, filedAt: -1, _id: -1 }, serves: 'the objections of an area, newest first' },
    { fields: { merchant: 1, filedAt: -1, _id: -1 }, serves: 'the objections of a merchant' },
    { fields: { site: 1, filedAt: -1 }, serves: 'the objections inside a market, for its operator' },
    { fields: { 'photos.sha256': 1 }, serves: 'who may see a photo' },
    {
      fields: { unpublishedYear: 1 },
      partialFilterExpression: { unpublishedYear: { $type: 'int' } },
      serves: 'the sweep: dues to count anew once a year is published',
    },
  ],
);
