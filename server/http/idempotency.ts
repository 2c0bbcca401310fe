// Idempotency-Key: the answer is kept in the very transaction of the deed, so a repeat finds both or neither.
import { IdempotencyKeyModel } from '../../models/idempotency-key.ts';
import type { Actor } from '../domain/actor.ts';
import { inTurn, TurnNeeded } from '../domain/turns.ts';
import { contentHash } from '../lib/canonical.ts';
import { clock } from '../lib/clock.ts';
import { Problem } from '../lib/problem.ts';
import { inTransaction, isDuplicateKey, isWriteConflict } from '../lib/transaction.ts';
import { Reply } from './define-route.ts';

/** A deed that may begin: what takes long is done. */
export type Prepared = { act: () => Promise<Reply>; tidy: () => Promise<void> };
type Deed = {
  actor: Actor;
  key: string;
  route: string;
  request: unknown;
  prepare: () => Promise<Prepared>;
};

/** Does the deed once for this user and key. Another body under it: 422; the same under way: 409; else the first answer. */
export async function onceUnderKey({ actor, key, route, request, prepare }: Deed): Promise<Reply> {
  const _id = `${actor.id}/${key}`;
  const requestHash = contentHash({ route, request: request ?? null });
  const kept = await keptAnswer(_id, requestHash);
  if (kept) return kept;
  const { act, tidy } = await prepare();
  const attempt = () => inTransaction(() => doAndKeep(_id, requestHash, act));
  try {
    const outcome = await inItsTurn(attempt);
    if (outcome instanceof Problem) throw outcome;
    return outcome;
  } catch (error) {
    const earlier = isDuplicateKey(error) ? await keptAnswer(_id, requestHash) : null;
    if (earlier) return earlier;
    throw error;
  } finally {
    await tidy();
  }
}

/** Which turn a deed needs, it says itself, when the transaction has begun: that one is given up, and begun anew in the turn. */
async function inItsTurn<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof TurnNeeded) return inTurn(error.key, attempt);
    throw error;
  }
}

/** Answers a problem, in place of throwing it, where what was written before it is to stay; nothing is kept of it. */
async function doAndKeep(
  _id: string,
  requestHash: string,
  act: () => Promise<Reply>,
): Promise<Reply | Problem> {
  const record = { _id, requestHash, status: 0, answer: null, headers: {}, at: clock.now() };
  await IdempotencyKeyModel.create(record).catch((error: unknown) => {
    throw isWriteConflict(error) ? new Problem('request-in-flight', {}, { retryAfterSeconds: 1 }) : error;
  });
  const outcome = await act().catch((error: unknown) => {
    if (error instanceof Problem && error.extras.stands) return error;
    throw error;
  });
  if (outcome instanceof Problem) {
    await IdempotencyKeyModel.deleteOne({ _id });
    return outcome;
  }
  const answer: unknown = JSON.parse(JSON.stringify(outcome.body ?? null));
  const tag = outcome.etag ?? outcome.version;
  const headers = { ...outcome.headers, ...(tag !== null && { ETag: `"${tag}"` }) };
  await IdempotencyKeyModel.updateOne({ _id }, { status: outcome.status, answer, headers });
  return outcome;
}

async function keptAnswer(_id: string, requestHash: string): Promise<Reply | null> {
  const kept = await IdempotencyKeyModel.findById(_id).lean();
  if (!kept) return null;
  if (kept.requestHash !== requestHash) throw new Problem('idempotency-differs');
  return new Reply({
    status: kept.status,
    body: kept.answer ?? undefined,
    headers: { ...kept.headers, 'Idempotency-Replayed': 'true' },
  });
}
