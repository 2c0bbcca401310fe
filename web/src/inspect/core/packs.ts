// The pack: everything an inspector needs to know away from the network. One record in the database, in memory afterwards.
import type { Api } from '../../shared/server/api.ts';
import { isRecord } from '../../shared/server/answers.ts';
import type { ChangeTeller } from './changes.ts';
import type { Pack, PackInfo } from './contract.ts';
import { committed, type Database, type PackMeta, strict } from './database.ts';
import { emptyShops, type Shops, shopsOf } from './shops.ts';

export type Packs = {
  pack: () => Pack | null;
  info: () => PackInfo;
  shops: () => Shops;
  /** Somebody is signed in who has none, or one that was fetched that long ago. */
  isStale: (minutes: number) => boolean;
  refresh: () => Promise<'fresh' | 'unchanged' | 'offline' | 'login'>;
  /** Of the person signed in; somebody else's is not shown. */
  reload: () => Promise<void>;
  forget: () => Promise<void>;
};
type Parts = {
  api: Api;
  database: Database;
  changes: ChangeTeller;
  now: () => number;
  userId: () => string | null;
};

export function createPacks({ api, database, changes, now, userId }: Parts): Packs {
  let present: { pack: Pack; meta: PackMeta; shops: Shops } | null = null;
  let refreshing: ReturnType<Packs['refresh']> | null = null;

  function hold(pack: Pack, meta: PackMeta): void {
    present = { pack, meta, shops: shopsOf(pack) };
  }

  async function keep(pack: Pack, meta: PackMeta): Promise<void> {
    const change = (await database()).transaction(['pack', 'packMeta'], 'readwrite', strict);
    await committed(change, async () => {
      await change.objectStore('pack').put(pack, 'present');
      await change.objectStore('packMeta').put(meta, 'present');
    });
  }

  async function fetchAnew(): ReturnType<Packs['refresh']> {
    const user = userId();
    const known = present?.meta.etag ?? null;
    const answer = await api.ask('/pack', {
      headers: known === null ? {} : { 'If-None-Match': known },
      seconds: 180,
    });
    if (answer.kind === 'login') return 'login';
    if (answer.kind !== 'ok' || user === null || user !== userId()) return 'offline';
    const { status, body, etag } = answer.body;
    const fetchedAt = new Date(now()).toISOString();
    if (status === 304 && present) {
      present.meta = { ...present.meta, fetchedAt };
      await (await database()).put('packMeta', present.meta, 'present');
      changes.tellHere('pack');
      return 'unchanged';
    }
    if (!isPack(body)) return 'offline';
    const meta = { user, etag, fetchedAt, shops: body.merchants.length };
    await keep(body, meta);
    hold(body, meta);
    changes.tell('pack');
    return 'fresh';
  }

  return {
    pack: () => present?.pack ?? null,
    info: () => present && { fetchedAt: present.meta.fetchedAt, shops: present.meta.shops },
    shops: () => present?.shops ?? emptyShops,
    isStale: (minutes) =>
      userId() !== null &&
      (present === null || now() - Date.parse(present.meta.fetchedAt) > minutes * 60_000),
    refresh() {
      // What could not be stored, for want of room say, leaves the old one where it was, and is fetched again next time.
      refreshing ??= fetchAnew()
        .catch(() => 'offline' as const)
        .finally(() => (refreshing = null));
      return refreshing;
    },
    async reload() {
      const connection = await database();
      const [meta, pack] = await Promise.all([
        connection.get('packMeta', 'present'),
        connection.get('pack', 'present'),
      ]);
      if (pack && meta?.user === userId()) hold(pack, meta);
      else present = null;
    },
    async forget() {
      present = null;
      const change = (await database()).transaction(['pack', 'packMeta'], 'readwrite');
      await committed(change, async () => {
        await change.objectStore('pack').clear();
        await change.objectStore('packMeta').clear();
      });
      changes.tell('pack');
    },
  };
}

function isPack(body: unknown): body is Pack {
  const lists = ['areas', 'categories', 'checklists', 'sites', 'merchants', 'orders', 'visits'];
  return isRecord(body) && lists.every((list) => Array.isArray(body[list]));
}
