// What the phone keeps, in IndexedDB: who is signed in, the pack, drafts, the outbox, and the bytes of photos under their hash.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Checklist, Draft, OutboxState, Pack, User } from './contract.ts';
import type { OutboxRecord } from './outbox/record.ts';

export type DraftRecord = {
  id: string;
  user: string;
  draft: Draft;
  /** A newer pack may not hold the version any more that this draft was begun with. */
  checklist: Checklist;
};
/** Bytes, not a Blob: some browsers lose Blobs that lie in a database. */
export type PhotoRecord = { sha256: string; bytes: ArrayBuffer; keptAt: number };
export type SessionRecord = { device: string; user: User | null };
export type PackMeta = { user: string; etag: string | null; fetchedAt: string; shops: number };

export interface Schema extends DBSchema {
  session: { key: 'present'; value: SessionRecord };
  pack: { key: 'present'; value: Pack };
  packMeta: { key: 'present'; value: PackMeta };
  drafts: { key: string; value: DraftRecord };
  outbox: { key: string; value: OutboxRecord; indexes: { state: OutboxState } };
  photos: { key: string; value: PhotoRecord };
}
export type Connection = IDBPDatabase<Schema>;
/** Asked for before each use: a phone may take a connection away at any moment. */
export type Database = () => Promise<Connection>;

/** Each step takes the database from one version to the next; they are never changed, only added to. */
const steps: ((connection: Connection) => void)[] = [
  (connection) => {
    connection.createObjectStore('session');
    connection.createObjectStore('pack');
    connection.createObjectStore('packMeta');
    connection.createObjectStore('drafts', { keyPath: 'id' });
    connection.createObjectStore('outbox', { keyPath: 'id' }).createIndex('state', 'state');
    connection.createObjectStore('photos', { keyPath: 'sha256' });
  },
];

export function openDatabase(name: string): Database {
  let opening: Promise<Connection> | null = null;
  const forget = () => (opening = null);
  const open = () =>
    openDB<Schema>(name, steps.length, {
      upgrade: (connection, from) => {
        for (const step of steps.slice(from)) step(connection);
      },
      // A newer page in another tab wants to take the next step.
      blocking: (_current, _blocked, event) => {
        forget();
        (event.target as IDBDatabase).close();
      },
      terminated: forget,
    });
  return () => {
    opening ??= open().catch((error: unknown) => {
      forget();
      throw error;
    });
    return opening;
  };
}

/** Written to the disk before it is said to be kept: what is sealed must survive a flat battery. */
export const strict = { durability: 'strict' } as const;

/** Does the work and waits until it is committed. Why a change was given up says the change, not the step that noticed it first. */
export async function committed<T>(change: { done: Promise<void> }, work: () => Promise<T>): Promise<T> {
  const [worked, done] = await Promise.allSettled([work(), change.done]);
  if (done.status === 'rejected') throw done.reason as Error;
  if (worked.status === 'rejected') throw worked.reason as Error;
  return worked.value;
}

export const isFull = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'QuotaExceededError';
