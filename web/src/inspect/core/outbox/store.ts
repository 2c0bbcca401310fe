// The outbox in IndexedDB, with what the pages see of it in memory.
import type { ChangeTeller } from '../changes.ts';
import type { OutboxItem } from '../contract.ts';
import { committed, type Database, strict } from '../database.ts';
import { dropUnnamed } from '../photo-names.ts';
import type { QueueStore } from './queue.ts';
import { outdated } from './receipts.ts';
import { itemOf, type OutboxRecord } from './record.ts';

export type OutboxStore = QueueStore & {
  /** Newest first, those of the person signed in. */
  items: () => OutboxItem[];
  records: () => Promise<OutboxRecord[]>;
  /** Takes a visit over from the drafts, all or nothing. Throws when there is no room. */
  takeOver: (record: OutboxRecord) => Promise<void>;
  /** Takes it out for good, with the bytes that nothing else names. */
  remove: (record: OutboxRecord) => Promise<void>;
  /** Forgets receipts that are old or too many; what is not complete stays. */
  prune: (now: number) => Promise<void>;
  reload: () => Promise<void>;
};

type Parts = { database: Database; changes: ChangeTeller; userId: () => string | null };

export function createOutboxStore({ database, changes, userId }: Parts): OutboxStore {
  let known: OutboxItem[] = [];

  const isOwn = ({ user }: OutboxRecord) => user === userId();
  const records = async () => (await (await database()).getAll('outbox')).filter(isOwn);

  function show(item: OutboxItem): void {
    known = newestFirst([...known.filter(({ id }) => id !== item.id), item]);
    changes.tell('outbox');
  }

  async function prune(now: number): Promise<void> {
    const ids = new Set(outdated(known, now));
    if (ids.size === 0) return;
    const change = (await database()).transaction('outbox', 'readwrite');
    await committed(change, async () => {
      for (const id of ids) await change.store.delete(id);
    });
    known = known.filter(({ id }) => !ids.has(id));
    changes.tell('outbox');
  }

  return {
    prune,
    items: () => known,
    records,
    async reload() {
      known = newestFirst((await records()).map(itemOf));
    },
    async unfinished() {
      const connection = await database();
      const states = ['sealed', 'sending', 'received'] as const;
      const found = await Promise.all(
        states.map((state) => connection.getAllFromIndex('outbox', 'state', state)),
      );
      return found
        .flat()
        .filter(isOwn)
        .toSorted(bySeal)
        .map(({ id }) => id);
    },
    read: async (id) => (await database()).get('outbox', id),
    async write(record) {
      const change = (await database()).transaction('outbox', 'readwrite', strict);
      await committed(change, () => change.store.put(record));
      show(itemOf(record));
    },
    async finish(record) {
      const change = (await database()).transaction(['outbox', 'drafts', 'photos'], 'readwrite', strict);
      await committed(change, async () => {
        await change.objectStore('outbox').put(record);
        await dropUnnamed(change, record.photos, Date.parse(record.sealedAt));
      });
      show(itemOf(record));
      await prune(Date.parse(record.completedAt ?? record.sealedAt));
    },
    async takeOver(record) {
      const change = (await database()).transaction(['outbox', 'drafts'], 'readwrite', strict);
      const isNew = await committed(change, async () => {
        // Of two taps, or two tabs, the first one has fixed it.
        if ((await change.objectStore('outbox').getKey(record.id)) !== undefined) return false;
        await change.objectStore('drafts').delete(record.id);
        await change.objectStore('outbox').put(record);
        return true;
      });
      if (isNew) show(itemOf(record));
    },
    async remove(record) {
      const change = (await database()).transaction(['outbox', 'drafts', 'photos'], 'readwrite', strict);
      await committed(change, async () => {
        await change.objectStore('outbox').delete(record.id);
        await dropUnnamed(change, record.photos, Date.parse(record.sealedAt));
      });
      known = known.filter(({ id }) => id !== record.id);
      changes.tell('outbox');
    },
  };
}

type Sealed = { id: string; sealedAt: string };
const bySeal = (a: Sealed, b: Sealed) => (a.sealedAt + a.id < b.sealedAt + b.id ? -1 : 1);
const newestFirst = <T extends Sealed>(items: T[]): T[] => items.toSorted((a, b) => bySeal(b, a));
