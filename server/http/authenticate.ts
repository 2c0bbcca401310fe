// Who is calling: an access token, the token of a signed link, or nobody.
import type { Request } from 'express';
import { actorOf } from '../domain/accounts.ts';
import { type Actor, publicActor } from '../domain/actor.ts';
import { linkTokenPrefix, openOrderLink } from '../domain/order-links.ts';
import { Problem } from '../lib/problem.ts';

export async function authenticate(request: Request): Promise<Actor> {
  const header = request.get('authorization');
  if (header === undefined) return publicActor;
  const [scheme, token, ...rest] = header.split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0 || token.length > 4_096)
    throw new Problem('not-signed-in');
  if (token.startsWith(linkTokenPrefix)) return actorOfLink(token);
  return actorOf(token);
}

async function actorOfLink(token: string): Promise<Actor> {
  try {
    return (await openOrderLink(token)).actor;
  } catch (error) {
    throw error instanceof Problem && error.code === 'not-found' ? new Problem('not-signed-in') : error;
  }
}
