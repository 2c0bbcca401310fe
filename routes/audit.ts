// The audit trail, for auditors and admins.
import type { AuditRecord } from '../models/audit-record.ts';
import { listAudit } from '../server/domain/records.ts';
import { defineRoute } from '../server/http/define-route.ts';
import {
  ByShape,
  closed,
  Instant,
  InstantText,
  nullable,
  pageOf,
  pageQuery,
  text,
  Type,
} from '../server/http/schema.ts';
import { presentBy } from './by.present.ts';

const auditShape = closed({
  id: Type.String(),
  at: Instant,
  by: ByShape,
  byId: Type.String(),
  action: Type.String(),
  noun: Type.String(),
  record: Type.String(),
  before: Type.Unknown(),
  after: Type.Unknown(),
  requestId: nullable(Type.String()),
  address: nullable(Type.String()),
});

function presentAudit({ _id, at, by, action, noun, record, before, after, requestId, address }: AuditRecord) {
  return {
    id: _id,
    at,
    by: presentBy(by),
    byId: by.id,
    action,
    noun,
    record,
    before: before ?? null,
    after: after ?? null,
    requestId,
    address,
  };
}

export const auditRoutes = [
  defineRoute({
    method: 'get',
    path: '/audit',
    summary: 'Who did what, when, from where',
    permission: 'audit.read',
    query: closed({
      ...pageQuery,
      record: Type.Optional(text(128)),
      noun: Type.Optional(text(64, { description: 'what the record is: `order`, `user`, …' })),
      action: Type.Optional(text(64)),
      by: Type.Optional(text(64)),
      from: Type.Optional(InstantText),
      to: Type.Optional(InstantText),
    }),
    answers: { 200: pageOf(auditShape) },
    problems: ['invalid-cursor'],
    handle: async ({ actor, query }) => {
      const { from, to, ...rest } = query;
      const page = await listAudit(actor, {
        ...rest,
        ...(from !== undefined && { from: new Date(from) }),
        ...(to !== undefined && { to: new Date(to) }),
      });
      return { ...page, items: page.items.map(presentAudit) };
    },
  }),
];
