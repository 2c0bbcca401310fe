// Adjustments (调整单): the only way a merchant's status or facts change. Lines are frozen at submission under one hash.
import { defineModel, fixed } from './model.ts';
import { type Facts, type Status, statuses } from './merchant.ts';
import { type By, type Successor, by, mixed, successor } from './words.ts';

export const adjustmentStates = [
  'draft',
  'submitted',
  'approved',
  'enacting',
  'enacted',
  'rejected',
  'withdrawn',
  'stale',
] as const;
export type AdjustmentState = (typeof adjustmentStates)[number];
/** Nothing more comes of it: what it would have changed is changed, or never will be. */
export const endedStates = ['enacted', 'rejected', 'withdrawn', 'stale'] as const satisfies AdjustmentState[];
/** As long as it is in one of them, an undoing is the only one of what it undoes. */
export const undoingStates = [
  'draft',
  'submitted',
  'enacting',
  'enacted',
] as const satisfies AdjustmentState[];
/**
 * list: status lines by hand · rule: status lines that a selector yields · facts: corrections · undo: layers taken away · emergency:
 * one shop, 24 hours · merge: a shop that is on file twice, deregistered in favour of the other · handover: a shop deregistered, and
 * the new tenant of its place applying.
 */
export const adjustmentKinds = [
  'list',
  'rule',
  'facts',
  'undo',
  'emergency',
  'import',
  'merge',
  'handover',
] as const;
export type AdjustmentKind = (typeof adjustmentKinds)[number];
export const grounds = [
  'application',
  'verified',
  'seed',
  'import',
  'visit',
  'order',
  'complaint',
  'notice',
  'zone',
  'closure',
  'correction',
  'objection',
  'undo',
  'emergency',
  'other',
] as const;
export type Ground = (typeof grounds)[number];

/**
 * What proposes by itself, for people to decide: an order that stays red, visits that fail again and again, a shop that is closed
 * each time, or that nobody has visited for too long; or a zone (风险区) that has begun.
 */
export const proposalRules = ['red-order', 'failed-visits', 'found-closed', 'overdue-cycle', 'zone'] as const;
export type ProposalRule = (typeof proposalRules)[number];
/** What a proposal may rest on; the adjustment is the one that listed a shop. */
export const causeKinds = ['visit', 'order', 'adjustment', 'zone'] as const;
export type Cause = { kind: (typeof causeKinds)[number]; id: string };

export type Conflict = { merchant: string; code: string; message: string };
/** How many shops a draft leaves as they are: those in the status already, those a rule excepts, and all that cannot follow. */
export type PassedOver = { already: number; excepted: number; conflicts: number };
/**
 * open-…: what is not settled at the shops · plan-…: layers that begin later · already-ends: shops in the status already, which
 * leave it by a plan or by time · later-stays: what was painted after a layer to be undone · unplaced: shops that a rule with a
 * zone would mean, had they a place on file · look-alikes: shops of the name and address of one that is new.
 */
export const remarkCodes = [
  'open-orders',
  'open-visits',
  'plan-stays',
  'plan-ends',
  'already-ends',
  'later-stays',
  'unplaced',
  'look-alikes',
] as const;
export type RemarkCode = (typeof remarkCodes)[number];
/** What a draft points out at shops, for people to know: at how many shops, how often, and the first of them. */
export type Remark = {
  code: RemarkCode;
  shops: number;
  count: number;
  merchants: { merchant: string; name: string }[];
};
export type Adjustment = {
  _id: string;
  district: string;
  /** Areas and task forces that all its lines share: who may see it. */
  areas: string[];
  taskForces: string[];
  kind: AdjustmentKind;
  state: AdjustmentState;
  to: Status | null;
  ground: Ground;
  reason: string;
  notice: string | null;
  basis: { kind: string; id: string } | null;
  /** Merchant and rule of what the system proposes: at most one open at a time. */
  proposal: string | null;
  /** What such a proposal rests on; absent in others. */
  causes?: Cause[];
  /** When time alone takes its cause away. */
  proposalEndsAt?: Date | null;
  effectiveFrom: Date | null;
  effectiveTo: Date | null;
  rule: { where: Record<string, unknown>; except?: Record<string, unknown> } | null;
  undoes: string | null;
  /** The enacted rule whose later matches it takes up; absent where it follows none. */
  follows?: string;
  count: number;
  /** The one shop that it changes, of a handover the one that leaves; null where it changes more. */
  merchant: string | null;
  /** Null in drafts of before this was counted. */
  passedOver: PassedOver | null;
  /** The first of them, those in the status already last. */
  conflicts: Conflict[];
  /** Absent in drafts of before this was looked for. */
  remarks?: Remark[];
  /** Hash of the frozen set: an approver must send it. */
  setHash: string;
  needsApproval: boolean;
  draftedBy: By;
  draftedAt: Date;
  submittedBy: By | null;
  submittedAt: Date | null;
  decidedBy: By | null;
  decidedAt: Date | null;
  decisionNote: string | null;
  enactedAt: Date | null;
  height: number | null;
  /** Until when an emergency must be confirmed, and who confirmed it. */
  confirmBy: Date | null;
  confirmedBy: By | null;
  confirmedAt: Date | null;
  /** How far it is while `enacting`; absent before and after. */
  enactment?: ChunkedEnactment | null;
  /** Its lines hold contacts, from this one on; absent where they hold none (any more). */
  contactsFrom?: number;
  rev: number;
};

/** More than one transaction holds: sealed in one block, then written part by part. */
export type ChunkedEnactment = {
  /** Salts of facts come from it, so that a part that is written anew is the same. */
  seed: string;
  /** Lines that were looked at before it is sealed. */
  reckoned?: number;
  /** What was sealed; null before. */
  sealed: { height: number; at: Date; effectiveFrom: Date } | null;
  /** Lines that are written already. */
  written: number;
  /** When its writer was heard of last. */
  heardAt: Date | null;
};

export const AdjustmentModel = defineModel<Adjustment>(
  'adjustments',
  {
    district: fixed(String),
    areas: { type: [String], required: true },
    taskForces: { type: [String], required: true },
    kind: { type: String, enum: adjustmentKinds, required: true, immutable: true },
    state: { type: String, enum: adjustmentStates, required: true },
    to: { type: String, enum: [...statuses, null], default: null },
    ground: { type: String, enum: grounds, required: true },
    reason: { type: String, default: '' },
    notice: { type: String, default: null },
    basis: { type: mixed, default: null },
    proposal: { type: String, default: null },
    causes: { type: [mixed], default: undefined },
    proposalEndsAt: { type: Date },
    effectiveFrom: { type: Date, default: null },
    effectiveTo: { type: Date, default: null },
    rule: { type: mixed, default: null },
    undoes: { type: String, default: null },
    follows: { type: String },
    count: { type: Number, required: true },
    merchant: { type: String, default: null },
    passedOver: { type: mixed, default: null },
    conflicts: { type: [mixed], required: true },
    remarks: { type: [mixed], default: undefined },
    setHash: { type: String, required: true },
    needsApproval: { type: Boolean, required: true },
    draftedBy: { type: by, required: true, immutable: true },
    draftedAt: fixed(Date),
    submittedBy: { type: by, default: null },
    submittedAt: { type: Date, default: null },
    decidedBy: { type: by, default: null },
    decidedAt: { type: Date, default: null },
    decisionNote: { type: String, default: null },
    enactedAt: { type: Date, default: null },
    height: { type: Number, default: null },
    confirmBy: { type: Date, default: null },
    confirmedBy: { type: by, default: null },
    confirmedAt: { type: Date, default: null },
    enactment: { type: mixed, default: null },
    contactsFrom: { type: Number },
    rev: { type: Number, required: true },
  },
  [
    {
      fields: { areas: 1, state: 1, draftedAt: -1, _id: -1 },
      serves: 'the adjustments of an area by state, newest first',
    },
    { fields: { areas: 1, draftedAt: -1, _id: -1 }, serves: 'all adjustments of an area, newest first' },
    {
      fields: { 'draftedBy.id': 1, draftedAt: -1, _id: -1 },
      serves: 'what somebody drafted, wherever it lies',
    },
    {
      fields: { 'submittedBy.id': 1, draftedAt: -1, _id: -1 },
      serves: 'what somebody submitted, wherever it lies',
    },
    {
      fields: { state: 1, district: 1 },
      partialFilterExpression: { state: 'enacting' },
      serves: 'the sweep: what is being written; what others must not touch meanwhile',
    },
    {
      fields: { contactsFrom: 1 },
      partialFilterExpression: { contactsFrom: { $gte: 0 } },
      serves: 'the sweep: ended adjustments whose lines hold contacts still',
    },
    {
      fields: { undoes: -1 },
      unique: true,
      partialFilterExpression: {
        undoes: { $type: 'string' },
        state: { $in: undoingStates },
      },
      serves: 'an adjustment is undone once',
    },
    {
      fields: { follows: 1, draftedAt: -1 },
      partialFilterExpression: { follows: { $type: 'string' } },
      serves: 'what took up the later matches of a rule',
    },
    {
      fields: { follows: 1 },
      unique: true,
      partialFilterExpression: { follows: { $type: 'string' }, state: { $in: ['draft', 'submitted'] } },
      serves: 'one draft at a time takes them up',
    },
    {
      fields: { proposal: 1, draftedAt: -1 },
      partialFilterExpression: { proposal: { $type: 'string' } },
      serves: 'what was proposed of a shop by a rule, and what became of it',
    },
    {
      fields: { proposalEndsAt: 1 },
      partialFilterExpression: { proposalEndsAt: { $type: 'date' } },
      serves: 'the sweep: proposals whose cause may have gone by time',
    },
    {
      fields: { proposal: 1 },
      unique: true,
      partialFilterExpression: { proposal: { $type: 'string' }, state: { $in: ['draft', 'submitted'] } },
      serves: 'one open proposal per merchant and rule',
    },
  ],
);

/** One merchant of an adjustment, with the revision that the drafter saw. */
export type AdjustmentLine = {
  _id: string;
  adjustment: string;
  index: number;
  merchant: string;
  rev: number;
  /** The version of facts that showed when it was drafted; 0 for a shop that is new. */
  factsVersion: number;
  from: Status | null;
  to: Status | null;
  /** The whole facts after the line; null when only the status changes. */
  facts: Facts | null;
  cancels: number[];
  /** Who follows the shop; absent where nobody does. */
  successor?: Successor;
  /** Whom to call from then on; gone with its salt when the adjustment has ended. */
  contact: { name: string; phone: string } | null;
  contactSalt?: string | null;
  /** The salted hash of the contact, by which it belongs to the frozen set; null where the line leaves contacts alone. */
  contactHash?: string | null;
};

export const AdjustmentLineModel = defineModel<AdjustmentLine>(
  'adjustmentlines',
  {
    adjustment: fixed(String),
    index: fixed(Number),
    merchant: fixed(String),
    rev: { type: Number, required: true },
    factsVersion: { type: Number, required: true },
    from: { type: String, default: null },
    to: { type: String, default: null },
    facts: { type: mixed, default: null },
    cancels: { type: [Number], required: true },
    successor: { type: successor },
    contact: { type: mixed, default: null },
    contactSalt: { type: String, default: null },
    contactHash: { type: String, default: null },
  },
  [
    { fields: { adjustment: 1, index: 1 }, unique: true, serves: 'the lines of an adjustment in order' },
    { fields: { merchant: 1 }, serves: 'the adjustments that name a merchant' },
  ],
);

/** How many merchants one person has changed alone on a day, and how many emergencies: beyond the limit a second person must look. */
export type SingleHandCount = { _id: string; count: number; at: Date };
export const SingleHandCountModel = defineModel<SingleHandCount>(
  'singlehandcounts',
  {
    count: { type: Number, required: true },
    at: { type: Date, required: true },
  },
  [{ fields: { at: 1 }, expireAfterSeconds: 7 * 86_400, serves: 'counts of past days go by themselves' }],
);
