// Visits (检查): sealed on a device, kept as received, never changed but for the arrival of photos.
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

export const visitFlags = ['far-from-merchant', 'clock-skew', 'gallery-photo', 'scope-changed'] as const;
export type VisitFlag = (typeof visitFlags)[number];

/** A photo as the visit names it, and whether its sender's bytes have arrived. */
export type VisitPhoto = {
  sha256: string;
  present: boolean;
  takenAt: Date | null;
  source: 'camera' | 'gallery' | null;
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
  photos: VisitPhoto[];
  flags: VisitFlag[];
  distanceMeters: number | null;
  location: Point | null;
  orders: { _id: string; item: string; state: 'open' | 'closed'; due: Date | null }[];
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
    result: { type: String, enum: visitResults, required: true, immutable: true },
    photos: {
      type: [
        part({
          sha256: { type: String, required: true },
          present: { type: Boolean, required: true },
          takenAt: { type: Date, default: null },
          source: { type: String, default: null },
        }),
      ],
      required: true,
    },
    flags: { type: [String], enum: visitFlags, required: true },
    distanceMeters: { type: Number, default: null },
    location: { type: point, default: null },
    orders: { type: [mixed], required: true, immutable: true },
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
    { fields: { submittedBy: 1, receivedAt: -1 }, serves: 'what an inspector handed in' },
    { fields: { 'photos.sha256': 1 }, serves: 'who may see a photo; whose visit waits for it' },
    {
      fields: { pending: 1, receivedAt: 1 },
      partialFilterExpression: { pending: true },
      serves: 'the projector: visits not yet counted',
    },
  ],
);
