// Where a visit belongs and who made it: judged by every scope of the last 30 days, since either may have moved meanwhile.
import { AreaModel } from '../../models/area.ts';
import { type MerchantPeriod, MerchantPeriodModel } from '../../models/merchant-period.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { type Scope, type User, UserModel } from '../../models/user.ts';
import type { VisitBody } from '../../models/visit.ts';
import type { By } from '../../models/words.ts';
import { isDoorCode, normalizeDoorCode } from '../lib/door-code.ts';
import { Problem } from '../lib/problem.ts';
import { may } from './abilities.ts';
import { type Actor, byOf } from './actor.ts';

/** Evidence is judged by every scope its sender held in the last 30 days. */
const scopeMemoryMillis = 30 * 86_400_000;

export type Place = {
  merchant: Merchant | null;
  district: string;
  areas: string[];
  taskForces: string[];
  scopeChanged: boolean;
};

/** A shop as a visit needs it: without what only the list reads. */
export function shopVisited(key: { _id: string } | { doorCode: string }): Promise<Merchant | null> {
  return MerchantModel.findOne(key, { text: 0, grams: 0, outlook: 0 }).lean<Merchant>();
}

/** Finds the shop, by id or door code. One that is not on file is accepted `unmatched`, kept in the inspector's own areas. */
export async function whereVisited(actor: Actor, body: VisitBody, at: Date): Promise<Place> {
  const code = normalizeDoorCode(body.merchant);
  const key = isDoorCode(code) ? { doorCode: code } : { _id: body.merchant };
  const merchant = await shopVisited(key);
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
 * Left out, it is the caller; named, the caller must be among them, and all must have worked in this area at some time, those of
 * a joint visit's section for its task force: what they are today does not undo what they did.
 */
export async function inspectorsOf(actor: Actor, body: VisitBody, areas: string[]): Promise<By[]> {
  const { inspectors: named = [], sections = [] } = body;
  if (named.length === 0 || (named.length === 1 && named[0] === actor.id)) return [byOf(actor)];
  const users = await UserModel.find(
    { _id: { $in: named }, 'scopes.areas': { $in: areas } },
    { name: 1, role: 1, scopes: 1 },
  ).lean<Pick<User, '_id' | 'name' | 'role' | 'scopes'>[]>();
  const errors = named
    .filter((id) => !users.some(({ _id }) => _id === id))
    .concat(named.includes(actor.id) ? [] : [actor.id])
    .map((id) => ({ path: '/inspectors', message: id }));
  sections.forEach(({ taskForce, inspectors }, index) => {
    const isOfIt = (id: string) =>
      users.some(
        ({ _id, scopes }) => _id === id && scopes.some((held) => (held.taskForce ?? taskForce) === taskForce),
      );
    if (!inspectors.every(isOfIt)) errors.push({ path: `/sections/${index}/taskForce`, message: taskForce });
  });
  if (errors.length > 0) throw new Problem('unknown-reference', { field: 'inspectors' }, { errors });
  return users.map(({ _id, name, role }) => ({ kind: 'user', id: _id, role, name }));
}
