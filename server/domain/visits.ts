// Visits (检查): taken in exactly once however often a device sends them, with the orders that follow.
import { AreaModel } from '../../models/area.ts';
import { type MerchantPeriod, MerchantPeriodModel } from '../../models/merchant-period.ts';
import { type Merchant, MerchantModel, scopeKeysOf } from '../../models/merchant.ts';
import { OrderModel } from '../../models/order.ts';
import { UserModel, type Scope } from '../../models/user.ts';
import { type Visit, type VisitBody, VisitModel, type VisitPhoto } from '../../models/visit.ts';
import type { By } from '../../models/words.ts';
import { contentHash, differingPaths } from '../lib/canonical.ts';
import { clock } from '../lib/clock.ts';
import { isDoorCode, normalizeDoorCode } from '../lib/door-code.ts';
import { Problem } from '../lib/problem.ts';
import { inTransaction } from '../lib/transaction.ts';
import { may } from './abilities.ts';
import { type Actor, byOf } from './actor.ts';
import { findChecklist } from './checklists.ts';
import { heldBy, settlePhotos } from './evidence.ts';
import { ordersOf } from './orders-of-visit.ts';
import { distanceTo, faultsOf, faultsOfForm, flagsOf, photosOf, resultOf } from './visit-judgement.ts';

/** Evidence is judged by every scope its sender held in the last 30 days. */
const scopeMemoryMillis = 30 * 86_400_000;

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
async function withArrivals(actor: Actor, visit: Visit): Promise<Visit> {
  if (visit.state !== 'received') return visit;
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
  const checklist = await findChecklist(body.checklist.key, body.checklist.version);
  const wrong = faultsOfForm(body, checklist);
  if (wrong.length > 0) throw new Problem('invalid-request', {}, { errors: wrong });

  const receivedAt = clock.now();
  const place = await whereVisited(actor, body, receivedAt);
  const photos = photosOf(body);
  const held = await heldBy(
    actor,
    photos.map(({ sha256 }) => sha256),
  );
  const slots: VisitPhoto[] = photos.map((photo) => ({ ...photo, present: held.has(photo.sha256) }));
  const distance = distanceTo(body, place.merchant?.point?.coordinates ?? null);
  const inspectors = await inspectorsOf(actor, body, place.areas);
  const faults = place.merchant ? faultsOf(body, checklist) : [];
  const orders = ordersOf(body, faults, {
    keys: place.merchant && scopeKeysOf(place.merchant),
    held,
    issuer: byOf(actor),
    receivedAt,
  });
  const complete = slots.every(({ present }) => present);

  const visit: Visit = {
    _id: body.id,
    district: place.district,
    areas: place.areas,
    taskForces: place.taskForces,
    merchant: place.merchant?._id ?? null,
    site: place.merchant?.site ?? null,
    submittedBy: actor.id,
    inspectors,
    kind: body.kind,
    body,
    contentHash: hash,
    state: complete ? 'complete' : 'received',
    result: resultOf(body),
    photos: slots,
    flags: flagsOf(body, { distance, receivedAt, scopeChanged: place.scopeChanged }),
    distanceMeters: distance,
    location: body.location ? { type: 'Point', coordinates: [body.location.lng, body.location.lat] } : null,
    orders: orders.map(({ _id, item, state, due }) => ({
      _id,
      item,
      state: state === 'closed' ? 'closed' : 'open',
      due,
    })),
    arrivedAt: new Date(body.arrivedAt),
    receivedAt,
    completedAt: complete ? receivedAt : null,
    device,
    pending: true,
  };
  if (orders.length === 0) {
    await VisitModel.create(visit);
    return visit;
  }
  const open = orders.filter(({ state }) => state === 'open').length;
  return inTransaction(async () => {
    await VisitModel.create(visit);
    await OrderModel.insertMany(orders);
    if (open > 0)
      await MerchantModel.updateOne({ _id: visit.merchant ?? '' }, { $inc: { openOrders: open } });
    return visit;
  });
}

type Place = {
  merchant: Merchant | null;
  district: string;
  areas: string[];
  taskForces: string[];
  scopeChanged: boolean;
};

/** Finds the shop, by id or door code. One that is not on file is accepted `unmatched`, kept in the inspector's own areas. */
async function whereVisited(actor: Actor, body: VisitBody, at: Date): Promise<Place> {
  const code = normalizeDoorCode(body.merchant);
  const key = isDoorCode(code) ? { doorCode: code } : { _id: body.merchant };
  const merchant = await MerchantModel.findOne(key, { text: 0, grams: 0, outlook: 0 }).lean<Merchant>();
  if (!merchant) return unmatchedPlace(actor, at);
  const { district, areas, taskForces } = merchant;
  const now = may(actor, 'visit.submit', merchant);
  if (!now && !(await wasInScope(actor, merchant, at))) throw new Problem('merchant-not-found');
  return { merchant, district, areas, taskForces, scopeChanged: !now };
}

/** Whether a scope of the last 30 days fits the shop, as it is or as it was in that time: either may have moved meanwhile. */
async function wasInScope(actor: Actor, merchant: Merchant, at: Date): Promise<boolean> {
  const scopes = recentScopes(actor, at);
  if (may(actor, 'visit.submit', merchant, scopes)) return true;
  const since = new Date(at.getTime() - scopeMemoryMillis);
  const periods = await MerchantPeriodModel.find(
    { merchant: merchant._id, to: { $gt: since } },
    { merchant: 1, areas: 1, taskForces: 1, site: 1 },
  ).lean<MerchantPeriod[]>();
  return periods.some((period) => may(actor, 'visit.submit', period, scopes));
}

function recentScopes(actor: Actor, at: Date): Scope[] {
  const since = at.getTime() - scopeMemoryMillis;
  return actor.scopes.filter(({ from, to }) => from <= at && (to === null || to.getTime() > since));
}

async function unmatchedPlace(actor: Actor, at: Date): Promise<Place> {
  const [scope] = recentScopes(actor, at).toReversed();
  const [first] = scope?.areas ?? [];
  if (actor.role === 'merchant' || scope === undefined || first === undefined)
    throw new Problem('merchant-not-found');
  const area = await AreaModel.findById(first, { path: 1 }).lean();
  const areas = area?.path ?? [first];
  return {
    merchant: null,
    district: areas[2] ?? first,
    areas,
    taskForces: scope.taskForce ? [scope.taskForce] : [],
    scopeChanged: false,
  };
}

/**
 * Left out, it is the caller; named, the caller must be among them, and all must have worked in this area at some time: what
 * they are today does not undo what they did.
 */
async function inspectorsOf(actor: Actor, body: VisitBody, areas: string[]): Promise<By[]> {
  const named = body.inspectors ?? [];
  if (named.length === 0 || (named.length === 1 && named[0] === actor.id)) return [byOf(actor)];
  const users = await UserModel.find(
    { _id: { $in: named }, 'scopes.areas': { $in: areas } },
    { name: 1, role: 1 },
  ).lean();
  const unknown = named.filter((id) => !users.some(({ _id }) => _id === id));
  if (!named.includes(actor.id)) unknown.push(actor.id);
  if (unknown.length > 0) {
    const errors = unknown.map((id) => ({ path: '/inspectors', message: id }));
    throw new Problem('unknown-reference', { field: 'inspectors' }, { errors });
  }
  return users.map(({ _id, name, role }) => ({ kind: 'user', id: _id, role, name }));
}
