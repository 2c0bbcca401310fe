// The offline pack (离线包): what an inspector needs in the street without a network, for one area or all of his own.
import { type Area, AreaModel } from '../../models/area.ts';
import type { Category } from '../../models/category.ts';
import { type Checklist, ChecklistModel } from '../../models/checklist.ts';
import { type Merchant, MerchantModel, type Status } from '../../models/merchant.ts';
import { type Order, OrderModel } from '../../models/order.ts';
import { type Site, SiteModel } from '../../models/site.ts';
import type { TaskForce } from '../../models/task-force.ts';
import { type Scope, type User, UserModel } from '../../models/user.ts';
import { type Visit, type VisitBody, VisitModel } from '../../models/visit.ts';
import { clock } from '../lib/clock.ts';
import { Problem } from '../lib/problem.ts';
import { type Filter, joined, scopeFilter, scopesAt, scopesHeld } from './abilities.ts';
import type { Actor } from './actor.ts';
import { undatedScopes } from './actor-place.ts';
import { fittingList, listChecklists } from './checklists.ts';
import { presentStretch } from './ledger-fold.ts';
import { listCategories, listTaskForces } from './reference.ts';

/** A phone holds a district, not a province. */
const mostMerchants = 20_000;
const visitsEach = 5;
const visitDays = 90;
const dayMillis = 86_400_000;

/** Shops that may be visited: those that are gone for good, or have never come on, are no business of the street. */
const visitable: Status[] = ['applying', 'verifying', 'listed', 'suspended', 'removed'];

export type PackedMerchant = Pick<
  Merchant,
  | '_id'
  | 'doorCode'
  | 'name'
  | 'address'
  | 'category'
  | 'subdistrict'
  | 'site'
  | 'point'
  | 'lastVisit'
  | 'text'
> & { status: Status };
export type PackedVisit = Pick<Visit, '_id' | 'kind' | 'result' | 'arrivedAt' | 'inspectors'> & {
  merchant: string;
  /** What a recheck (复查) of it goes by. */
  body: Pick<VisitBody, 'checklist'>;
};
export type PackedOrder = Pick<
  Order,
  '_id' | 'merchant' | 'item' | 'itemText' | 'severity' | 'level' | 'due' | 'note' | 'openedAt'
> & { state: 'open' | 'submitted' };
/** Who may make a joint visit (联合巡查) with whom: an inspector of the area, oneself included, with the scopes held now. */
type Colleague = Pick<User, '_id' | 'name'> & { scopes: Pick<Scope, 'areas' | 'taskForce'>[] };
export type Pack = {
  madeAt: Date;
  areas: Pick<Area, '_id' | 'name'>[];
  categories: (Pick<Category, '_id' | 'name'> & { checklist: Checklist | null })[];
  checklists: Checklist[];
  sites: Pick<Site, '_id' | 'name'>[];
  taskForces: Pick<TaskForce, '_id' | 'name'>[];
  colleagues: Colleague[];
  merchants: PackedMerchant[];
  orders: PackedOrder[];
  visits: PackedVisit[];
};

/** What decides which records an actor's pack holds. */
export function packScope(actor: Actor, area: string | undefined): string {
  return JSON.stringify([area ?? null, undatedScopes(actor)]);
}

/** Within the scopes held now. Throws `not-found` for an area that is not on file, `pack-too-large` for more than a phone holds. */
export async function packOf(actor: Actor, area: string | undefined): Promise<Pack> {
  const wanted = area === undefined ? {} : { areas: area };
  if (area !== undefined && !(await AreaModel.exists({ _id: area }))) throw new Problem('not-found');
  const within = (merchantKey: '_id' | 'merchant'): Filter =>
    joined([wanted, scopeFilter(actor, 'pack.read', merchantKey)]);
  const merchants = await merchantsIn(within('_id'));
  const newest = await listChecklists();
  const visits = await visitsIn(within('merchant'));
  return {
    madeAt: clock.now(),
    areas: await areasAround(rootsOf(actor, area)),
    categories: (await listCategories()).map(({ _id, name }) => ({
      _id,
      name,
      checklist: fittingList(newest, _id),
    })),
    checklists: [...newest, ...(await earlierLists(visits, newest))],
    sites: await sitesOf(merchants),
    taskForces: await listTaskForces(),
    colleagues: await colleaguesIn(rootsOf(actor, area)),
    merchants,
    orders: await ordersIn(within('merchant')),
    visits,
  };
}

async function merchantsIn(filter: Filter): Promise<PackedMerchant[]> {
  const fields = {
    doorCode: 1,
    name: 1,
    address: 1,
    category: 1,
    subdistrict: 1,
    site: 1,
    point: 1,
    lastVisit: 1,
    text: 1,
    outlook: 1,
  } as const;
  const found = await MerchantModel.find(joined([filter, { status: { $in: visitable } }]), fields)
    .limit(mostMerchants + 1)
    .lean<(PackedMerchant & Pick<Merchant, 'outlook'>)[]>();
  if (found.length > mostMerchants) throw new Problem('pack-too-large', { limit: mostMerchants });
  const now = clock.now();
  return found
    .map(({ outlook, ...merchant }) => ({
      ...merchant,
      status: presentStretch(outlook, now)?.status ?? 'applying',
    }))
    .sort((a, b) => (a._id < b._id ? -1 : 1));
}

function sitesOf(merchants: PackedMerchant[]): Promise<Pack['sites']> {
  const named = new Set(merchants.flatMap(({ site }) => site ?? []));
  return SiteModel.find({ _id: { $in: [...named] } }, { name: 1 })
    .sort({ _id: 1 })
    .limit(mostMerchants)
    .lean<Pack['sites']>();
}

function ordersIn(filter: Filter): Promise<PackedOrder[]> {
  return OrderModel.find(joined([filter, { state: { $in: ['open', 'submitted'] } }]), {
    merchant: 1,
    item: 1,
    itemText: 1,
    severity: 1,
    state: 1,
    level: 1,
    due: 1,
    note: 1,
    openedAt: 1,
  })
    .sort({ merchant: 1, _id: 1 })
    .limit(mostMerchants)
    .lean<PackedOrder[]>();
}

/** The last five of each shop, shop by shop, newest first. */
async function visitsIn(filter: Filter): Promise<PackedVisit[]> {
  const since = new Date(clock.now().getTime() - visitDays * dayMillis);
  const fields = {
    merchant: 1,
    kind: 1,
    result: 1,
    arrivedAt: 1,
    inspectors: 1,
    'body.checklist': 1,
  } as const;
  const found = VisitModel.find(
    joined([filter, { receivedAt: { $gte: since }, merchant: { $ne: null } }]),
    fields,
  )
    .sort({ receivedAt: -1, _id: -1 })
    .lean<PackedVisit[]>()
    .cursor();
  const counts = new Map<string, number>();
  const visits: PackedVisit[] = [];
  for await (const visit of found as AsyncIterable<PackedVisit>) {
    const count = counts.get(visit.merchant) ?? 0;
    if (count >= visitsEach) continue;
    counts.set(visit.merchant, count + 1);
    visits.push(visit);
  }
  return visits.sort((a, b) => (a.merchant === b.merchant ? 0 : a.merchant < b.merchant ? -1 : 1));
}

/** Versions that are not the newest any more, of visits that left something to recheck. */
async function earlierLists(visits: PackedVisit[], newest: Checklist[]): Promise<Checklist[]> {
  const known = new Set(newest.map(({ key, version }) => `${key}/${version}`));
  const named = visits
    .filter(({ result }) => result === 'orders')
    .map(({ body }) => `${body.checklist.key}/${body.checklist.version}`);
  const earlier = [...new Set(named)].filter((id) => !known.has(id)).sort();
  return ChecklistModel.find({ _id: { $in: earlier } })
    .sort({ _id: 1 })
    .limit(mostMerchants)
    .lean<Checklist[]>();
}

/** The area asked for, or those of the scopes. */
const rootsOf = (actor: Actor, area: string | undefined): string[] =>
  area === undefined ? scopesAt(actor, clock.now()).flatMap(({ areas }) => areas) : [area];

/** With the subdistricts in them. */
async function areasAround(roots: string[]): Promise<Pick<Area, '_id' | 'name'>[]> {
  return AreaModel.find({ path: { $in: roots }, level: { $ne: 'community' } }, { name: 1 })
    .sort({ _id: 1 })
    .limit(mostMerchants)
    .lean<Pick<Area, '_id' | 'name'>[]>();
}

async function colleaguesIn(roots: string[]): Promise<Colleague[]> {
  const inside = await AreaModel.find({ path: { $in: roots } }, { path: 1 })
    .limit(mostMerchants)
    .lean<Pick<Area, '_id' | 'path'>[]>();
  // Whoever works in all of a district works in each of its streets.
  const around = new Set(inside.flatMap(({ path }) => path));
  const found = await UserModel.find(
    { role: 'inspector', disabled: false, 'scopes.areas': { $in: [...around] } },
    { name: 1, scopes: 1 },
  )
    .sort({ _id: 1 })
    .limit(mostMerchants)
    .lean<Pick<User, '_id' | 'name' | 'scopes'>[]>();
  const now = clock.now();
  return found
    .map(({ _id, name, scopes }) => ({
      _id,
      name,
      scopes: scopesHeld(scopes, now).filter(({ areas }) => areas.some((area) => around.has(area))),
    }))
    .filter(({ scopes }) => scopes.length > 0);
}
