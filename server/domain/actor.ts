// Who acts: a user with dated scopes, the holder of a signed link, the public, or the system itself.
import type { Role, Scope } from '../../models/user.ts';
import type { By } from '../../models/words.ts';

export type Actor = {
  kind: 'user' | 'link' | 'public' | 'system';
  id: string;
  role: Role | 'link' | 'public' | 'system';
  name: string;
  username: string | null;
  /** Every scope the user ever held, with its dates. */
  scopes: Scope[];
  merchants: string[];
  sites: string[];
  /** The one order a signed link opens. */
  order: string | null;
  session: string | null;
};

const nobody = { username: null, scopes: [], merchants: [], sites: [], order: null, session: null };

export const publicActor: Actor = { ...nobody, kind: 'public', id: 'public', role: 'public', name: '公众' };
export const systemActor: Actor = { ...nobody, kind: 'system', id: 'system', role: 'system', name: '系统' };

/** The merchant who answers an order by its signed link, without an account. */
export function linkActor(order: string): Actor {
  return { ...nobody, kind: 'link', id: `link:${order}`, role: 'link', name: '商户（链接）', order };
}

/** How an actor is named in histories and the audit trail. */
export function byOf(actor: Actor): By {
  return {
    kind: actor.kind === 'public' ? 'system' : actor.kind,
    id: actor.id,
    role: actor.role,
    name: actor.name,
  };
}
