// Amendments (更正): a new version of a visit by whoever handed it in. Every version stays readable, and so does the receipt.
import { OrderModel } from '../../models/order.ts';
import {
  type Amendment,
  type Visit,
  type VisitBody,
  VisitModel,
  type VisitPhoto,
} from '../../models/visit.ts';
import { contentHash, differingPaths } from '../lib/canonical.ts';
import { clock } from '../lib/clock.ts';
import { Problem } from '../lib/problem.ts';
import { inTransaction } from '../lib/transaction.ts';
import { type Actor, byOf } from './actor.ts';
import { recordAudit } from './audit.ts';
import { itemsFound } from './visit-findings.ts';
import { flagging } from './visit-flags.ts';
import { resultOf } from './visit-judgement.ts';
import { shopVisited } from './visit-place.ts';
import { wholeOf } from './visit-sections.ts';
import { openedBy, requireSoundForm, slotsOf, summaryOf, withArrivals, writeOrders } from './visits.ts';
import { visibleTo } from './visible-to.ts';

const mostAmendments = 20;

/** `version` is the one that the device had before it, so that two devices cannot overwrite each other. */
export type AmendmentRequest = {
  id: string;
  version: number;
  reason: string;
  sealedAt: string;
  visit: VisitBody;
};

/**
 * Takes an amendment in, exactly once by its id. Throws `not-found`, `forbidden` (somebody else's visit), `stale-version`,
 * `visit-differs` (the same id with other content), `invalid-request` (malformed, or another visit altogether).
 */
export async function amendVisit(
  actor: Actor,
  id: string,
  request: AmendmentRequest,
): Promise<{ visit: Visit; isNew: boolean }> {
  const hash = contentHash(request);
  const visit = await ownVisit(actor, id);
  if (!isRepeat(visit, request.id, hash)) {
    requireSameVisit(visit, request);
    await requireSoundForm(request.visit);
  }
  const photos = await slotsOf(actor, request.visit);
  const { isNew, visit: present } = await inTransaction(() => write(actor, id, request, hash, photos));
  return { visit: await withArrivals(actor, present), isNew };
}

/** Whether this very amendment is in already. Throws `visit-differs` where its id came with other content. */
function isRepeat({ amendments }: Visit, amendment: string, hash: string): boolean {
  const earlier = amendments.find(({ _id }) => _id === amendment);
  if (earlier && earlier.contentHash !== hash) throw new Problem('visit-differs');
  return earlier !== undefined;
}

/** Whoever handed a visit in may find it again, wherever he has been moved since. */
async function ownVisit(actor: Actor, id: string): Promise<Visit> {
  const own = await VisitModel.findOne({ _id: id, submittedBy: actor.id }).lean<Visit>();
  if (own) return own;
  throw new Problem((await visibleTo(actor, VisitModel).findById(id)) ? 'forbidden' : 'not-found');
}

/** An amendment corrects what was seen, not where, when or by which checklist. */
function requireSameVisit(visit: Visit, request: AmendmentRequest): void {
  const stays = [
    'id',
    'kind',
    'merchant',
    'checklist',
    'arrivedAt',
    'sealedAt',
    'inspectors',
    'location',
  ] as const;
  const fixedOf = (body: VisitBody) => ({
    ...Object.fromEntries(stays.map((field) => [field, body[field] ?? null])),
    sections: (body.sections ?? []).map(({ answers: _answers, ...section }) => section),
  });
  const errors = differingPaths(fixedOf(visit.body), fixedOf(request.visit)).map((path) => ({
    path: `/visit${path}`,
    message: '更正不能改这一项 / an amendment cannot change this',
  }));
  if (errors.length > 0) throw new Problem('invalid-request', {}, { errors });
}

async function write(
  actor: Actor,
  id: string,
  { version: base, reason, sealedAt, visit: body, id: amendmentId }: AmendmentRequest,
  hash: string,
  photos: VisitPhoto[],
): Promise<{ visit: Visit; isNew: boolean }> {
  const visit = await VisitModel.findById(id).lean<Visit>();
  if (!visit) throw new Problem('not-found');
  if (isRepeat(visit, amendmentId, hash)) return { visit, isNew: false };
  if (visit.version !== base) throw new Problem('stale-version', {}, { present: visit.version });
  if (visit.amendments.length >= mostAmendments)
    throw new Problem('too-many-amendments', { limit: mostAmendments });
  const now = clock.now();
  const amendment: Amendment = {
    _id: amendmentId,
    version: base + 1,
    by: byOf(actor),
    at: now,
    sealedAt: new Date(sealedAt),
    reason,
    body,
    contentHash: hash,
  };
  const slots = [
    ...visit.photos,
    ...photos.filter(({ sha256 }) => !visit.photos.some((one) => one.sha256 === sha256)),
  ];
  const merchant = await shopVisited({ _id: visit.merchant ?? '' });
  const opened = merchant
    ? await openedBy(body, merchant, { photos: slots, issuer: byOf(actor), receivedAt: now })
    : [];
  const known = await OrderModel.distinct('_id', { visit: id });
  const orders = opened.filter(({ _id }) => !known.includes(_id));
  // Items that are no fault any more: their orders stay, and somebody has to look.
  const withdrawn = visit.orders
    .filter(({ _id }) => !opened.some((order) => order._id === _id))
    .map(({ item }) => item);
  const { findings, passes } = itemsFound(wholeOf(body));
  const flagged = flagging(visit, withdrawn.length > 0 ? { 'fault-withdrawn': withdrawn.join(', ') } : {});
  const isWaiting = slots.some(({ present, lost }) => !present && lost === null);
  const amended = await VisitModel.findOneAndUpdate(
    { _id: id, version: base },
    {
      $set: {
        version: base + 1,
        result: resultOf(wholeOf(body)),
        ...(findings && { findings }),
        passes,
        photos: slots,
        orders: [...visit.orders, ...orders.map((order) => summaryOf(order, base + 1))],
        pending: true,
        ...(isWaiting && { state: 'received', completedAt: null }),
        ...flagged.$set,
      },
      ...(!findings && { $unset: { findings: 1 } }),
      $push: { amendments: amendment },
      $addToSet: flagged.$addToSet,
    },
    { returnDocument: 'after' },
  ).lean<Visit>();
  if (!amended) throw new Problem('stale-version', {}, { present: visit.version });
  await writeOrders(orders);
  await recordAudit(actor, 'visit.amended', id, {
    of: visit,
    before: { version: base, result: visit.result },
    after: { version: base + 1, result: amended.result, reason },
  });
  return { visit: amended, isNew: true };
}
