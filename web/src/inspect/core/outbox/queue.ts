// The heart of the phone: how sealed visits reach the server, exactly once with all their photos, whatever breaks in between.
//
// Each step is written down the moment it is known, and each may be done again: ids are the phone's own and the server takes
// the same content twice without doubling it. So a crash anywhere is answered by simply going on from what was written.
import type { Answer, Trouble } from '../../../shared/server/answers.ts';
import type { Receipt } from '../contract.ts';
import type { OutboxRecord } from './record.ts';

export type QueueStore = {
  /** Ids of the visits that are not finished, oldest first. */
  unfinished: () => Promise<string[]>;
  read: (id: string) => Promise<OutboxRecord | undefined>;
  write: (record: OutboxRecord) => Promise<void>;
  /** Writes a complete visit, and lets go of the bytes of photos that nothing else names. */
  finish: (record: OutboxRecord) => Promise<void>;
};
/** Never throws. */
export type Transport = {
  /** Hands the visit in, or its amendment; a repeat answers the present receipt. */
  submit: (record: OutboxRecord) => Promise<Answer<Receipt>>;
  sendPhoto: (sha256: string) => Promise<Answer<null>>;
};
/** `waiting`: something is left that goes on by itself, after `retryAfter` seconds if the server named any. */
export type Round = { activity: 'idle' | 'waiting' | 'login'; retryAfter: number | null };

type Parts = { store: QueueStore; transport: Transport; now: () => Date };
/** `rest`: nothing this phone can do brings it further for now. */
type Step = { kind: 'finished' | 'rest' | 'later' } | Exclude<Trouble, { kind: 'refused' }>;

/** One round over everything that is not finished. What one visit runs into does not hold up the others. */
export async function drain(store: QueueStore, transport: Transport, now: () => Date): Promise<Round> {
  let isAnythingLeft = false;
  let wasAway = false;
  for (const id of await store.unfinished()) {
    const record = await store.read(id);
    if (!record) continue;
    const step = await advance(record, { store, transport, now });
    if (step.kind === 'login') return { activity: 'login', retryAfter: null };
    if (step.kind === 'away') {
      // No answer at all may be this visit's own fault, where something on the way breaks it off: the next one tells.
      if (wasAway || step.retryAfter !== null) return { activity: 'waiting', retryAfter: step.retryAfter };
      wasAway = true;
    }
    if (step.kind === 'later' || step.kind === 'failed') isAnythingLeft = true;
  }
  return { activity: isAnythingLeft || wasAway ? 'waiting' : 'idle', retryAfter: null };
}

/** Takes one visit as far as it goes: the visit, its photos one by one, then the receipt that says all are there. */
async function advance(begun: OutboxRecord, parts: Parts): Promise<Step> {
  let record = begun;
  if (record.receipt === null) {
    record = await written({ ...record, state: 'sending' }, parts);
    const answer = await parts.transport.submit(record);
    if (answer.kind !== 'ok') return stoppedBy(answer, record, parts);
    record = await received(record, answer.body, parts);
    if (record.state === 'complete') return { kind: 'finished' };
  }
  for (const sha256 of toSend(record)) {
    const answer = await parts.transport.sendPhoto(sha256);
    if (answer.kind === 'ok') record = await written({ ...record, sent: [...record.sent, sha256] }, parts);
    else if (answer.kind === 'refused')
      record = await written(
        { ...record, refusedPhotos: [...record.refusedPhotos, sha256], problem: answer.problem },
        parts,
      );
    else return stoppedBy(answer, record, parts);
  }
  const answer = await parts.transport.submit(record);
  if (answer.kind !== 'ok') return stoppedBy(answer, record, parts);
  record = await received(record, answer.body, parts);
  if (record.state === 'complete') return { kind: 'finished' };
  return { kind: toSend(record).length > 0 ? 'later' : 'rest' };
}

/** What the server lacks of what this phone has. Others may have added photos of their own by an amendment. */
function toSend({ receipt, photos, sent, refusedPhotos }: OutboxRecord): string[] {
  const missing = receipt?.missingPhotos ?? [];
  return photos.filter(
    (sha256) => missing.includes(sha256) && !sent.includes(sha256) && !refusedPhotos.includes(sha256),
  );
}

async function received(record: OutboxRecord, receipt: Receipt, parts: Parts): Promise<OutboxRecord> {
  const at = parts.now().toISOString();
  const known = {
    ...record,
    receipt,
    answeredAt: record.answeredAt ?? at,
    // A server that was put back to an older backup asks again for what it had acknowledged.
    sent: record.sent.filter((sha256) => !receipt.missingPhotos.includes(sha256)),
    problem: record.refusedPhotos.length > 0 ? record.problem : null,
  };
  const isWhole = receipt.state === 'complete';
  // Photos that staff gave up are taken in all the same, so what is still here is sent first.
  if (isWhole || (receipt.state === 'complete-without' && toSend(known).length === 0)) {
    const whole: OutboxRecord = { ...known, state: 'complete', completedAt: at };
    await parts.store.finish(isWhole ? { ...whole, problem: null } : whole);
    return whole;
  }
  return written({ ...known, state: 'received' }, parts);
}

/** Writes down what an answer other than a receipt means for this visit. Nothing is ever taken out. */
async function stoppedBy(trouble: Trouble, record: OutboxRecord, parts: Parts): Promise<Step> {
  // Until there is a receipt, it waits as it was sealed.
  const waiting: OutboxRecord = { ...record, state: record.receipt ? 'received' : 'sealed' };
  if (trouble.kind === 'refused') {
    const isConflict = trouble.problem.code === 'visit-differs' || record.amendment !== null;
    await parts.store.write({
      ...record,
      attempts: record.attempts + 1,
      state: isConflict ? 'conflict' : 'refused',
      // A refused amendment leaves the conflict as it was, to be amended anew.
      amendment: null,
      problem: trouble.problem,
    });
    return { kind: 'rest' };
  }
  const attempts = trouble.kind === 'failed' ? record.attempts + 1 : record.attempts;
  await parts.store.write({ ...waiting, attempts });
  return trouble;
}

async function written(record: OutboxRecord, { store }: Parts): Promise<OutboxRecord> {
  await store.write(record);
  return record;
}
