// Accounts: login, sessions with rotating refresh tokens, and who an access token stands for.
import { createHmac } from 'node:crypto';
import { type Session, SessionModel } from '../../models/session.ts';
import { type User, UserModel } from '../../models/user.ts';
import type { By } from '../../models/words.ts';
import { accessTokenSeconds, readAccessToken, signAccessToken } from '../lib/access-token.ts';
import { sha256 } from '../lib/canonical.ts';
import { clock } from '../lib/clock.ts';
import { currentContext } from '../lib/context.ts';
import { ids } from '../lib/ids.ts';
import { Problem } from '../lib/problem.ts';
import { inTransaction } from '../lib/transaction.ts';
import { type Actor, systemActor } from './actor.ts';
import { recordAudit } from './audit.ts';
import { environment } from './environment.ts';
import { countAttempt, forgiveAttempts } from './login-limits.ts';
import { hashPassword, isRightPassword, requireStrongPassword } from './passwords.ts';

export const sessionMillis = 30 * 86_400_000;
/** Successors of one refresh token that stay good beside each other. */
const successorsKept = 5;
/** How long a user's record is believed before it is read again: changes hold within a second in every process. */
const beliefMillis = 900;

export type SignedIn = { accessToken: string; expiresIn: number; refreshToken: string; user: User };

export function actorFrom(user: User, session: string | null = null): Actor {
  const { _id, role, name, username, scopes, merchants, sites } = user;
  return { kind: 'user', id: _id, role, name, username, scopes, merchants, sites, order: null, session };
}

/** Throws `wrong-credentials` (the same for unknown names, and in the same time) or `too-many-requests`. */
/** Whoever did something, with what he may do now; null where he may do nothing any more. */
export async function actorNow({ kind, id }: Pick<By, 'kind' | 'id'>): Promise<Actor | null> {
  if (kind === 'system') return systemActor;
  const user = await UserModel.findById(id).lean();
  return user && !user.disabled ? actorFrom(user) : null;
}

export async function login({
  username,
  password,
}: {
  username: string;
  password: string;
}): Promise<SignedIn> {
  const address = currentContext()?.address ?? '';
  await countAttempt(username, address);
  const user = await UserModel.findOne({ username }).lean<User>();
  const right = await isRightPassword(user?.passwordHash ?? null, password);
  if (!user || !right || user.disabled) throw new Problem('wrong-credentials');
  await forgiveAttempts(username, address);

  const now = clock.now();
  const id = ids.uuid();
  const refreshToken = makeRefreshToken(id);
  const session: Session = {
    _id: id,
    user: user._id,
    epoch: user.epoch,
    previous: null,
    successors: [sha256(refreshToken)],
    createdAt: now,
    usedAt: now,
    expiresAt: new Date(now.getTime() + sessionMillis),
    userAgent: currentContext()?.userAgent ?? '',
    address,
  };
  await inTransaction(async () => {
    await SessionModel.create(session);
    await recordAudit(actorFrom(user), 'session.opened', id);
  });
  return { ...issue(user, id), refreshToken, user };
}

function issue(user: User, session: string) {
  const accessToken = signAccessToken(environment().accessKey, {
    user: user._id,
    session,
    epoch: user.epoch,
  });
  return { accessToken, expiresIn: accessTokenSeconds };
}

/**
 * Gives a new pair for a refresh token. The previous token stays good until a successor of it is used, since phones lose answers
 * and two windows ask at once; an older one can only be stolen, and ends the family. Throws `session-ended`.
 */
export async function refresh(token: string): Promise<SignedIn> {
  const id = sessionOf(token);
  const session = id === null ? null : await SessionModel.findById(id).lean<Session>();
  const user = session && (await UserModel.findById(session.user).lean<User>());
  if (
    id === null ||
    !session ||
    !user ||
    user.disabled ||
    user.epoch !== session.epoch ||
    session.expiresAt <= clock.now()
  )
    throw new Problem('session-ended');
  const refreshToken = makeRefreshToken(id);
  if (!(await rotate(id, sha256(token), sha256(refreshToken)))) {
    await inTransaction(async () => {
      await SessionModel.deleteOne({ _id: id });
      await recordAudit(actorFrom(user), 'session.ended-by-reuse', id);
    });
    throw new Problem('session-ended');
  }
  return { ...issue(user, id), refreshToken, user };
}

/** Session, secret, and our mark upon both: what does not carry it was never a token, and ends nobody's session. */
function makeRefreshToken(session: string): string {
  const text = `${session}.${ids.secret(32)}`;
  return `${text}.${markOf(text)}`;
}

function markOf(text: string): string {
  return createHmac('sha256', environment().accessKey).update(text).digest('base64url');
}

/** The session of a refresh token that we made; null for anything else. */
function sessionOf(token: string): string | null {
  const [session = '', secret = '', mark = ''] = token.split('.');
  return mark === markOf(`${session}.${secret}`) ? session : null;
}

/** Puts `fresh` in the place of the token presented. False when that is neither the last one used nor a successor of it. */
async function rotate(_id: string, presented: string, fresh: string): Promise<boolean> {
  const now = clock.now();
  const used = { usedAt: now, expiresAt: new Date(now.getTime() + sessionMillis) };
  const first = await SessionModel.updateOne(
    { _id, successors: presented },
    { $set: { ...used, previous: presented, successors: [fresh] } },
  );
  if (first.matchedCount > 0) return true;
  const successors = { $each: [fresh], $slice: -successorsKept };
  const again = await SessionModel.updateOne(
    { _id, previous: presented },
    { $set: used, $push: { successors } },
  );
  return again.matchedCount > 0;
}

export async function logout(token: string): Promise<void> {
  const [id = ''] = token.split('.');
  const presented = sha256(token);
  await SessionModel.deleteOne({ _id: id, $or: [{ successors: presented }, { previous: presented }] });
}

export async function listSessions(actor: Actor): Promise<Session[]> {
  return SessionModel.find({ user: actor.id }).sort({ usedAt: -1 }).limit(100).lean<Session[]>();
}

export async function endSession(actor: Actor, id: string): Promise<void> {
  const { deletedCount } = await SessionModel.deleteOne({ _id: id, user: actor.id });
  if (deletedCount === 0) throw new Problem('not-found');
}

/** Changing the password ends every session of the user. */
export async function changePassword(
  actor: Actor,
  { current, next }: { current: string; next: string },
): Promise<void> {
  const user = await UserModel.findById(actor.id).lean<User>();
  if (!user) throw new Problem('not-signed-in');
  await countAttempt(user.username, currentContext()?.address ?? '');
  if (!(await isRightPassword(user.passwordHash, current))) throw new Problem('wrong-credentials');
  await forgiveAttempts(user.username, currentContext()?.address ?? '');
  requireStrongPassword(next, user.username);
  const passwordHash = await hashPassword(next);
  await inTransaction(async () => {
    await UserModel.updateOne(
      { _id: user._id },
      { $set: { passwordHash, passwordChangedAt: clock.now() }, $inc: { epoch: 1, rev: 1 } },
    );
    await SessionModel.deleteMany({ user: user._id });
    await recordAudit(actor, 'user.password-changed', user._id);
  });
  believed.clear();
}

type Belief = { until: number; actor: Promise<Actor> };
const believed = new Map<string, Belief>();

/** Who an access token stands for. Throws `not-signed-in`, `token-expired` or `session-ended`. */
export async function actorOf(accessToken: string): Promise<Actor> {
  const claims = readAccessToken(environment().accessKey, accessToken);
  const key = `${claims.session}/${claims.epoch}`;
  const now = performance.now();
  const known = believed.get(key);
  if (known && known.until > now) return known.actor;
  if (believed.size > 10_000) believed.clear();
  const actor = loadActor(claims);
  believed.set(key, { until: now + beliefMillis, actor });
  actor.catch(() => believed.delete(key));
  return actor;
}

async function loadActor({
  user: id,
  session,
  epoch,
}: {
  user: string;
  session: string;
  epoch: number;
}): Promise<Actor> {
  const [user, alive] = await Promise.all([
    UserModel.findById(id, { passwordHash: 0 }).lean<User>(),
    SessionModel.exists({ _id: session, user: id }),
  ]);
  if (!user || !alive || user.disabled || user.epoch !== epoch) throw new Problem('session-ended');
  return actorFrom(user, session);
}
