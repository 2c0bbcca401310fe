// How users and sessions are shown: never a hash.
import type { Session } from '../models/session.ts';
import { roles, type User } from '../models/user.ts';
import type { Actor } from '../server/domain/actor.ts';
import { closed, Instant, nullable, oneOf, Type } from '../server/http/schema.ts';

export const userShape = closed({
  id: Type.String(),
  username: Type.String(),
  name: Type.String(),
  role: oneOf(roles),
  scopes: Type.Array(
    closed({
      areas: Type.Array(Type.String()),
      taskForce: nullable(Type.String()),
      from: Instant,
      to: nullable(Instant),
    }),
  ),
  merchants: Type.Array(Type.String()),
  sites: Type.Array(Type.String()),
  disabled: Type.Boolean(),
  rev: Type.Integer(),
});

export function presentUser({ _id, username, name, role, scopes, merchants, sites, disabled, rev }: User) {
  const dated = scopes.map(({ areas, taskForce, from, to }) => ({ areas, taskForce, from, to }));
  return { id: _id, username, name, role, scopes: dated, merchants, sites, disabled, rev };
}

export const sessionShape = closed({
  id: Type.String(),
  createdAt: Instant,
  usedAt: Instant,
  userAgent: Type.String(),
  address: Type.String(),
  present: Type.Boolean(),
});

export function presentSession({ _id, createdAt, usedAt, userAgent, address }: Session, actor: Actor) {
  return { id: _id, createdAt, usedAt, userAgent, address, present: actor.session === _id };
}
