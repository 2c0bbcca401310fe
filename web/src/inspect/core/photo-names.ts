// Which photos are still needed, and what becomes of the bytes of the others.
import type { IDBPTransaction, StoreNames } from 'idb';
import type { Draft } from './contract.ts';
import { committed, type Database, type Schema } from './database.ts';
import { allAnswers } from './joint.ts';

type Change = IDBPTransaction<Schema, ('outbox' | 'drafts' | 'photos' | StoreNames<Schema>)[], 'readwrite'>;

/**
 * Deletes the bytes of those of `photos` that no draft and no unfinished visit names. Bytes kept again after `before` belong to
 * a picture that was just taken and is in no draft yet. Goes by what is stored, in the caller's transaction.
 */
export async function dropUnnamed(change: Change, photos: string[], before: number): Promise<void> {
  if (photos.length === 0) return;
  const named = await namedIn(change);
  const store = change.objectStore('photos');
  for (const sha256 of photos) {
    if (named.has(sha256)) continue;
    const kept = await store.get(sha256);
    if (kept && kept.keptAt <= before) await store.delete(sha256);
  }
}

async function namedIn(change: Change): Promise<Set<string>> {
  const [drafts, visits] = await Promise.all([
    change.objectStore('drafts').getAll(),
    change.objectStore('outbox').getAll(),
  ]);
  return new Set([
    ...drafts.flatMap(({ draft }) => photosOfDraft(draft)),
    ...visits.filter(({ state }) => state !== 'complete').flatMap(({ photos }) => photos),
  ]);
}

export function photosOfDraft(draft: Pick<Draft, 'photos' | 'answers' | 'sections'>): string[] {
  const answered = allAnswers(draft).flatMap((answer) => [...answer.photos, ...(answer.fix?.photos ?? [])]);
  return [...new Set([...draft.photos.map(({ sha256 }) => sha256), ...answered])];
}

/** Pictures that were retaken or taken for nothing, once a day has gone by over them. */
export async function sweepPhotos(database: Database, now: number): Promise<void> {
  const change = (await database()).transaction(['outbox', 'drafts', 'photos'], 'readwrite');
  await committed(change, async () => {
    const all = await change.objectStore('photos').getAllKeys();
    await dropUnnamed(change, all, now - 86_400_000);
  });
}
