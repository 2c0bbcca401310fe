// Visits being written: one a shop and person, stored with each change, so that a phone that dies loses a word at most.
import { v7 as uuid } from 'uuid';
import type { ChangeTeller } from './changes.ts';
import type { Checklist, Draft, Place, Shop } from './contract.ts';
import { committed, type Database, type DraftRecord, strict } from './database.ts';
import { dropUnnamed, photosOfDraft } from './photo-names.ts';

export type Drafts = {
  all: () => Draft[];
  one: (id: string) => Draft | undefined;
  /** The checklist that the draft was begun with. */
  checklistOf: (id: string) => Checklist | undefined;
  checklist: (key: string, version: number) => Checklist | undefined;
  begin: (shop: Shop, kind: Draft['kind'], place: Place | null, checklist: Checklist) => Promise<Draft>;
  save: (draft: Draft) => Promise<void>;
  drop: (id: string) => Promise<void>;
  /** It has been taken over by the outbox. */
  forget: (id: string) => void;
  reload: () => Promise<void>;
};
type Parts = { database: Database; changes: ChangeTeller; now: () => number; userId: () => string | null };

export function createDrafts({ database, changes, now, userId }: Parts): Drafts {
  const known = new Map<string, DraftRecord>();

  function show(record: DraftRecord): void {
    known.set(record.id, record);
    changes.tell('drafts');
  }

  function forget(id: string): void {
    if (known.delete(id)) changes.tell('drafts');
  }

  return {
    all: () => [...known.values()].map(({ draft }) => plain(draft)),
    one(id) {
      const record = known.get(id);
      return record && plain(record.draft);
    },
    checklistOf: (id) => known.get(id)?.checklist,
    checklist: (key, version) =>
      [...known.values()].find(({ checklist }) => checklist.key === key && checklist.version === version)
        ?.checklist,
    async begin(shop, kind, place, checklist) {
      const user = userId();
      if (user === null) throw new Error('nobody is signed in');
      const change = (await database()).transaction('drafts', 'readwrite', strict);
      const record = await committed(change, async () => {
        const stored = await change.store.getAll();
        const begun = stored.find((one) => one.user === user && one.draft.shop.id === shop.id);
        if (begun) return begun;
        const draft = newDraft(shop, kind, place, checklist, new Date(now()).toISOString());
        const fresh = { id: draft.id, user, draft, checklist };
        await change.store.put(plain(fresh));
        return fresh;
      });
      show(record);
      return plain(record.draft);
    },
    async save(draft) {
      const change = (await database()).transaction('drafts', 'readwrite', strict);
      const saved = await committed(change, async () => {
        // Whoever saves late must not bring back what was sealed or dropped meanwhile.
        const stored = await change.store.get(draft.id);
        if (!stored) return null;
        const record = { ...stored, draft: { ...plain(draft), savedAt: new Date(now()).toISOString() } };
        await change.store.put(record);
        return record;
      });
      if (saved) show(saved);
    },
    async drop(id) {
      const change = (await database()).transaction(['outbox', 'drafts', 'photos'], 'readwrite', strict);
      await committed(change, async () => {
        const stored = await change.objectStore('drafts').get(id);
        if (!stored) return;
        await change.objectStore('drafts').delete(id);
        await dropUnnamed(change, photosOfDraft(stored.draft), now());
      });
      forget(id);
    },
    forget,
    async reload() {
      const stored = await (await database()).getAll('drafts');
      known.clear();
      for (const record of stored) if (record.user === userId()) known.set(record.id, record);
    },
  };
}

function newDraft(
  { id, code, name }: Shop,
  kind: Draft['kind'],
  place: Place | null,
  { key, version }: Checklist,
  at: string,
): Draft {
  return {
    id: uuid(),
    shop: { id, code, name },
    kind,
    checklist: { key, version },
    arrivedAt: at,
    place,
    noEntry: null,
    answers: {},
    personMet: '',
    note: '',
    acknowledgement: null,
    photos: [],
    savedAt: at,
  };
}

/** A copy of nothing but data: the pages hand in objects that their framework watches, which no database can store. */
function plain<T>(data: T): T {
  return JSON.parse(JSON.stringify(data)) as T;
}
