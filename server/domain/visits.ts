// Visits (检查): taken in exactly once however often a device sends them, with the orders that follow.
import { type Merchant, MerchantModel, scopeKeysOf } from '../../models/merchant.ts';
import { type Order, OrderModel } from '../../models/order.ts';
import { type Visit, type VisitBody, VisitModel, type VisitPhoto } from '../../models/visit.ts';
import type { By } from '../../models/words.ts';
import { contentHash, differingPaths } from '../lib/canonical.ts';
import { clock } from '../lib/clock.ts';
import { Problem } from '../lib/problem.ts';
import { inTransaction } from '../lib/transaction.ts';
import { type Actor, byOf } from './actor.ts';
import { findChecklist } from './checklists.ts';
import { heldBy, settlePhotos } from './evidence.ts';
import { markChanged } from './feed-marks.ts';
import { ordersOf } from './orders-of-visit.ts';
import { settingsOf } from './settings.ts';
import { itemsFound } from './visit-findings.ts';
import { factsOf } from './visit-flags.ts';
import { distanceTo, faultsOf, faultsOfForm, flagsOf, photosOf, resultOf } from './visit-judgement.ts';
import { inspectorsOf, whereVisited } from './visit-place.ts';
import { faultsOfSections, partsOf, type VisitPart, wholeOf } from './visit-sections.ts';
import { writeVisit } from './visit-writer.ts';

/**
 * Takes a sealed visit in. The device's id makes it exactly once: the same content again answers the present receipt, other
 * content `visit-differs` with the differing paths, another user's id `id-taken`. A clean visit without photos costs one
 * read and one insert.
 */
export async function submitVisit(
  actor: Actor,
  body: VisitBody,
  device: string | null = null,
): Promise<{ visit: Visit; isNew: boolean }> {
  const hash = contentHash(body);
  let visit: Visit;
  try {
    visit = await takeIn(actor, body, hash, device);
  } catch (error) {
    const earlier = await VisitModel.findById(body.id).lean<Visit>();
    if (!earlier) throw error;
    return { visit: await withArrivals(actor, sameVisit(actor, earlier, body, hash)), isNew: false };
  }
  return { visit: await withArrivals(actor, visit), isNew: true };
}

/** The visit with the photos that came in beside it, or were held when a server was killed before it could say so. */
export async function withArrivals(actor: Actor, visit: Visit): Promise<Visit> {
  if (visit.state === 'complete') return visit;
  const held = await heldBy(
    actor,
    visit.photos.map(({ sha256 }) => sha256),
  );
  if (held.size === 0) return visit;
  await settlePhotos(actor, [...held]);
  return (await VisitModel.findById(visit._id).lean<Visit>()) ?? visit;
}

/** A repeat of what is stored; anything else under the same id is refused, and to a stranger without a word of why. */
function sameVisit(actor: Actor, earlier: Visit, body: VisitBody, hash: string): Visit {
  if (earlier.submittedBy !== actor.id) throw new Problem('id-taken');
  if (earlier.contentHash === hash) return earlier;
  const errors = differingPaths(earlier.body, body).map((path) => ({
    path,
    message: '与已收内容不同 / differs from what was received',
  }));
  throw new Problem('visit-differs', {}, { errors });
}

async function takeIn(actor: Actor, body: VisitBody, hash: string, device: string | null): Promise<Visit> {
  if ((actor.role === 'merchant') !== (body.kind === 'self')) throw new Problem('forbidden');
  await requireSoundForm(body);

  const receivedAt = clock.now();
  const place = await whereVisited(actor, body, receivedAt);
  const { merchant } = place;
  const photos = await slotsOf(actor, body);
  const distance = distanceTo(body, merchant?.point?.coordinates ?? null);
  const orders = merchant ? await openedBy(body, merchant, { photos, issuer: byOf(actor), receivedAt }) : [];
  const complete = photos.every(({ present }) => present);
  const found = { distance, receivedAt, scopeChanged: place.scopeChanged };
  const flags = flagsOf(body, found, settingsOf(place.areas));

  const visit: Visit = {
    _id: body.id,
    district: place.district,
    areas: place.areas,
    taskForces: united(place.taskForces, partsOf(body)),
    merchant: merchant?._id ?? null,
    site: merchant?.site ?? null,
    submittedBy: actor.id,
    inspectors: await inspectorsOf(actor, body, place.areas),
    kind: body.kind,
    body,
    contentHash: hash,
    state: complete ? 'complete' : 'received',
    result: resultOf(wholeOf(body)),
    ...itemsFound(wholeOf(body)),
    photos,
    flags,
    flagFacts: factsOf(flags, body, found),
    reviews: [],
    needsReview: flags.length > 0,
    distanceMeters: distance,
    location: body.location ? { type: 'Point', coordinates: [body.location.lng, body.location.lat] } : null,
    orders: orders.map((order) => summaryOf(order, 1)),
    version: 1,
    amendments: [],
    matched: null,
    arrivedAt: new Date(body.arrivedAt),
    receivedAt,
    completedAt: complete ? receivedAt : null,
    device,
    pending: true,
  };
  if (orders.length === 0) {
    await writeVisit(visit);
    return visit;
  }
  return inTransaction(async () => {
    await VisitModel.create(visit);
    await writeOrders(orders);
    return visit;
  });
}

/** Throws `invalid-request` with the paths of everything that makes the visit malformed, part by part. */
export async function requireSoundForm(body: VisitBody): Promise<void> {
  const errors = faultsOfSections(body);
  if (errors.length === 0)
    for (const { at, body: part } of partsOf(body)) {
      const checklist = await findChecklist(part.checklist.key, part.checklist.version);
      errors.push(
        ...faultsOfForm(part, checklist).map(({ path, message }) => ({ path: `${at}${path}`, message })),
      );
    }
  if (errors.length > 0) throw new Problem('invalid-request', {}, { errors });
}

/** A slot for each photo that the visit names, present where its sender holds the bytes. */
export async function slotsOf(actor: Actor, body: VisitBody): Promise<VisitPhoto[]> {
  const photos = photosOf(wholeOf(body));
  const held = await heldBy(
    actor,
    photos.map(({ sha256 }) => sha256),
  );
  return photos.map((photo) => ({ ...photo, present: held.has(photo.sha256), lost: null }));
}

type Opening = { photos: VisitPhoto[]; issuer: By; receivedAt: Date };

/** The orders that a visit's faults become, of all its parts; a section's are its task force's to follow, too. */
export async function openedBy(
  body: VisitBody,
  merchant: Merchant,
  { photos, issuer, receivedAt }: Opening,
): Promise<Order[]> {
  const orders: Order[] = [];
  for (const part of partsOf(body)) {
    const checklist = await findChecklist(part.body.checklist.key, part.body.checklist.version);
    const keys = { ...scopeKeysOf(merchant), taskForces: united(merchant.taskForces, [part]) };
    const context = { keys, photos, issuer, receivedAt, section: part.key };
    orders.push(...ordersOf(part.body, faultsOf(part.body, checklist), context));
  }
  return orders;
}

function united(taskForces: string[], parts: VisitPart[]): string[] {
  return [...new Set([...taskForces, ...parts.flatMap(({ taskForce }) => taskForce ?? [])])];
}

/** How a visit remembers an order that it opened. */
export function summaryOf({ _id, item, state, due }: Order, version: number): Visit['orders'][number] {
  return { _id, item, state: state === 'closed' ? 'closed' : 'open', due, version };
}

/** Within the transaction of what opens them. */
export async function writeOrders(orders: Order[]): Promise<void> {
  const [first] = orders;
  if (!first) return;
  await OrderModel.insertMany(orders);
  const open = orders.filter(({ state }) => state === 'open').length;
  if (open === 0) return;
  await MerchantModel.updateOne({ _id: first.merchant }, { $inc: { openOrders: open } });
  await markChanged([first.merchant]);
}
