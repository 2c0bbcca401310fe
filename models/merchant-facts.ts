// Versions of a merchant's facts: append-only and salted. The ledger holds the salted hash, so facts can be purged without breaking the proof.
import { defineModel, fixed, part } from './model.ts';
import { type Facts, factsShape } from './merchant.ts';

export type MerchantFacts = {
  _id: string;
  merchant: string;
  version: number;
  salt: string;
  facts: Facts;
  hash: string;
  at: Date;
};

export const MerchantFactsModel = defineModel<MerchantFacts>(
  'merchantfacts',
  {
    merchant: fixed(String),
    version: fixed(Number),
    salt: fixed(String),
    facts: { type: part(factsShape), required: true, immutable: true },
    hash: fixed(String),
    at: fixed(Date),
  },
  [
    {
      fields: { merchant: 1, version: 1 },
      unique: true,
      serves: 'the facts of a merchant by version; no version twice',
    },
  ],
);
