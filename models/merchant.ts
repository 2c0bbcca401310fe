// Merchants (商户): one shop each, with the facts and the status that the ledger gives it. Only enacting an adjustment writes them.
import { chinese, defineModel, part } from './model.ts';
import { type Point, type ScopeKeys, type Successor, mixed, point, successor } from './words.ts';

export const statuses = [
  'applying',
  'verifying',
  'listed',
  'suspended',
  'removed',
  'rejected',
  'deregistered',
] as const;
export type Status = (typeof statuses)[number];
export const modes = ['in-store', 'pick-up', 'delivery'] as const;
export type Mode = (typeof modes)[number];

/** What a merchant is, as one version of its facts says. */
export type Facts = {
  name: string;
  uscc: string | null;
  outlet: number;
  registerNumber: string | null;
  category: string;
  gbt4754: string | null;
  subdistrict: string;
  address: string;
  point: Point | null;
  site: string | null;
  mode: Mode[];
  capacity: number | null;
};

/** A stretch of time with one status. `from` ≤ t < `to`; null means without an end that is known. */
export type Period = {
  from: Date;
  to: Date | null;
  status: Status;
  /** Since when the status has been this without a break; one that was undone is none. */
  since: Date;
  /** The entry whose layer shows. */
  entry: number;
  facts: number;
  adjustment: string;
  ground: string;
  reason: string;
  notice: string | null;
  /** Who follows the shop while this shows; absent where nobody does. */
  successor?: Successor;
};

export type Merchant = Facts & {
  _id: string;
  district: string;
  areas: string[];
  taskForces: string[];
  siteKind: string | null;
  doorCode: string;
  /** Codes of papers that were lost or misused: they open nothing any more. */
  formerDoorCodes?: string[];
  status: Status;
  since: Date;
  /** The present and all planned periods, in order: single reads fold these with the clock and are never late. */
  outlook: Period[];
  /** When the stored status must move on by itself; null when nothing is planned. */
  nextAt: Date | null;
  /** How many ledger entries it has, and how many versions of its facts. */
  entries: number;
  factsVersion: number;
  /** When the layers last changed; the list as of earlier than this is read from the periods. */
  rev: number;
  text: string;
  grams: string[];
  lastVisit: { at: Date; result: string } | null;
  openOrders: number;
  risk: 'A' | 'B' | 'C' | 'D' | null;
  /** Counts how often an adjustment took hold of the record before reading it; means nothing else. */
  holds?: number;
  /** People have decided that it need not be visited sooner; gone with the next visit, and when it leaves the list. */
  cycleDecided?: true;
};

/** The scope keys of a merchant's record, as visits and orders copy them. */
export function scopeKeysOf(
  merchant: Pick<Merchant, '_id' | 'district' | 'areas' | 'taskForces' | 'site'>,
): ScopeKeys {
  const { _id, district, areas, taskForces, site } = merchant;
  return { district, areas, taskForces, merchant: _id, site };
}

const period = part({
  from: { type: Date, required: true },
  to: { type: Date, default: null },
  status: { type: String, enum: statuses, required: true },
  since: { type: Date, required: true },
  entry: { type: Number, required: true },
  facts: { type: Number, required: true },
  adjustment: { type: String, required: true },
  ground: { type: String, required: true },
  reason: { type: String, default: '' },
  notice: { type: String, default: null },
  successor: { type: successor },
});

export const factsShape = {
  name: { type: String, required: true },
  uscc: { type: String, default: null },
  outlet: { type: Number, required: true },
  registerNumber: { type: String, default: null },
  category: { type: String, required: true },
  gbt4754: { type: String, default: null },
  subdistrict: { type: String, required: true },
  address: { type: String, required: true },
  point: { type: point, default: null },
  site: { type: String, default: null },
  mode: { type: [String], enum: modes, required: true },
  capacity: { type: Number, default: null },
};

/** What a list is filtered by, on the present list and on the list as of an instant alike. */
export const listShape = {
  ...factsShape,
  district: { type: String, required: true },
  areas: { type: [String], required: true },
  taskForces: { type: [String], required: true },
  siteKind: { type: String, default: null },
  doorCode: { type: String, required: true },
  status: { type: String, enum: statuses, required: true },
  since: { type: Date, required: true },
  text: { type: String, required: true },
};

export const MerchantModel = defineModel<Merchant>(
  'merchants',
  {
    ...listShape,
    formerDoorCodes: { type: [String], default: undefined },
    grams: { type: [String], required: true },
    outlook: { type: [period], required: true },
    nextAt: { type: Date, default: null },
    entries: { type: Number, required: true },
    factsVersion: { type: Number, required: true },
    rev: { type: Number, required: true },
    lastVisit: { type: mixed, default: null },
    openOrders: { type: Number, required: true },
    risk: { type: String, default: null },
    holds: { type: Number },
    cycleDecided: { type: Boolean },
  },
  [
    { fields: { doorCode: 1 }, unique: true, serves: 'door scan; a code opens one shop' },
    {
      fields: { formerDoorCodes: 1 },
      partialFilterExpression: { formerDoorCodes: { $type: 'string' } },
      serves: 'a scan of a paper that was replaced',
    },
    {
      fields: { district: 1, uscc: 1, outlet: 1 },
      unique: true,
      partialFilterExpression: { uscc: { $type: 'string' } },
      serves: 'one shop per credit code and outlet in a district',
    },
    {
      fields: { district: 1, registerNumber: 1 },
      unique: true,
      partialFilterExpression: { registerNumber: { $type: 'string' } },
      serves: 'one shop per register number in a district',
    },
    { fields: { uscc: 1 }, serves: 'public status by credit code' },
    { fields: { registerNumber: 1 }, serves: 'public status by register number' },
    { fields: { areas: 1, status: 1, _id: 1 }, serves: 'the list of an area by status, and its count' },
    { fields: { areas: 1, status: 1, name: 1, _id: 1 }, collation: chinese, serves: 'the list by name' },
    { fields: { areas: 1, status: 1, category: 1, _id: 1 }, serves: 'the list of a category' },
    { fields: { areas: 1, status: 1, since: 1, _id: 1 }, serves: 'the list by newest change' },
    {
      fields: { areas: 1, status: 1, 'lastVisit.at': 1, _id: 1 },
      serves: 'the list by last visit, and who was visited since an instant',
    },
    { fields: { site: 1, _id: 1 }, serves: 'the shops of a market, and an operator’s scope' },
    {
      fields: { grams: 1, district: 1 },
      serves: 'search by part of a name, pinyin, initials, code or street',
    },
    { fields: { point: '2dsphere' }, serves: 'shops near a point, and in a zone' },
    {
      fields: { areas: 1, status: 1, name: 1 },
      partialFilterExpression: { point: { $type: 'null' } },
      serves: 'the shops of an area without a place on file, of which no zone knows',
    },
    {
      fields: { 'outlook.successor.merchant': 1 },
      partialFilterExpression: { 'outlook.successor.merchant': { $type: 'string' } },
      serves: 'whom a shop follows',
    },
    {
      fields: { nextAt: 1 },
      partialFilterExpression: { nextAt: { $type: 'date' } },
      serves: 'the sweep: whose status is due to move',
    },
    {
      fields: { subdistrict: 1, cycleDecided: 1, 'lastVisit.at': 1, since: 1 },
      partialFilterExpression: { status: 'listed' },
      serves: 'the sweep: listed shops that nobody has visited for longest',
    },
    {
      fields: { cycleDecided: 1, status: 1 },
      partialFilterExpression: { cycleDecided: true },
      serves: 'the sweep: who left the list after people decided about its cycle',
    },
  ],
);
