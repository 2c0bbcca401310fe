// Users: made, changed and disabled by an admin. Scopes are dated, so that a change never rewrites what somebody could see before.
import { AreaModel } from '../../models/area.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { TaskForceModel } from '../../models/task-force.ts';
import { SessionModel } from '../../models/session.ts';
import { type Role, type Scope, type User, UserModel } from '../../models/user.ts';
import { clock } from '../lib/clock.ts';
import { ids } from '../lib/ids.ts';
import { Problem } from '../lib/problem.ts';
import { inTransaction, isDuplicateKey } from '../lib/transaction.ts';
import { type Filter, joined, scopesAt } from './abilities.ts';
import type { Actor } from './actor.ts';
import { recordAudit } from './audit.ts';
import { listPage, orderBy, type Page, type PageRequest } from './lists.ts';
import { hashPassword, requireStrongPassword } from './passwords.ts';
import { searchOf } from './search.ts';

export type ScopeGrant = { areas: string[]; taskForce: string | null };
export type NewUser = {
  username: string;
  name: string;
  role: Role;
  password: string;
  scopes: ScopeGrant[];
  merchants: string[];
  sites: string[];
};
export type UserChanges = Partial<
  Pick<NewUser, 'name' | 'role' | 'password' | 'scopes' | 'merchants' | 'sites'>
> & { disabled?: boolean };

/** Throws `duplicate` for a name in use, `weak-password`, `unknown-reference` for an area or task force that is not on file. */
export async function addUser(actor: Actor, { password, scopes, ...rest }: NewUser): Promise<User> {
  requireStrongPassword(password, rest.username);
  await requireKnown(scopes);
  const now = clock.now();
  const user: User = {
    _id: ids.uuid(),
    ...rest,
    scopes: scopes.map((scope) => ({ ...scope, from: now, to: null })),
    passwordHash: await hashPassword(password),
    passwordChangedAt: now,
    disabled: false,
    epoch: 1,
    createdAt: now,
    rev: 1,
  };
  try {
    return await inTransaction(async () => {
      await UserModel.create(user);
      await recordAudit(actor, 'user.added', user._id, { after: visibleParts(user) });
      return user;
    });
  } catch (error) {
    if (isDuplicateKey(error)) throw new Problem('duplicate', { field: 'username' });
    throw error;
  }
}

/** Changes a user; what the change takes away ends now, in every process within a second. */
export async function changeUser(actor: Actor, id: string, rev: number, changes: UserChanges): Promise<User> {
  const { password, scopes, ...rest } = changes;
  if (scopes) await requireKnown(scopes);
  const passwordHash = password === undefined ? null : await hashPassword(password);
  return inTransaction(async () => {
    const user = await findUser(id);
    if (user.rev !== rev) throw new Problem('stale-version', {}, { present: { rev: user.rev } });
    if (password !== undefined) requireStrongPassword(password, user.username);
    const now = clock.now();
    const voidsTokens =
      passwordHash !== null ||
      changes.disabled === true ||
      (changes.role !== undefined && changes.role !== user.role);
    const changed = await UserModel.findOneAndUpdate(
      { _id: id, rev },
      {
        $set: {
          ...rest,
          ...(scopes && { scopes: dated(user.scopes, scopes, now) }),
          ...(passwordHash !== null && { passwordHash, passwordChangedAt: now }),
        },
        $inc: { rev: 1, ...(voidsTokens && { epoch: 1 }) },
      },
      { returnDocument: 'after' },
    ).lean<User>();
    if (!changed) throw new Problem('stale-version');
    if (voidsTokens) await SessionModel.deleteMany({ user: id });
    await recordAudit(actor, 'user.changed', id, {
      before: visibleParts(user),
      after: visibleParts(changed),
    });
    return changed;
  });
}

/** Scopes that are granted anew begin now, those no longer granted end now, the rest go on. */
function dated(held: Scope[], granted: ScopeGrant[], now: Date): Scope[] {
  const same = (a: ScopeGrant, b: ScopeGrant) =>
    a.taskForce === b.taskForce && a.areas.join() === b.areas.join();
  const kept = held.map((scope) =>
    scope.to !== null || granted.some((one) => same(one, scope)) ? scope : { ...scope, to: now },
  );
  const fresh = granted.filter((one) => !held.some((scope) => scope.to === null && same(one, scope)));
  return [...kept, ...fresh.map((one) => ({ ...one, from: now, to: null }))];
}

async function requireKnown(scopes: ScopeGrant[]): Promise<void> {
  const areas = new Set(scopes.flatMap((scope) => scope.areas));
  const taskForces = new Set(scopes.flatMap(({ taskForce }) => taskForce ?? []));
  if ((await AreaModel.countDocuments({ _id: { $in: [...areas] } })) !== areas.size)
    throw new Problem('unknown-reference', { field: 'areas' });
  if ((await TaskForceModel.countDocuments({ _id: { $in: [...taskForces] } })) !== taskForces.size)
    throw new Problem('unknown-reference', { field: 'taskForce' });
}

/** What the audit trail may hold of a user: never the password. */
function visibleParts({ username, name, role, scopes, merchants, sites, disabled }: User) {
  return { username, name, role, scopes, merchants, sites, disabled };
}

export async function findUser(id: string): Promise<User> {
  const user = await UserModel.findById(id).lean<User>();
  if (!user) throw new Problem('not-found');
  return user;
}

/** One user as this actor sees it. Throws `not-found`. */
export async function findVisibleUser(actor: Actor, id: string): Promise<User> {
  const user = await UserModel.findOne(joined([{ _id: id }, await visibleUsers(actor)])).lean<User>();
  if (!user) throw new Problem('not-found');
  return user;
}

/** Colleagues are those whose present areas lie within the actor's present areas, or around them. */
async function visibleUsers(actor: Actor): Promise<Filter> {
  if (actor.role === 'admin') return {};
  const now = clock.now();
  const own = scopesAt(actor, now).flatMap(({ areas }) => areas);
  const around = await AreaModel.find({ _id: { $in: own } }, { path: 1 }).lean();
  const within = await AreaModel.find({ path: { $in: own } }, { _id: 1 }).lean();
  const areas = [
    ...new Set([...own, ...around.flatMap(({ path }) => path), ...within.map(({ _id }) => _id)]),
  ];
  const held = { areas: { $in: areas }, from: { $lte: now }, $or: [{ to: null }, { to: { $gt: now } }] };
  return { $or: [{ _id: actor.id }, { scopes: { $elemMatch: held } }] };
}

export type UserQuery = PageRequest & { role?: string; disabled?: boolean; q?: string };

/** All users for an admin; for others themselves and their colleagues. `q` is part of a name, of either kind. */
export async function listUsers(actor: Actor, query: UserQuery): Promise<Page<User>> {
  const { role, disabled, q } = query;
  const filter = joined([
    {
      ...(role !== undefined && { role }),
      ...(disabled !== undefined && { disabled }),
      ...(q !== undefined && isCalled(q.trim().toLowerCase())),
    },
    await visibleUsers(actor),
  ]);
  const order = orderBy('username', { username: 'username' });
  return listPage<User>(UserModel, { filter, order, projection: { passwordHash: 0 } }, query);
}

function isCalled(part: string): Filter {
  const holds = (field: string) => ({ $gte: [{ $indexOfCP: [{ $toLower: field }, { $literal: part }] }, 0] });
  return { $expr: { $or: [holds('$username'), holds('$name')] } };
}

export type NamedShop = Pick<Merchant, '_id' | 'name' | 'doorCode' | 'address'>;
const shopsNamed = 200;
const shopsFound = 20;

/** Shops that an account may stand for: those of these ids, or what a search finds in the list. Nothing but what is on their doors. */
export async function nameShops({ id, q }: { id?: string[]; q?: string }): Promise<NamedShop[]> {
  const search = q === undefined ? null : await searchOf(q);
  const filters = [...(id ? [{ _id: { $in: id } }] : []), ...(search ? [search.filter] : [])];
  if (filters.length === 0) return [];
  return MerchantModel.find(joined(filters), { name: 1, doorCode: 1, address: 1 })
    .limit(id ? shopsNamed : shopsFound)
    .lean<NamedShop[]>();
}
