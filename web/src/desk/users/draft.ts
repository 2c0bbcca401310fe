// An account while an admin edits it: what is sent of it, and what others changed meanwhile. Pure.
import type { BodyOf, ItemOf } from '../../shared/server/types.ts';

export type ShownUser = ItemOf<'getUsers'>;
export type Grant = { areas: string[]; taskForce: string | null };
export type Draft = {
  name: string;
  role: ShownUser['role'];
  grants: Grant[];
  merchants: string[];
  sites: string[];
  password: string;
};
type Changes = BodyOf<'patchUsersId'>;

/** Scopes that hold until further notice: those a change can end. */
export const presentScopes = ({ scopes }: Pick<ShownUser, 'scopes'>) =>
  scopes.filter(({ to }) => to === null);
export const pastScopes = ({ scopes }: Pick<ShownUser, 'scopes'>) => scopes.filter(({ to }) => to !== null);

export const emptyDraft = (): Draft => ({
  name: '',
  role: 'inspector',
  grants: [],
  merchants: [],
  sites: [],
  password: '',
});

export function draftOf(user: ShownUser): Draft {
  return {
    name: user.name,
    role: user.role,
    grants: presentScopes(user).map(({ areas, taskForce }) => ({ areas: [...areas], taskForce })),
    merchants: [...user.merchants],
    sites: [...user.sites],
    password: '',
  };
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
export const sameGrant = (one: Grant, other: Grant): boolean =>
  one.taskForce === other.taskForce && same([...one.areas].sort(), [...other.areas].sort());

/** Only what differs, so that a change of one thing never undoes somebody's change of another. */
export function changesOf(user: ShownUser, draft: Draft): Changes {
  const before = draftOf(user);
  const name = draft.name.trim();
  return {
    ...(name !== before.name && { name }),
    ...(draft.role !== before.role && { role: draft.role }),
    ...(!same(draft.grants, before.grants) && { scopes: draft.grants }),
    ...(!same(draft.merchants, before.merchants) && { merchants: draft.merchants }),
    ...(!same(draft.sites, before.sites) && { sites: draft.sites }),
    ...(draft.password !== '' && { password: draft.password }),
  };
}

const parts = ['name', 'role', 'scopes', 'merchants', 'sites', 'disabled'] as const;
export type Part = (typeof parts)[number] | 'other';

/** What somebody else changed since; a password leaves no other mark than the version. */
export function changedSince(before: ShownUser, now: ShownUser): Part[] {
  const found = parts.filter((part) => !same(before[part], now[part]));
  return found.length > 0 ? found : ['other'];
}

/** Sixteen letters and digits that are told apart when read out, in groups. */
export function makePassword(random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const bytes = random(new Uint8Array(16));
  // 31 of 256: the bias is far below what sixteen places make up for.
  const text = [...bytes].map((byte) => letters[byte % letters.length]).join('');
  return text.replace(/(.{4})(?=.)/g, '$1-');
}
