// A visit in conflict, sent as a correction of the one that the server has under its id.
import { v7 as uuid } from 'uuid';
import { isRecord } from '../../shared/server/answers.ts';
import type { Api } from '../../shared/server/api.ts';
import type { QueueStore } from './outbox/queue.ts';
import type { OutboxRecord, SealedAmendment, SealedVisit } from './outbox/record.ts';

type Parts = { api: Api; store: QueueStore; run: () => Promise<void>; now: () => number };

/**
 * Asks for the present version, fixes the amendment in the outbox and lets the queue send it like any visit, so that a lost answer
 * doubles nothing. `offline`: the network was away; what was fixed by then goes on by itself.
 */
export async function amendVisit(
  id: string,
  reason: string,
  { api, store, run, now }: Parts,
): Promise<'sent' | 'offline' | 'refused'> {
  const record = await store.read(id);
  if (record?.state !== 'conflict') throw new Error('only a visit in conflict is amended');
  const answer = await api.ask(`/visits/${id}`);
  if (answer.kind === 'refused') return 'refused';
  if (answer.kind !== 'ok') return 'offline';
  const present = answer.body.body;
  if (!isPresentVisit(present)) return 'offline';
  const amendment: SealedAmendment = {
    id: uuid(),
    version: present.version,
    reason,
    sealedAt: new Date(now()).toISOString(),
    visit: correctionOf(record.body, present.body),
  };
  const fixed: OutboxRecord = { ...record, state: 'sealed', receipt: null, problem: null, amendment };
  await store.write(fixed);
  await run();
  const after = await store.read(id);
  if (after?.state === 'conflict' || after?.state === 'refused') return 'refused';
  return after?.receipt ? 'sent' : 'offline';
}

type PresentVisit = { version: number; body: Record<string, unknown> };

const isPresentVisit = (body: unknown): body is PresentVisit =>
  isRecord(body) && typeof body.version === 'number' && isRecord(body.body);

/** An amendment corrects what was seen; when, where, by whom and by which checklist stays as the server has it. */
function correctionOf(own: SealedVisit, present: Record<string, unknown>): unknown {
  const stays = ['kind', 'merchant', 'checklist', 'arrivedAt', 'sealedAt', 'inspectors', 'location'];
  const free = Object.entries(own).filter(([field]) => !stays.includes(field));
  const kept = Object.entries(present).filter(([field]) => stays.includes(field));
  return Object.fromEntries([...free, ...kept]);
}
