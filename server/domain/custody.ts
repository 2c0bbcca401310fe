// The custody log (保管记录) of an original: when it came and from whom, who viewed, took or redacted it. Read from the audit
// trail and the holdings: there is no second book.
import { type AuditRecord, AuditRecordModel } from '../../models/audit-record.ts';
import { ObjectionModel } from '../../models/objection.ts';
import { OrderModel } from '../../models/order.ts';
import { type PhotoHolding, PhotoHoldingModel } from '../../models/photo.ts';
import { type User, UserModel } from '../../models/user.ts';
import { VisitModel } from '../../models/visit.ts';
import type { By } from '../../models/words.ts';
import { Problem } from '../lib/problem.ts';
import type { Actor } from './actor.ts';
import { visibleTo } from './visible-to.ts';

export const custodyActs = ['received', 'viewed', 'packed', 'redacted'] as const;
export type CustodyEvent = {
  act: (typeof custodyActs)[number];
  at: Date;
  by: By;
  /** From which address; null for what no request tells. */
  address: string | null;
  /** The redacted photo, or the visit whose package it went into. */
  to: string | null;
};

const atMost = 1_000;

/** Oldest first, at most 1,000 events. Throws `not-found` where no use of the photo is within reach. */
export async function custodyOf(actor: Actor, sha256: string): Promise<CustodyEvent[]> {
  const shown = { $elemMatch: { sha256, present: true } };
  const visits = await VisitModel.find(visibleTo(actor, VisitModel).within({ photos: shown }), {
    submittedBy: 1,
  })
    .limit(atMost)
    .lean();
  const orders = await OrderModel.find(
    visibleTo(actor, OrderModel).within({ history: { $elemMatch: { photos: shown } } }),
    { history: 1 },
  )
    .limit(atMost)
    .lean();
  const objections = await ObjectionModel.find(visibleTo(actor, ObjectionModel).within({ photos: shown }), {
    filedBy: 1,
  })
    .limit(atMost)
    .lean();
  if (visits.length === 0 && orders.length === 0 && objections.length === 0) throw new Problem('not-found');
  // Who else may hold the same bytes is nobody's business here.
  const senders = new Set([
    ...visits.map(({ submittedBy }) => submittedBy),
    ...objections.map(({ filedBy }) => filedBy.id),
    ...orders.flatMap(({ history }) =>
      history.filter(({ photos }) => photos.some((slot) => slot.sha256 === sha256)).map(({ by }) => by.id),
    ),
  ]);
  const events = [
    ...(await receipts(sha256, [...senders])),
    ...(await recorded(
      sha256,
      visits.map(({ _id }) => _id),
    )),
  ];
  return events.sort((a, b) => a.at.getTime() - b.at.getTime()).slice(0, atMost);
}

async function receipts(sha256: string, senders: string[]): Promise<CustodyEvent[]> {
  const held = await PhotoHoldingModel.find({ sha256, holder: { $in: senders } }).lean<PhotoHolding[]>();
  const users = await UserModel.find(
    { _id: { $in: held.map(({ holder }) => holder) } },
    { name: 1, role: 1 },
  ).lean<Pick<User, '_id' | 'name' | 'role'>[]>();
  return held.map(({ holder, at }) => {
    const user = users.find(({ _id }) => _id === holder);
    const by: By = user
      ? { kind: 'user', id: holder, role: user.role, name: user.name }
      : { kind: 'link', id: holder, role: 'link', name: '商户（链接）' };
    return { act: 'received', at, by, address: null, to: null };
  });
}

const actOf: Record<string, CustodyEvent['act']> = {
  'photo.original-viewed': 'viewed',
  'photo.redacted': 'redacted',
  'visit.package-made': 'packed',
};

async function recorded(sha256: string, visits: string[]): Promise<CustodyEvent[]> {
  const records = await AuditRecordModel.find({
    record: { $in: [sha256, ...visits] },
    action: { $in: Object.keys(actOf) },
  })
    .sort({ at: 1 })
    .limit(atMost)
    .lean<AuditRecord[]>();
  return records.flatMap(({ action, at, by, address, record, after }) => {
    const act = actOf[action];
    if (!act) return [];
    const { photos, derived } = (after ?? {}) as { photos?: string[]; derived?: string };
    if (act === 'packed' && !photos?.includes(sha256)) return [];
    return [{ act, at, by, address, to: act === 'packed' ? record : (derived ?? null) }];
  });
}
