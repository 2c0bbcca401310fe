// The pack: everything an inspector needs to know away from the network. One record in the database, in memory afterwards.
import type { Answer } from '../../shared/server/answers.ts';
import type { Api, Reply } from '../../shared/server/api.ts';
import type { ChangeTeller } from './changes.ts';
import type { Pack, PackInfo } from './contract.ts';
import { committed, type Database, type PackMeta, strict } from './database.ts';
import { applied, isDifference, isPack } from './pack-difference.ts';
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
type Held = { pack: Pack; meta: PackMeta; shops: Shops };
type Parts = {
  api: Api;
  database: Database;
  changes: ChangeTeller;
  now: () => number;
  userId: () => string | null;
};

export function createPacks({ api, database, changes, now, userId }: Parts): Packs {
  let present: Held | null = null;
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

  /** What has changed since the pack at hand, or the whole where there is none, or it is asked for. */
  function ask(known: Held | null): Promise<Answer<Reply>> {
    const version = known?.pack.version;
    const etag = known?.meta.etag;
    return api.ask(version === undefined ? '/pack' : `/pack?since=${version}`, {
      headers: etag ? { 'If-None-Match': etag } : {},
      seconds: 180,
    });
  }

  async function fetchAnew(): ReturnType<Packs['refresh']> {
    const user = userId();
    const known = present;
    let answer = await ask(known);
    let fresh = packIn(answer, known);
    // The server cannot tell the difference, or the two do not mean the same pack: then the whole.
    if (known && fresh === null && (answer.kind === 'ok' || answer.kind === 'refused')) {
      answer = await ask(null);
      fresh = packIn(answer, null);
    }
    if (answer.kind === 'login') return 'login';
    if (answer.kind !== 'ok' || fresh === null || user === null || user !== userId()) return 'offline';
    const fetchedAt = new Date(now()).toISOString();
    if (known?.pack === fresh) {
      // Another tab may have stored a newer one meanwhile, whose date is its own.
      if (present !== known) return 'unchanged';
      known.meta = { ...known.meta, fetchedAt };
      await (await database()).put('packMeta', known.meta, 'present');
      changes.tellHere('pack');
      return 'unchanged';
    }
    const meta = { user, etag: answer.body.etag, fetchedAt, shops: fresh.merchants.length };
    await keep(fresh, meta);
    hold(fresh, meta);
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

/** The pack that an answer leads to; null where it leads to none. */
function packIn(answer: Answer<Reply>, known: Held | null): Pack | null {
  if (answer.kind !== 'ok') return null;
  const { status, body } = answer.body;
  if (status === 304) return known?.pack ?? null;
  if (known && isDifference(body)) return applied(known.pack, body);
  return isPack(body) ? body : null;
}
