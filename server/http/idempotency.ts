// Idempotency-Key: the answer is kept in the very transaction of the deed, so a repeat finds both or neither.
import { IdempotencyKeyModel } from '../../models/idempotency-key.ts';
import type { Actor } from '../domain/actor.ts';
import { contentHash } from '../lib/canonical.ts';
import { clock } from '../lib/clock.ts';
import { Problem } from '../lib/problem.ts';
import { inTransaction, isDuplicateKey, isWriteConflict } from '../lib/transaction.ts';
import { Reply } from './define-route.ts';

type Deed = { actor: Actor; key: string; route: string; request: unknown; act: () => Promise<Reply> };

/** Does the deed once for this user and key. Another body under it: 422; the same under way: 409; else the first answer. */
export async function onceUnderKey({ actor, key, route, request, act }: Deed): Promise<Reply> {
  const _id = `${actor.id}/${key}`;
  const requestHash = contentHash({ route, request: request ?? null });
  const kept = await keptAnswer(_id, requestHash);
  if (kept) return kept;
  try {
    return await inTransaction(async () => {
      const record = { _id, requestHash, status: 0, answer: null, headers: {}, at: clock.now() };
      await IdempotencyKeyModel.create(record).catch((error: unknown) => {
        throw isWriteConflict(error) ? new Problem('request-in-flight', {}, { retryAfterSeconds: 1 }) : error;
      });
      const reply = await act();
      const answer: unknown = JSON.parse(JSON.stringify(reply.body ?? null));
      const tag = reply.etag ?? reply.version;
      const headers = { ...reply.headers, ...(tag !== null && { ETag: `"${tag}"` }) };
      await IdempotencyKeyModel.updateOne({ _id }, { status: reply.status, answer, headers });
      return reply;
    });
  } catch (error) {
    const earlier = isDuplicateKey(error) ? await keptAnswer(_id, requestHash) : null;
    if (earlier) return earlier;
    throw error;
  }
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
