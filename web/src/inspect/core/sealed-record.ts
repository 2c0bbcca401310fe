// A draft as it enters the outbox: its body fixed, nothing sent yet. Pure.
import type { Checklist, Draft } from './contract.ts';
import type { OutboxRecord } from './outbox/record.ts';
import { photosOfVisit, resultOfVisit, sealedVisit } from './seal.ts';

export function sealedRecord(
  draft: Draft,
  checklist: Pick<Checklist, 'items'>,
  user: string,
  sealedAt: string,
): OutboxRecord {
  const body = sealedVisit(draft, checklist, sealedAt);
  const { id, code, name } = draft.shop;
  return {
    id: draft.id,
    shop: { id, code, name },
    sealedAt,
    state: 'sealed',
    attempts: 0,
    photos: photosOfVisit(body),
    sent: [],
    receipt: null,
    answeredAt: null,
    completedAt: null,
    problem: null,
    result: resultOfVisit(body),
    user,
    body,
    amendment: null,
    refusedPhotos: [],
  };
}
