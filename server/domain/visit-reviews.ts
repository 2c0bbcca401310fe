// What the desk does with a visit: settles its flags, gives up photos that never came, and says which shop was meant.
import { scopeKeysOf } from '../../models/merchant.ts';
import { OrderModel } from '../../models/order.ts';
import { type Review, type Visit, type VisitFlag, VisitModel } from '../../models/visit.ts';
import { clock } from '../lib/clock.ts';
import { Problem } from '../lib/problem.ts';
import { inTransaction } from '../lib/transaction.ts';
import { type Ability, may, requireAbility } from './abilities.ts';
import { type Actor, byOf } from './actor.ts';
import { recordAudit } from './audit.ts';
import { completeVisit } from './evidence.ts';
import { settingsOf } from './settings.ts';
import { unsettledFlags } from './visit-flags.ts';
import { shopVisited } from './visit-place.ts';
import { presentBody } from './visit-sections.ts';
import { openedBy, summaryOf, writeOrders } from './visits.ts';
import { visibleTo } from './visible-to.ts';

const dayMillis = 86_400_000;

/** Throws `not-found` out of reach, `forbidden` where the visit may be seen but not this done. */
async function visitFor(actor: Actor, id: string, ability: Ability): Promise<Visit> {
  const visit = await visibleTo(actor, VisitModel).findById(id);
  if (!visit) throw new Problem('not-found');
  requireAbility(actor, ability, visit);
  return visit;
}

const isMaker = (actor: Actor, { submittedBy, inspectors }: Visit) =>
  submittedBy === actor.id || inspectors.some(({ id }) => id === actor.id);

/** Settles flags with a reason. Nobody settles those of a visit he made himself. */
export function reviewVisit(
  actor: Actor,
  id: string,
  { flags, outcome, note }: Pick<Review, 'flags' | 'outcome' | 'note'>,
): Promise<Visit> {
  return inTransaction(async () => {
    const visit = await visitFor(actor, id, 'visit.review');
    if (isMaker(actor, visit)) throw new Problem('four-eyes');
    requireFlagged(visit, flags);
    const review: Review = { flags, outcome, note, by: byOf(actor), at: clock.now() };
    const needsReview = unsettledFlags({ ...visit, reviews: [...visit.reviews, review] }).length > 0;
    await recordAudit(actor, 'visit.reviewed', id, { of: visit, after: { flags, outcome, note } });
    return changed(id, { $push: { reviews: review }, $set: { needsReview } });
  });
}

function requireFlagged(visit: Visit, flags: VisitFlag[]): void {
  const errors = flags.flatMap((flag, index) =>
    visit.flags.includes(flag)
      ? []
      : [{ path: `/flags/${index}`, message: '没有这个标记 / the visit does not bear this flag' }],
  );
  if (errors.length > 0) throw new Problem('invalid-request', {}, { errors });
}

/** Gives up photos that have not come within a week, or the days that the area's settings say: a phone may be out of reach so long. One that comes after all is taken in as if nothing had been said. */
export function losePhotos(
  actor: Actor,
  id: string,
  { photos, reason }: { photos: string[]; reason: string },
): Promise<Visit> {
  return inTransaction(async () => {
    const visit = await visitFor(actor, id, 'visit.photos-lost');
    const now = clock.now();
    const errors = photos.flatMap((sha256, index) =>
      visit.photos.some((slot) => slot.sha256 === sha256 && !slot.present && slot.lost === null)
        ? []
        : [{ path: `/photos/${index}`, message: '不是待收的照片 / no photo that this visit waits for' }],
    );
    if (errors.length > 0) throw new Problem('invalid-request', {}, { errors });
    const { photosLostAfterDays } = settingsOf(visit.areas);
    const since = visit.amendments.at(-1)?.at ?? visit.receivedAt;
    if (now.getTime() - since.getTime() < photosLostAfterDays * dayMillis)
      throw new Problem('photos-may-come', { days: photosLostAfterDays });
    const lost = { by: byOf(actor), at: now, reason };
    await VisitModel.updateOne(
      { _id: id },
      { $set: { 'photos.$[slot].lost': lost } },
      { arrayFilters: [{ 'slot.sha256': { $in: photos }, 'slot.present': false }] },
    );
    await OrderModel.updateMany(
      { visit: id, 'history.photos.sha256': { $in: photos } },
      { $set: { 'history.$[].photos.$[slot].lost': true } },
      { arrayFilters: [{ 'slot.sha256': { $in: photos }, 'slot.present': false }] },
    );
    await completeVisit(id);
    await recordAudit(actor, 'visit.photos-lost', id, { of: visit, after: { photos, reason } });
    return changed(id, {});
  });
}

/**
 * Says which shop an unmatched visit was made at. Its faults become orders now, and their clocks begin now: nobody could
 * have told the merchant before.
 */
export function matchVisit(actor: Actor, id: string, { merchant: of }: { merchant: string }): Promise<Visit> {
  return inTransaction(async () => {
    const visit = await visitFor(actor, id, 'visit.match');
    if (visit.merchant !== null) throw new Problem('visit-matched');
    const merchant = await shopVisited({ _id: of });
    if (!merchant || !may(actor, 'visit.match', merchant)) throw new Problem('merchant-not-found');
    const [issuer = byOf(actor)] = visit.inspectors;
    const now = clock.now();
    const body = presentBody(visit);
    const orders = await openedBy(body, merchant, { photos: visit.photos, issuer, receivedAt: now });
    const { district, areas, taskForces, site } = scopeKeysOf(merchant);
    await writeOrders(orders);
    await recordAudit(actor, 'visit.matched', id, { of: visit, after: { merchant: of } });
    return changed(id, {
      $set: {
        merchant: of,
        district,
        areas,
        taskForces: [...new Set([...taskForces, ...visit.taskForces])],
        site,
        orders: orders.map((order) => summaryOf(order, 1)),
        matched: { by: byOf(actor), at: now },
        pending: true,
      },
    });
  });
}

async function changed(id: string, update: object): Promise<Visit> {
  const visit = await VisitModel.findOneAndUpdate({ _id: id }, update, {
    returnDocument: 'after',
  }).lean<Visit>();
  if (!visit) throw new Problem('not-found');
  return visit;
}

/** What this caller may do with a visit now. */
export function visitAbilities(actor: Actor, visit: Visit) {
  return {
    amend: visit.submittedBy === actor.id && (actor.role === 'inspector' || actor.role === 'merchant'),
    review: visit.needsReview && !isMaker(actor, visit) && may(actor, 'visit.review', visit),
    photosLost:
      visit.photos.some(({ present, lost }) => !present && lost === null) &&
      may(actor, 'visit.photos-lost', visit),
    match: visit.merchant === null && may(actor, 'visit.match', visit),
  };
}
