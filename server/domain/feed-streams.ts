// Who listens hears that something has changed within his scope, and asks the feed what it is: an event holds no data, so that none is ever
// sent to whom it is not meant for, and a slow listener is owed one event however much has changed.
import { Readable } from 'node:stream';
import { clock } from '../lib/clock.ts';
import { Problem } from '../lib/problem.ts';
import { reachKeyOf } from './actor-place.ts';
import type { Actor } from './actor.ts';
import { hasChanged, positionNow } from './feed.ts';
import { cursorOf, type FeedPosition } from './feed-cursor.ts';
import { findHead } from './feed-sequencer.ts';
import type { FeedHead } from '../../models/feed.ts';

/** Of one process. A browser has a few tabs; a dead connection counts until it is noticed. */
const mostStreams = { each: 8, all: 1_000 };
/** Who is told something new each second has no need of more. */
const betweenEventsMillis = 1_000;
const beatMillis = 15_000;
/** Who has read nothing for so long is cut off. */
const patienceMillis = 30_000;

type EndReason = 'token-expired' | 'session-ended' | 'resync' | 'shutdown';

type Listener = {
  actor: Actor;
  /** Who is calling, asked anew. */
  renew: () => Promise<Actor>;
  reach: string;
  position: FeedPosition;
  out: Readable;
  /** Since when there is no room for more; null while there is. */
  fullSince: number | null;
  toldAt: number;
};

const listeners = new Set<Listener>();

/**
 * From now on, or from the event `since` named. Throws `resync` for one that does not fit the scope, `too-many-requests` and
 * `unavailable` where enough listen already.
 */
export async function listenToFeed(
  actor: Actor,
  { since, renew }: { since: string | null; renew: () => Promise<Actor> },
): Promise<Readable> {
  const head = await findHead();
  const position = positionNow(actor, head, since ?? undefined);
  requireRoom(actor);
  const listener: Listener = {
    actor,
    renew,
    reach: reachKeyOf(actor),
    position,
    fullSince: null,
    toldAt: 0,
    out: new Readable({
      highWaterMark: 1_024,
      read: () => {
        listener.fullSince = null;
      },
      destroy: (error, done) => {
        listeners.delete(listener);
        done(error);
      },
    }),
  };
  listeners.add(listener);
  write(listener, `retry: 5000\n${eventOf('ready', cursorOf(actor, head.epoch, position))}`);
  return listener.out;
}

function requireRoom({ id }: Actor): void {
  const own = [...listeners].filter(({ actor }) => actor.id === id).length;
  if (own >= mostStreams.each)
    throw new Problem('too-many-requests', { seconds: 60 }, { retryAfterSeconds: 60 });
  if (listeners.size >= mostStreams.all) throw new Problem('unavailable', {}, { retryAfterSeconds: 60 });
}

const eventOf = (name: string, id: string | null, data: object = {}): string =>
  `event: ${name}\n${id === null ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;

const now = (): number => clock.now().getTime();

function write(listener: Listener, text: string): void {
  listener.toldAt = now();
  if (!listener.out.push(text)) listener.fullSince ??= now();
}

function end(listener: Listener, reason: EndReason): void {
  listeners.delete(listener);
  listener.out.push(eventOf('end', null, { reason }));
  listener.out.push(null);
}

/** One round of the job: everybody is who he was, and hears what is new. */
export async function tellListeners(): Promise<void> {
  if (listeners.size === 0) return;
  const head = await findHead();
  // Those of one scope are mostly at one place, and one look is enough for them.
  const looks = new Map<string, Promise<boolean>>();
  await Promise.all([...listeners].map((listener) => tell(listener, head, looks)));
}

async function tell(listener: Listener, head: FeedHead, looks: Map<string, Promise<boolean>>): Promise<void> {
  const { reach, position, out } = listener;
  const reason = await reasonToEnd(listener);
  if (reason !== null) {
    end(listener, reason);
    return;
  }
  if (listener.fullSince !== null) {
    if (now() - listener.fullSince > patienceMillis) out.destroy();
    return;
  }
  const sinceTold = now() - listener.toldAt;
  if (sinceTold > beatMillis) write(listener, ':\n\n');
  if (position.seq >= head.seq || sinceTold < betweenEventsMillis) return;
  const key = `${reach}/${position.seq}`;
  const look = looks.get(key) ?? hasChanged(listener.actor, position.seq, head.seq);
  looks.set(key, look);
  const isNew = await look;
  listener.position = { ...position, seq: head.seq };
  if (isNew) write(listener, eventOf('merchants', cursorOf(listener.actor, head.epoch, listener.position)));
}

/** A login that is over, and a scope that is another one, end a stream within a second. */
async function reasonToEnd({ renew, reach }: Listener): Promise<EndReason | null> {
  try {
    return reachKeyOf(await renew()) === reach ? null : 'resync';
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.code === 'token-expired' ? 'token-expired' : 'session-ended';
  }
}

/** Before the server closes: it would wait for streams that never end. */
export function endStreams(): void {
  for (const listener of [...listeners]) end(listener, 'shutdown');
}
