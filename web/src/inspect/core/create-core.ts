// Puts the parts of the core together.
import { createApi } from '../../shared/server/api.ts';
import { amendVisit } from './amend.ts';
import { channelOf, type CoreParts, onReturn, partsOfBrowser } from './browser.ts';
import { createChanges } from './changes.ts';
import type { Core, OutboxItem, PackInfo } from './contract.ts';
import { isFull, openDatabase } from './database.ts';
import { isForged } from './door-mark.ts';
import { createDrafts } from './drafts.ts';
import { exportedFile } from './exports.ts';
import { partnersFor, withPartner } from './joint.ts';
import { lacksOf } from './lacks.ts';
import { actOnOrder } from './orders.ts';
import { createOutbox } from './outbox/outbox.ts';
import { lacksForGood } from './outbox/record.ts';
import { createOutboxStore } from './outbox/store.ts';
import { createTransport } from './outbox/transport.ts';
import { createPacks } from './packs.ts';
import { sweepPhotos } from './photo-names.ts';
import { createPhotos } from './photos.ts';
import { askToStay, roomOf } from './room.ts';
import { sealedRecord } from './sealed-record.ts';
import { openSession } from './session.ts';

/** At the start, and when the network or the page comes back, what is on the phone is put right, but not at each flicker. */
const minutesBetweenPacks = 10;

/** Somebody was moved to another area meanwhile: what is on the phone is not theirs any more. */
const isMovedSince = (items: OutboxItem[], pack: PackInfo) =>
  items.some(
    ({ receipt, answeredAt }) =>
      receipt?.flags.includes('scope-changed') && (answeredAt ?? '') > (pack?.fetchedAt ?? ''),
  );

export async function createCore(deps: Partial<CoreParts> = {}): Promise<Core> {
  const { fetch, now, lock: locks, databaseName, language, reduce } = { ...partsOfBrowser(), ...deps };
  const database = openDatabase(databaseName);
  const changes = createChanges(channelOf(databaseName));
  const session = await openSession(database, changes);
  const userId = () => session.user()?.id ?? null;
  const api = createApi({ fetch, now, locks, language, userId });
  const packs = createPacks({ api, database, changes, now, userId });
  const drafts = createDrafts({ database, changes, now, userId });
  const photos = createPhotos({ database, reduce, now });
  const store = createOutboxStore({ database, changes, userId });
  const transport = createTransport({ api, device: session.device(), bytesOf: photos.bytes });
  const outbox = createOutbox({ store, transport, locks, changes, now });

  const reloads = { pack: packs.reload, drafts: drafts.reload, outbox: store.reload };
  const reloadAll = async () => {
    await Promise.all(Object.values(reloads).map((reload) => reload()));
  };
  await reloadAll();
  void store.prune(now()).catch(() => undefined);
  const tellAll = () => {
    for (const what of ['session', 'pack', 'drafts', 'outbox'] as const) changes.tellHere(what);
  };
  changes.onElsewhere((what) => {
    if (what !== 'session')
      return void reloads[what]().then(() => {
        changes.tellHere(what);
      });
    void session
      .reload()
      .then(reloadAll)
      .then(tellAll)
      .then(() => {
        outbox.wake();
      });
  });
  const freshen = () => {
    if (packs.isStale(minutesBetweenPacks) || isMovedSince(store.items(), packs.info())) void packs.refresh();
  };
  onReturn(() => {
    outbox.wake();
    freshen();
  });
  changes.onChange((what) => {
    if (what === 'outbox' && isMovedSince(store.items(), packs.info())) void packs.refresh();
  });
  void sweepPhotos(database, now()).catch(() => undefined);
  outbox.wake();
  freshen();

  return {
    onChange: changes.onChange,

    user: session.user,
    async login(username, password) {
      const outcome = await session.login(api, username, password);
      if (outcome !== 'ok') return outcome;
      askToStay(navigator.storage);
      await reloadAll();
      tellAll();
      outbox.wake(true);
      return 'ok';
    },
    async logout() {
      await Promise.all([drafts.reload(), store.reload()]);
      const isUnsent = store.items().some(({ state }) => state !== 'complete');
      if (isUnsent || drafts.all().length > 0) return 'unsent';
      await packs.forget();
      await session.logout(api);
      await reloadAll();
      tellAll();
      return 'ok';
    },

    pack: packs.pack,
    packInfo: packs.info,
    refreshPack: packs.refresh,

    shop: (id) => packs.shops().shop(id),
    shopByCode: (text) => packs.shops().byCode(text),
    isForged: (scanned) => isForged(scanned, packs.pack()?.keys ?? []),
    search: (text, limit) => packs.shops().search(text, limit),
    checklistFor: (shop, kind) => packs.shops().checklistFor(shop, kind),
    checklist: (key, version) => packs.shops().checklist(key, version) ?? drafts.checklist(key, version),
    visitsOf: (shop) => packs.shops().visitsOf(shop),
    ordersOf: (shop) => packs.shops().ordersOf(shop),
    partnersFor: (shop) => partnersFor(packs.pack() ?? {}, shop),

    async begin(shop, kind, place) {
      const checklist = packs.shops().checklistFor(shop, kind);
      if (!checklist) throw new Error(`no checklist for a shop of category ${shop.category}`);
      const draft = await drafts.begin(shop, kind, place, checklist);
      if (draft.kind !== 'joint' || draft.sections) return draft;
      const self = partnersFor(packs.pack() ?? {}, shop).find(({ id }) => id === userId());
      const joint = { ...draft, sections: self ? withPartner([], self, checklist) : [] };
      await drafts.save(joint);
      return joint;
    },
    draft: (id) => Promise.resolve(drafts.one(id)),
    drafts: drafts.all,
    saveDraft: drafts.save,
    dropDraft: drafts.drop,
    lacksOf(draft) {
      const { key, version } = draft.checklist;
      const checklist = drafts.checklistOf(draft.id) ?? packs.shops().checklist(key, version);
      return checklist ? lacksOf(draft, checklist) : [];
    },
    async seal(draft) {
      const checklist = drafts.checklistOf(draft.id);
      const user = userId();
      if (!checklist || user === null) {
        // By another tap or tab, just now.
        if (await store.read(draft.id)) return { kind: 'sealed' };
        throw new Error('this draft is not on this phone any more');
      }
      const lacks = lacksOf(draft, checklist);
      if (lacks.length > 0) return { kind: 'lacking', lacks };
      try {
        await store.takeOver(sealedRecord(draft, checklist, user, new Date(now()).toISOString()));
      } catch (error) {
        if (isFull(error)) return { kind: 'full' };
        throw error;
      }
      drafts.forget(draft.id);
      outbox.wake();
      return { kind: 'sealed' };
    },

    keepPhoto: photos.keep,
    photoUrl: photos.url,

    outbox: store.items,
    activity: outbox.activity,
    async exportItem(id) {
      const records = (await store.records()).filter((record) => id === undefined || record.id === id);
      const madeAt = new Date(now()).toISOString();
      return exportedFile(records, id === undefined, {
        database,
        device: session.device(),
        madeAt,
        userId: userId(),
      });
    },
    async removeItem(id) {
      const record = await store.read(id);
      if (!record) return;
      const isOver = ['refused', 'conflict', 'complete'].includes(record.state);
      if (!isOver && !lacksForGood(record)) throw new Error('what is still to be sent is not taken out');
      await store.remove(record);
    },
    amend: (id, reason) => amendVisit(id, reason, { api, store, run: outbox.run, now }),
    sendNow: () => {
      outbox.wake(true);
    },
    room: () => roomOf(navigator.storage),

    async actOnOrder(id, act, body) {
      const outcome = await actOnOrder(api, id, act, body);
      if (outcome === 'done') void packs.refresh();
      return outcome;
    },
  };
}
