// Visits (检查): sealed on a device and kept as received. What comes later stands beside it: photos, amendments, reviews, a match.
import { defineModel, fixed, part } from './model.ts';
import { type By, type Point, type ScopeKeys, by, mixed, point } from './words.ts';

export const visitKinds = ['routine', 'joint', 'self', 'recheck', 'complaint', 'patrol'] as const;
export type VisitKind = (typeof visitKinds)[number];
export const visitStates = ['received', 'complete', 'complete-without'] as const;
export type VisitState = (typeof visitStates)[number];
export const visitResults = ['passed', 'fixed', 'orders', 'no-entry'] as const;
export type VisitResult = (typeof visitResults)[number];
export const outcomes = ['pass', 'fail', 'na', 'unchecked'] as const;
export type Outcome = (typeof outcomes)[number];
/** How a visit left a fault: fixed on the spot, under a timed order, or with a reason why there is none. */
export const leftAs = ['on-site', 'timed', 'unfixed'] as const;
export const noEntryReasons = ['closed', 'refused', 'moved'] as const;

/** The sealed body exactly as a device sends it; its canonical JSON is hashed. */
export type VisitBody = {
  id: string;
  kind: VisitKind;
  merchant: string;
  checklist: { key: string; version: number };
  arrivedAt: string;
  sealedAt: string;
  location?: { lng: number; lat: number; accuracy?: number } | null;
  inspectors?: string[];
  noEntry?: (typeof noEntryReasons)[number] | null;
  personMet?: string | null;
  note?: string | null;
  answers: VisitAnswer[];
  /** Of a joint visit (联合巡查): one for each task force, in place of `answers`. */
  sections?: VisitSection[];
  photos?: { sha256: string; takenAt?: string | null; source: 'camera' | 'gallery' }[];
  acknowledgement?: { name?: string | null; refused: boolean } | null;
};
export type VisitAnswer = {
  item: string;
  outcome: Outcome;
  value?: number | string | null;
  note?: string | null;
  photos?: string[];
  fix?: { kind: 'on-site' | 'timed'; photos?: string[]; at?: string; note?: string | null } | null;
};

/** What one task force saw. Without a checklist of its own it follows the visit's. */
export type VisitSection = {
  key: string;
  taskForce: string;
  inspectors: string[];
  checklist?: { key: string; version: number };
  answers: VisitAnswer[];
};

export const visitFlags = [
  'far-from-merchant',
  'clock-skew',
  'gallery-photo',
  'scope-changed',
  'photo-seen-before',
  'impossible-travel',
  'fault-withdrawn',
] as const;
export type VisitFlag = (typeof visitFlags)[number];

/** A photo as the visit names it, whether its sender's bytes have arrived, and who gave up waiting for them. */
export type VisitPhoto = {
  sha256: string;
  present: boolean;
  takenAt: Date | null;
  source: 'camera' | 'gallery' | null;
  lost: { by: By; at: Date; reason: string } | null;
};

/** A correction (更正): the whole body anew. Version 1 is the visit as it was sealed. */
export type Amendment = {
  _id: string;
  version: number;
  by: By;
  /** Server time, and the device's. */
  at: Date;
  sealedAt: Date;
  reason: string;
  body: VisitBody;
  contentHash: string;
};

export const reviewOutcomes = ['explained', 'doubtful'] as const;
/** What a reviewer found about flags: there is a good reason, or there is none and the visit is not to be relied on. */
export type Review = {
  flags: VisitFlag[];
  outcome: (typeof reviewOutcomes)[number];
  note: string;
  by: By;
  at: Date;
};

export type Visit = Omit<ScopeKeys, 'merchant'> & {
  _id: string;
  /** Null while `unmatched`: the device named a merchant that is not on file. */
  merchant: string | null;
  submittedBy: string;
  inspectors: By[];
  kind: VisitKind;
  body: VisitBody;
  contentHash: string;
  state: VisitState;
  result: VisitResult;
  /** What its present version found at fault, as `mask/on-site`: each item once. Absent where nothing was. */
  findings?: string[];
  /** The items that it found in order. */
  passes: string[];
  photos: VisitPhoto[];
  flags: VisitFlag[];
  /** What a flag rests on, in figures: `612 m`, the id of another visit. */
  flagFacts: Partial<Record<VisitFlag, string>>;
  reviews: Review[];
  /** Some flag has not been settled by a review. */
  needsReview: boolean;
  distanceMeters: number | null;
  location: Point | null;
  /** As they were when the visit, or this version of it, opened them. */
  orders: { _id: string; item: string; state: 'open' | 'closed'; due: Date | null; version: number }[];
  version: number;
  amendments: Amendment[];
  /** Who said later which shop was meant; null where the device's own answer was right. */
  matched: { by: By; at: Date } | null;
  arrivedAt: Date;
  receivedAt: Date;
  completedAt: Date | null;
  device: string | null;
  /** Waiting to be counted into the merchant's last visit. */
  pending: boolean;
};

export const VisitModel = defineModel<Visit>(
  'visits',
  {
    district: { type: String, required: true },
    areas: { type: [String], required: true },
    taskForces: { type: [String], required: true },
    merchant: { type: String, default: null },
    site: { type: String, default: null },
    submittedBy: fixed(String),
    inspectors: { type: [by], required: true },
    kind: { type: String, enum: visitKinds, required: true, immutable: true },
    body: { type: mixed, required: true, immutable: true },
    contentHash: fixed(String),
    state: { type: String, enum: visitStates, required: true },
    result: { type: String, enum: visitResults, required: true },
    findings: { type: [String], default: undefined },
    passes: { type: [String], required: true },
    photos: {
      type: [
        part({
          sha256: { type: String, required: true },
          present: { type: Boolean, required: true },
          takenAt: { type: Date, default: null },
          source: { type: String, default: null },
          lost: { type: mixed, default: null },
        }),
      ],
      required: true,
    },
    flags: { type: [String], enum: visitFlags, required: true },
    flagFacts: { type: mixed, required: true },
    reviews: {
      type: [
        part({
          flags: { type: [String], enum: visitFlags, required: true },
          outcome: { type: String, enum: reviewOutcomes, required: true },
          note: { type: String, required: true },
          by: { type: by, required: true },
          at: { type: Date, required: true },
        }),
      ],
      required: true,
    },
    needsReview: { type: Boolean, required: true },
    distanceMeters: { type: Number, default: null },
    location: { type: point, default: null },
    orders: { type: [mixed], required: true },
    version: { type: Number, required: true },
    amendments: {
      type: [
        part({
          _id: { type: String, required: true },
          version: { type: Number, required: true },
          by: { type: by, required: true },
          at: { type: Date, required: true },
          sealedAt: { type: Date, required: true },
          reason: { type: String, required: true },
          body: { type: mixed, required: true },
          contentHash: { type: String, required: true },
        }),
      ],
      required: true,
    },
    matched: { type: mixed, default: null },
    arrivedAt: fixed(Date),
    receivedAt: fixed(Date),
    completedAt: { type: Date, default: null },
    device: { type: String, default: null },
    pending: { type: Boolean, required: true },
  },
  [
    { fields: { areas: 1, receivedAt: -1, _id: -1 }, serves: 'the visits of an area, newest first' },
    {
      fields: { merchant: 1, receivedAt: -1, _id: -1 },
      serves: 'the visits of a merchant, and its timeline',
    },
    { fields: { site: 1, receivedAt: -1 }, serves: 'the visits inside a market, for its operator' },
    {
      fields: { submittedBy: 1, arrivedAt: -1 },
      serves: 'where an inspector was before and after, and how fast that would have been',
    },
    {
      fields: { areas: 1, needsReview: 1, receivedAt: -1, _id: -1 },
      partialFilterExpression: { needsReview: true },
      serves: 'the visits of an area with flags that nobody has looked at',
    },
    {
      fields: { findings: 1, receivedAt: -1, _id: -1 },
      partialFilterExpression: { findings: { $exists: true } },
      serves: 'the visits that found a fault at an item, newest first',
    },
    { fields: { 'photos.sha256': 1 }, serves: 'who may see a photo; whose visit waits for it' },
    {
      fields: { pending: 1, receivedAt: 1 },
      partialFilterExpression: { pending: true },
      serves: 'the projector: visits not yet counted',
    },
  ],
);
