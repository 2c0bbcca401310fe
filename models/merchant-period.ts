// Every merchant's stretches of time with one status and one version of facts: the list as of any instant, filtered by the facts of then.
import { chinese, defineModel } from './model.ts';
import { type Facts, type Status, listShape } from './merchant.ts';

/** The end of a period without an end, so that one range query finds it. */
export const openEnd = new Date('9999-12-31T00:00:00Z');

export type MerchantPeriod = Facts & {
  _id: string;
  merchant: string;
  from: Date;
  to: Date;
  district: string;
  areas: string[];
  taskForces: string[];
  siteKind: string | null;
  doorCode: string;
  status: Status;
  since: Date;
  text: string;
};

export const MerchantPeriodModel = defineModel<MerchantPeriod>(
  'merchantperiods',
  {
    ...listShape,
    merchant: { type: String, required: true },
    from: { type: Date, required: true },
    to: { type: Date, required: true },
  },
  [
    {
      fields: { merchant: 1, from: 1 },
      unique: true,
      serves: 'a merchant’s status at an instant; no two periods begin at once',
    },
    {
      fields: { areas: 1, status: 1, merchant: 1, from: 1, to: 1 },
      serves: 'the list of an area as of an instant, in its order',
    },
    {
      fields: { areas: 1, status: 1, category: 1, merchant: 1, from: 1, to: 1 },
      serves: 'the same, of a category',
    },
    {
      fields: { areas: 1, status: 1, name: 1, merchant: 1, from: 1, to: 1 },
      collation: chinese,
      serves: 'the same, by name',
    },
    {
      fields: { areas: 1, status: 1, since: 1, merchant: 1, from: 1, to: 1 },
      serves: 'the same, by newest change',
    },
    { fields: { point: '2dsphere' }, serves: 'the same, of a zone' },
    { fields: { from: 1 }, serves: 'whose status began in a span' },
    { fields: { to: 1 }, serves: 'whose status ended in a span' },
  ],
);
