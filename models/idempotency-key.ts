// Answers kept for 30 days under a caller's Idempotency-Key, written in the transaction of the deed itself.
import { defineModel, fixed } from './model.ts';
import { mixed } from './words.ts';

export type IdempotencyKey = {
  _id: string;
  requestHash: string;
  status: number;
  answer: unknown;
  headers: Record<string, string>;
  at: Date;
};

export const IdempotencyKeyModel = defineModel<IdempotencyKey>(
  'idempotencykeys',
  {
    requestHash: fixed(String),
    status: { type: Number, required: true },
    answer: { type: mixed, default: null },
    headers: { type: mixed, required: true },
    at: fixed(Date),
  },
  [{ fields: { at: 1 }, expireAfterSeconds: 30 * 86_400, serves: 'keys go after 30 days' }],
);
