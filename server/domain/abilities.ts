// Access rules: role × act × reach, in one table. The same reach answers for a single record and filters a list.
import { clock } from '../lib/clock.ts';
import { Problem } from '../lib/problem.ts';
import type { Scope } from '../../models/user.ts';
import type { Actor } from './actor.ts';

/** scope: records in the areas and task force of a scope held now · own: the merchant's · order: the link's one order · any: all of them. */
type Extent = 'scope' | 'own' | 'order' | 'any';
type Grants = Partial<Record<Actor['role'], Extent>>;

const desk: Grants = { staff: 'scope', approver: 'scope', auditor: 'scope' };
const field: Grants = { merchant: 'own', inspector: 'scope', ...desk };
const signedIn: Grants = {
  merchant: 'any',
  inspector: 'any',
  staff: 'any',
  approver: 'any',
  auditor: 'any',
  admin: 'any',
};

const table = {
  'merchant.read': field,
  'merchant.apply': { merchant: 'own', staff: 'scope' },
  'merchant.edit': { staff: 'scope' },
  'merchant.contact': { merchant: 'own', inspector: 'scope', staff: 'scope' },
  'merchant.export': desk,
  'merchant.follow': { inspector: 'scope', ...desk },
  'import.make': { staff: 'scope' },
  'import.read': { staff: 'scope' },
  'import.submit': { staff: 'scope' },
  'adjustment.read': desk,
  'adjustment.draft': { staff: 'scope' },
  'adjustment.submit': { staff: 'scope' },
  'adjustment.withdraw': { staff: 'scope' },
  'adjustment.undo': { staff: 'scope' },
  'adjustment.approve': { approver: 'scope' },
  'adjustment.reject': { approver: 'scope' },
  'adjustment.confirm': { approver: 'scope' },
  'ledger.read': desk,
  'visit.read': field,
  'visit.submit': { inspector: 'scope', merchant: 'own' },
  'visit.amend': { inspector: 'scope', merchant: 'own' },
  'visit.review': { staff: 'scope' },
  'visit.photos-lost': { staff: 'scope' },
  'visit.match': { staff: 'scope' },
  'order.read': field,
  'order.submit': { merchant: 'own', inspector: 'scope', link: 'order' },
  'order.verify': { inspector: 'scope', staff: 'scope' },
  'order.return': { inspector: 'scope', staff: 'scope' },
  'order.extend': { staff: 'scope' },
  'order.cancel': { staff: 'scope' },
  'order.link': { inspector: 'scope', staff: 'scope' },
  'objection.read': { merchant: 'own', ...desk },
  'objection.file': { merchant: 'own' },
  'objection.withdraw': { merchant: 'own' },
  'objection.decide': { staff: 'scope', approver: 'scope' },
  'photo.hold': { merchant: 'any', inspector: 'any', staff: 'any', link: 'any' },
  'photo.read': field,
  'photo.redact': { staff: 'scope' },
  'photo.custody': desk,
  'visit.package': desk,
  'pack.read': { inspector: 'scope' },
  'stats.read': desk,
  'today.read': { staff: 'scope', approver: 'scope' },
  'reference.read': signedIn,
  'reference.manage': { admin: 'any' },
  'zone.manage': { staff: 'scope', admin: 'any' },
  'webhook.read': signedIn,
  'webhook.manage': { admin: 'any' },
  'user.read': signedIn,
  'user.manage': { admin: 'any' },
  'session.own': signedIn,
  'audit.read': { auditor: 'scope', admin: 'any' },
} satisfies Record<string, Grants>;

export type Ability = keyof typeof table;
export const abilities = Object.keys(table) as Ability[];

/** Roles that hold an ability over some records at least. */
export function rolesWith(ability: Ability): Actor['role'][] {
  return Object.keys(table[ability]) as Actor['role'][];
}

type Reach =
  | { kind: 'nothing' }
  | { kind: 'everything' }
  | { kind: 'scopes'; scopes: Pick<Scope, 'areas' | 'taskForce'>[] }
  | { kind: 'own'; merchants: string[]; sites: string[] }
  | { kind: 'record'; id: string };

/** What a record must carry to be judged. A merchant's record is its own merchant. */
export type Scoped = {
  _id: string;
  areas: string[];
  taskForces: string[];
  merchant?: string | null;
  site?: string | null;
};

/** Those of dated scopes that hold at an instant. */
export function scopesHeld(scopes: readonly Scope[], at: Date): Scope[] {
  return scopes.filter((scope) => scope.from <= at && (scope.to === null || at < scope.to));
}

/** The scopes an actor holds at an instant. */
export const scopesAt = (actor: Actor, at: Date): Scope[] => scopesHeld(actor.scopes, at);

function reachOf(actor: Actor, ability: Ability, scopes = scopesAt(actor, clock.now())): Reach {
  if (actor.kind === 'system') return { kind: 'everything' };
  const grants: Grants = table[ability];
  switch (grants[actor.role]) {
    case 'any':
      return { kind: 'everything' };
    case 'scope':
      return scopes.length > 0 ? { kind: 'scopes', scopes } : { kind: 'nothing' };
    case 'own':
      return { kind: 'own', merchants: actor.merchants, sites: actor.sites };
    case 'order':
      return actor.order === null ? { kind: 'nothing' } : { kind: 'record', id: actor.order };
    case undefined:
      return { kind: 'nothing' };
  }
}

/** Whether one record lies within the reach. Kept beside `reachFilter`: a property test holds the two equal. */
function reaches(reach: Reach, record: Scoped, merchantKey: '_id' | 'merchant'): boolean {
  switch (reach.kind) {
    case 'everything':
      return true;
    case 'nothing':
      return false;
    case 'record':
      return record._id === reach.id;
    case 'own': {
      const merchant = merchantKey === '_id' ? record._id : record.merchant;
      return (
        (merchant != null && reach.merchants.includes(merchant)) ||
        (record.site != null && reach.sites.includes(record.site))
      );
    }
    case 'scopes':
      return reach.scopes.some(
        (scope) =>
          scope.areas.some((area) => record.areas.includes(area)) &&
          (scope.taskForce === null || record.taskForces.includes(scope.taskForce)),
      );
  }
}

export type Filter = Record<string, unknown>;

/** All of these at once. */
export function joined(filters: Filter[]): Filter {
  const [only, ...more] = filters;
  if (only === undefined) return {};
  return more.length === 0 ? only : { $and: filters };
}

function reachFilter(reach: Reach, merchantKey: '_id' | 'merchant'): Filter {
  switch (reach.kind) {
    case 'everything':
      return {};
    case 'nothing':
      return { _id: { $in: [] } };
    case 'record':
      return { _id: reach.id };
    case 'own':
      return { $or: [{ [merchantKey]: { $in: reach.merchants } }, { site: { $in: reach.sites } }] };
    case 'scopes': {
      const branches = reach.scopes.map(({ areas, taskForce }) => ({
        areas: areas.length === 1 ? areas[0] : { $in: areas },
        ...(taskForce !== null && { taskForces: taskForce }),
      }));
      return branches.length === 1 ? (branches[0] ?? {}) : { $or: branches };
    }
  }
}

/** The filter that keeps a query within what the actor may reach. `merchants` are keyed by their own id. */
export function scopeFilter(
  actor: Actor,
  ability: Ability,
  merchantKey: '_id' | 'merchant' = 'merchant',
): Filter {
  return reachFilter(reachOf(actor, ability), merchantKey);
}

/** Whether the actor may do this to this record; `scopes` other than those held now judge evidence taken earlier. */
export function may(actor: Actor, ability: Ability, record: Scoped, scopes?: Scope[]): boolean {
  return reaches(reachOf(actor, ability, scopes), record, 'merchant' in record ? 'merchant' : '_id');
}

/** Refuses with 403 what the actor may see but not do. Seeing is judged before, and answers 404. */
export function requireAbility(actor: Actor, ability: Ability, record: Scoped): void {
  if (!may(actor, ability, record)) throw new Problem('forbidden');
}

/** Refuses the wrong role before anything is loaded. */
export function requireRole(actor: Actor, ability: Ability): void {
  if (actor.kind === 'system' || rolesWith(ability).includes(actor.role)) return;
  throw new Problem(actor.kind === 'public' ? 'not-signed-in' : 'forbidden');
}
