// Merchants (商户) as a caller sees them: lists, single records, applications and corrections of facts.
import type { Adjustment } from '../../models/adjustment.ts';
import { MerchantContactModel } from '../../models/merchant-contact.ts';
import { type MerchantPeriod, MerchantPeriodModel } from '../../models/merchant-period.ts';
import { type Facts, type Merchant, MerchantModel, type Period, statuses } from '../../models/merchant.ts';
import { UserModel } from '../../models/user.ts';
import { clock } from '../lib/clock.ts';
import { ids } from '../lib/ids.ts';
import { invalidPart, Problem } from '../lib/problem.ts';
import { afterCommit } from '../lib/transaction.ts';
import { type Filter, joined, may, requireAbility } from './abilities.ts';
import type { Actor } from './actor.ts';
import { draftAdjustment } from './adjustment-drafts.ts';
import { enacting, submitForOwner } from './adjustments.ts';
import { deriveFrom, factsOf, tidyCodes } from './facts.ts';
import { requireWholeAt } from './half-written.ts';
import { presentStretch } from './ledger-fold.ts';
import { listPage, orderBy, type Page, type PageRequest } from './lists.ts';
import { type Relations, relationsOf } from './related-shops.ts';
import { gramIndex, searchOf, textFilter } from './search.ts';
import type { Condition } from './selector.ts';
import { visibleTo } from './visible-to.ts';
import { filterOf } from './zone-grounds.ts';

export { factsOf };

export type ContactView = { name: string; phone: string; masked: boolean };
/** A merchant with the status that its layers give it at this very moment. */
export type MerchantView = {
  merchant: Merchant;
  present: Period;
  contact: ContactView | null;
  relations: Relations;
};

const sortFields = {
  id: '_id',
  name: 'name',
  since: 'since',
  doorCode: 'doorCode',
  subdistrict: 'subdistrict',
  category: 'category',
  lastVisit: 'lastVisit.at',
  openOrders: 'openOrders',
};
export const merchantSorts = Object.keys(sortFields).flatMap((name) => [name, `-${name}`]);
const asOfSorts = ['id', 'name', 'since', 'doorCode', 'subdistrict', 'category'];

export type MerchantQuery = PageRequest & {
  where: Condition;
  q?: string;
  near?: [number, number];
  radiusMeters?: number;
  sort?: string;
};

/** What narrows the present list, within the actor's scope. `isRare` where a search finds so few that its index is read. */
export async function presentFilter(
  actor: Actor,
  query: MerchantQuery,
  more: Filter[] = [],
): Promise<{ filter: Filter; isRare: boolean }> {
  const search = query.q === undefined ? null : await searchOf(query.q);
  const conditions = [...(await conditionsOf(query)), ...(search ? [search.filter] : []), ...more];
  return {
    filter: visibleTo(actor, MerchantModel).within(joined(conditions)),
    isRare: search?.isRare ?? false,
  };
}

/** With each status named, an index gives the order of every one of them, and they are merged: nothing is sorted in memory. */
const anyStatus: Filter = { status: { $in: [...statuses] } };

/** The present list within the actor's scope. */
export async function listMerchants(actor: Actor, query: MerchantQuery): Promise<Page<Merchant>> {
  const conditions: Filter[] = [];
  const order = orderBy(query.sort ?? 'id', sortFields);
  if (query.where.status === undefined) conditions.push(anyStatus);
  if (order.field === 'name' && actor.role === 'merchant')
    conditions.push({ areas: { $in: await areasOfOwn(actor) } });
  const { filter, isRare } = await presentFilter(actor, query, conditions);
  const listing = {
    filter,
    order,
    projection: { text: 0, grams: 0 } as const,
    // Sorting names takes their collation, under which no index of grams can be read.
    ...(isRare && order.field !== 'name' && { hint: gramIndex }),
  };
  return listPage<Merchant>(MerchantModel, listing, query);
}

/** Where a merchant's own shops lie: ids cannot be looked up under the collation of names, areas can. */
async function areasOfOwn(actor: Actor): Promise<string[]> {
  const own = visibleTo(actor, MerchantModel).within({});
  return MerchantModel.distinct('subdistrict', own);
}

/**
 * What narrows the list as of an instant, within the actor's scope. Throws `invalid-request` for what only the present has, and
 * `unavailable` while that list is still being written.
 */
export async function asOfFilter(actor: Actor, query: MerchantQuery, asOf: Date): Promise<Filter> {
  const { id, hasOpenOrders, notVisitedSince, visitedSince, lastVisit, risk, ...where } = query.where;
  const sort = query.sort ?? 'id';
  const ofThePresent = [hasOpenOrders, notVisitedSince, visitedSince, lastVisit, risk];
  if (ofThePresent.some((field) => field !== undefined) || !asOfSorts.includes(sort.replace('-', '')))
    throw invalidPart(
      '/query/asOf',
      '过去的名单只能按名单本身的字段筛选和排序 / only facts and status exist as of an instant',
    );
  await requireWholeAt(actor, asOf);
  const { q } = query;
  const conditions = [
    ...(await conditionsOf({ ...query, where })),
    { from: { $lte: asOf }, to: { $gt: asOf } },
  ];
  if (where.status === undefined) conditions.push(anyStatus);
  const search = q === undefined ? null : textFilter(q);
  if (search) conditions.push(search);
  if (id !== undefined) conditions.push({ merchant: Array.isArray(id) ? { $in: id } : id });
  return visibleTo(actor, MerchantPeriodModel).within(joined(conditions));
}

/** The list as of an instant, with the facts of then. For a future one: as planned. */
export async function listMerchantsAsOf(
  actor: Actor,
  query: MerchantQuery,
  asOf: Date,
): Promise<Page<MerchantPeriod>> {
  const filter = await asOfFilter(actor, query, asOf);
  const order = orderBy(query.sort ?? 'id', { ...sortFields, id: 'merchant' });
  return listPage<MerchantPeriod>(
    MerchantPeriodModel,
    { filter, order, projection: { text: 0 }, idField: 'merchant' },
    query,
  );
}

async function conditionsOf({ where, near, radiusMeters = 500 }: MerchantQuery): Promise<Filter[]> {
  const conditions = [await filterOf({ where })];
  if (near) conditions.push({ point: { $geoWithin: { $centerSphere: [near, radiusMeters / 6_378_100] } } });
  return conditions;
}

/** A merchant's record. Throws `merchant-not-found` for what does not exist or lies out of scope. */
export async function findMerchant(actor: Actor, id: string): Promise<Merchant> {
  const merchant = await visibleTo(actor, MerchantModel).findById(id);
  if (!merchant) throw new Problem('merchant-not-found');
  return merchant;
}

/** A merchant as its page shows it. Throws `merchant-not-found` as `findMerchant` does. */
export async function viewMerchant(actor: Actor, id: string): Promise<MerchantView> {
  const merchant = await findMerchant(actor, id);
  const present = presentPeriod(merchant);
  const seesContact = may(actor, 'merchant.contact', merchant);
  const contact = await MerchantContactModel.findById(id).lean();
  return {
    merchant,
    present,
    contact: contact && { name: contact.name, phone: contact.phone, masked: !seesContact },
    relations: await relationsOf(actor, id, present),
  };
}

/** The period that holds now. The stored status may lag by a second, this never does. */
export function presentPeriod(merchant: Merchant): Period {
  const present = presentStretch(merchant.outlook, clock.now());
  if (!present) throw new Error(`merchant ${merchant._id} has no present status`);
  return present;
}

/** A merchant as the list shows it, to whoever may see it: nothing of persons. */
export function shownOnList(merchant: Merchant) {
  const { _id, doorCode, taskForces, lastVisit, openOrders, risk, rev } = merchant;
  const { status, since } = presentPeriod(merchant);
  return {
    id: _id,
    ...factsOf(merchant),
    doorCode,
    taskForce: taskForces[0] ?? null,
    status,
    since,
    lastVisit: lastVisit && { at: lastVisit.at, result: lastVisit.result },
    openOrders,
    risk,
    rev,
  };
}

export type Application = { facts: Facts; contact: { name: string; phone: string } | null };

/** Applications of one merchant's account that wait to be taken up, at most. */
const openApplications = 5;

/** A new shop applies (`applying`). Its facts are entered by one person; listing it takes verification. */
export async function applyForListing(actor: Actor, { contact, ...asked }: Application): Promise<string> {
  const facts = tidyCodes(asked.facts);
  const derive = await deriveFrom([facts]);
  const { district, areas, taskForces } = derive(facts, '');
  if (actor.role !== 'merchant') {
    const record = { _id: '', areas, taskForces, merchant: null, site: facts.site };
    if (!may(actor, 'merchant.apply', record)) throw new Problem('forbidden');
  } else if (facts.site !== null && !actor.sites.includes(facts.site)) throw new Problem('forbidden');
  return enacting(district, async () => {
    if (actor.role === 'merchant') await requireFewOpen(actor);
    const id = ids.uuid();
    const draft = await draftAdjustment(actor, {
      kind: 'list',
      to: 'applying',
      ground: 'application',
      reason: '',
      newcomers: [{ id, facts, contact }],
    });
    await submitForOwner(actor, draft._id);
    if (actor.role === 'merchant') await giveTo(actor, id);
    return id;
  });
}

/** Entering shops costs an applicant nothing; looking at them costs the bureau time. Throws `too-many-applications`. */
async function requireFewOpen(actor: Actor): Promise<void> {
  const own = (await UserModel.findById(actor.id, { merchants: 1 }).lean())?.merchants ?? [];
  const open = await MerchantModel.countDocuments({ _id: { $in: own }, status: 'applying' });
  if (open >= openApplications) throw new Problem('too-many-applications', { limit: openApplications });
}

/** The shop that a merchant applied for is his own from now on. */
async function giveTo(actor: Actor, merchant: string): Promise<void> {
  await UserModel.updateOne({ _id: actor.id }, { $addToSet: { merchants: merchant }, $inc: { rev: 1 } });
  // This process knows it at once; the others when they read his record again.
  await afterCommit(() => void actor.merchants.push(merchant));
}

/** Enacted at once, or an adjustment that waits for a second person. */
export type Correction = { view: MerchantView } | { waiting: Adjustment };

/**
 * Corrects facts: a one-line adjustment. `rev` is the version that the caller saw. Throws `stale-version` when it is not the
 * present one.
 */
export async function correctFacts(
  actor: Actor,
  id: string,
  rev: number,
  changes: Partial<Facts>,
): Promise<Correction> {
  const { district } = await findMerchant(actor, id);
  const submitted = await enacting(district, async () => {
    const present = await findMerchant(actor, id);
    requireAbility(actor, 'merchant.edit', present);
    if (present.rev !== rev) throw new Problem('stale-version', {}, { present: { rev: present.rev } });
    const facts = { ...factsOf(present), ...tidyCodes(changes) };
    const derive = await deriveFrom([facts]);
    requireAbility(actor, 'merchant.edit', { ...derive(facts, ''), _id: id, site: facts.site });
    const draft = await draftAdjustment(actor, {
      kind: 'facts',
      to: null,
      ground: 'correction',
      reason: '',
      corrections: [{ merchant: id, rev, facts }],
    });
    return submitForOwner(actor, draft._id);
  });
  return submitted.state === 'enacted' ? { view: await viewMerchant(actor, id) } : { waiting: submitted };
}

/** What this caller may do with a merchant now. */
export function merchantAbilities(actor: Actor, merchant: Merchant) {
  return {
    adjust: may(actor, 'adjustment.draft', merchant),
    edit: may(actor, 'merchant.edit', merchant),
    visit: may(actor, 'visit.submit', merchant),
  };
}
