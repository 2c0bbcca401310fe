// How visits are shown: the receipt that a device keeps, the record, and the whole with everything that came later.
import type { Amendment, Review, Visit } from '../models/visit.ts';
import type { Actor } from '../server/domain/actor.ts';
import { flagWords } from '../server/domain/visit-flags.ts';
import { resultOf } from '../server/domain/visit-judgement.ts';
import { visitAbilities } from '../server/domain/visit-reviews.ts';
import { wholeOf } from '../server/domain/visit-sections.ts';
import { presentBy } from './by.present.ts';

const missingOf = ({ photos }: Visit) => photos.filter(({ present }) => !present).map(({ sha256 }) => sha256);
const ordersOf = (orders: Visit['orders']) =>
  orders.map(({ _id, item, state, due }) => ({ id: _id, item, state, ...(due && { due }) }));

/** What was acknowledged once stays so: result and orders are those of the visit as it was sealed, whatever amendments say. */
export function presentReceipt(visit: Visit) {
  const { _id, state, flags, receivedAt, body, orders } = visit;
  return {
    id: _id,
    state,
    result: resultOf(wholeOf(body)),
    missingPhotos: missingOf(visit),
    flags,
    orders: ordersOf(orders.filter(({ version }) => version === 1)),
    receivedAt,
  };
}

export function presentVisit(actor: Actor, visit: Visit) {
  return {
    id: visit._id,
    kind: visit.kind,
    merchant: visit.merchant,
    state: visit.state,
    result: visit.result,
    flags: visit.flags,
    needsReview: visit.needsReview,
    distanceMeters: visit.distanceMeters,
    inspectors: visit.inspectors.map(presentBy),
    arrivedAt: visit.arrivedAt,
    receivedAt: visit.receivedAt,
    completedAt: visit.completedAt,
    photos: visit.photos.map(({ sha256, present, takenAt, source, lost }) => ({
      sha256,
      present,
      takenAt,
      source,
      lost: lost && { by: presentBy(lost.by), at: lost.at, reason: lost.reason },
    })),
    orders: ordersOf(visit.orders),
    version: visit.version,
    can: visitAbilities(actor, visit),
  };
}

/** What the bureau thinks of its inspector's evidence is not for the merchant. */
export function presentWhole(actor: Actor, visit: Visit) {
  const isInternal = actor.role !== 'merchant';
  return {
    ...presentVisit(actor, visit),
    flagDetails: (isInternal ? visit.flags : []).map((flag) => ({
      flag,
      ...flagWords[flag],
      fact: visit.flagFacts[flag] ?? null,
      settled: visit.reviews.some(({ flags }) => flags.includes(flag)),
    })),
    reviews: (isInternal ? visit.reviews : []).map(presentReview),
    matched: visit.matched && { by: presentBy(visit.matched.by), at: visit.matched.at },
    device: isInternal ? visit.device : null,
    contentHash: visit.contentHash,
    body: visit.body,
    amendments: visit.amendments.map(presentAmendment),
  };
}

function presentReview({ flags, outcome, note, by, at }: Review) {
  return { flags, outcome, note, by: presentBy(by), at };
}

function presentAmendment({ _id, version, by, at, sealedAt, reason, body, contentHash }: Amendment) {
  return { id: _id, version, by: presentBy(by), at, sealedAt, reason, contentHash, body };
}
