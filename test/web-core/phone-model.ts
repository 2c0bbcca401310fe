// A phone's outbox as a model: a store that can break off at any step and keeps what was committed, and the photos' bytes.
import type { QueueStore } from '../../web/src/inspect/core/outbox/queue.ts';
import type { OutboxRecord } from '../../web/src/inspect/core/outbox/record.ts';

export class Crash extends Error {}
/** What becomes of one step of the store: done, broken off before it was done, or after. */
export type Mishap = 'ok' | 'crash-before' | 'crash-after';

/** A sealed visit with these photos. */
export function aRecord(
  id: string,
  photos: string[] = [],
  changes: Partial<OutboxRecord> = {},
): OutboxRecord {
  const sealedAt = '2022-11-29T02:00:00.000Z';
  const checklist = { key: 'essential', version: 1 };
  return {
    id,
    shop: { id: 'shop', code: '0123456789', name: '中央药房' },
    sealedAt,
    state: 'sealed',
    attempts: 0,
    photos,
    sent: [],
    receipt: null,
    answeredAt: null,
    completedAt: null,
    problem: null,
    result: 'passed',
    user: 'inspector',
    body: {
      id,
      kind: 'routine',
      merchant: 'shop',
      checklist,
      arrivedAt: sealedAt,
      sealedAt,
      answers: [{ item: 'mask', outcome: 'pass' }],
      photos: photos.map((sha256) => ({ sha256, takenAt: null, source: 'camera' })),
    },
    amendment: null,
    refusedPhotos: [],
    ...changes,
  };
}

/** Kept as JSON text, so that nothing is shared between what was written and what is in somebody's hands. */
export function aStore(records: OutboxRecord[], mishaps: Mishap[] = []) {
  const disk = new Map(records.map((record) => [record.id, JSON.stringify(record)]));
  const bytes = new Set(records.flatMap(({ photos }) => photos));
  const all = () => [...disk.values()].map((text) => JSON.parse(text) as OutboxRecord);

  async function step<T>(work: () => T): Promise<T> {
    const mishap = mishaps.shift() ?? 'ok';
    await Promise.resolve();
    if (mishap === 'crash-before') throw new Crash();
    const result = work();
    if (mishap === 'crash-after') throw new Crash();
    return result;
  }
  const put = (record: OutboxRecord) => disk.set(record.id, JSON.stringify(record));

  const store: QueueStore = {
    unfinished: () =>
      step(() =>
        all()
          .filter(({ state }) => ['sealed', 'sending', 'received'].includes(state))
          .map(({ id }) => id),
      ),
    read: (id) => step(() => all().find((record) => record.id === id)),
    write: (record) => step(() => void put(record)),
    finish: (record) =>
      step(() => {
        put(record);
        const needed = new Set(all().flatMap(({ state, photos }) => (state === 'complete' ? [] : photos)));
        for (const sha256 of record.photos) if (!needed.has(sha256)) bytes.delete(sha256);
      }),
  };
  const stored = (id: string): OutboxRecord => {
    const found = all().find((record) => record.id === id);
    if (!found) throw new Error(`${id} is lost`);
    return found;
  };
  return { store, bytes, all, stored };
}
