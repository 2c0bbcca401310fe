// The audit trail (留痕): who did what to which record, from where. Append-only, written in the transaction of the deed.
import { defineModel, fixed } from './model.ts';
import { type By, by, mixed } from './words.ts';

export type AuditRecord = {
  _id: string;
  at: Date;
  by: By;
  action: string;
  noun: string;
  record: string;
  areas: string[];
  taskForces: string[];
  before: unknown;
  after: unknown;
  requestId: string | null;
  address: string | null;
};

export const AuditRecordModel = defineModel<AuditRecord>(
  'auditrecords',
  {
    at: fixed(Date),
    by: { type: by, required: true, immutable: true },
    action: fixed(String),
    noun: fixed(String),
    record: fixed(String),
    areas: { type: [String], required: true, immutable: true },
    taskForces: { type: [String], required: true, immutable: true },
    before: { type: mixed, default: null, immutable: true },
    after: { type: mixed, default: null, immutable: true },
    requestId: { type: String, default: null, immutable: true },
    address: { type: String, default: null, immutable: true },
  },
  [
    { fields: { areas: 1, at: -1, _id: -1 }, serves: 'the trail of an area, newest first' },
    { fields: { at: -1, _id: -1 }, serves: 'the whole trail, newest first, for an admin' },
    { fields: { record: 1, at: -1 }, serves: 'what happened to one record' },
  ],
);
