// The ledger (台账): entries are layers on a merchant's status, blocks seal them in one chain per district.
import { defineModel, fixed } from './model.ts';
import { type Status, statuses } from './merchant.ts';
import { type Successor, successor } from './words.ts';

/** One enacted line. `n` counts the merchant's own entries from 1 without a gap. */
export type LedgerEntry = {
  _id: string;
  district: string;
  merchant: string;
  n: number;
  to: Status | null;
  effectiveFrom: Date;
  effectiveTo: Date | null;
  cancels: number[];
  /** The version of facts it brings, and its salted hash; null when it leaves them as they are. */
  facts: number | null;
  factsHash: string | null;
  /** Who follows the shop while this entry says its status; absent where nobody does, so that other leaves stay as they are. */
  successor?: Successor;
  adjustment: string;
  height: number;
  index: number;
};

export const LedgerEntryModel = defineModel<LedgerEntry>(
  'ledgerentries',
  {
    district: fixed(String),
    merchant: fixed(String),
    n: fixed(Number),
    to: { type: String, enum: [...statuses, null], default: null, immutable: true },
    effectiveFrom: fixed(Date),
    effectiveTo: { type: Date, default: null, immutable: true },
    cancels: { type: [Number], required: true, immutable: true },
    facts: { type: Number, default: null, immutable: true },
    factsHash: { type: String, default: null, immutable: true },
    successor: { type: successor, immutable: true },
    adjustment: fixed(String),
    height: fixed(Number),
    index: fixed(Number),
  },
  [
    {
      fields: { merchant: 1, n: 1 },
      unique: true,
      serves: 'the history of a merchant in order; no gap is filled twice',
    },
    {
      fields: { district: 1, height: 1, index: 1 },
      unique: true,
      serves: 'the entries of a block, in leaf order',
    },
    { fields: { adjustment: 1, height: -1, _id: -1 }, serves: 'the entries of an adjustment, newest first' },
    {
      fields: { effectiveFrom: 1, district: 1, merchant: 1 },
      serves: 'how many entries take effect on each day',
    },
  ],
);

/** A signed header. `hash` covers everything but itself and the signature; `prev` is the hash before it. */
export type LedgerBlock = {
  _id: string;
  district: string;
  height: number;
  adjustment: string;
  /** Hash of the set that was approved: what was done, why, by which notice, to which revision of whom. */
  setHash: string;
  count: number;
  root: string;
  at: Date;
  prev: string;
  hash: string;
  keyId: string;
  signature: string;
};

export const LedgerBlockModel = defineModel<LedgerBlock>(
  'ledgerblocks',
  {
    district: fixed(String),
    height: fixed(Number),
    adjustment: fixed(String),
    setHash: fixed(String),
    count: fixed(Number),
    root: fixed(String),
    at: fixed(Date),
    prev: fixed(String),
    hash: fixed(String),
    keyId: fixed(String),
    signature: fixed(String),
  },
  [
    {
      fields: { district: 1, height: 1 },
      unique: true,
      serves: 'the chain of a district in order; it cannot fork',
    },
  ],
);

/** The end of a district's chain: the one document that two enactments at once both want, so that one waits. */
export type LedgerTip = {
  _id: string;
  height: number;
  hash: string;
  /** Counts what only wanted others to wait; means nothing else. */
  holds?: number;
};
export const LedgerTipModel = defineModel<LedgerTip>('ledgertips', {
  height: { type: Number, required: true },
  hash: { type: String, required: true },
  holds: { type: Number },
});
