// What is on the screen follows the list while somebody looks: the server says when something changed, and what shows it is asked for anew.
import { type Query, useQueryClient } from '@tanstack/vue-query';
import { onUnmounted, watch } from 'vue';
import { createEventReader, type StreamEvent } from '../shared/server/event-stream.ts';
import { listen, loginOver, user } from './server.ts';

/** A busy district changes each second; nobody reads that fast. */
const betweenMillis = 10_000;
/** Figures of a very long list take seconds: the server rests so many times as long from them. */
const restFactor = 5;
/** After a stream that broke; pages ask by themselves meanwhile, as they did before there were streams. */
const pauses = { first: 5_000, most: 60_000 };
/** Page upon page of rows is not fetched anew while somebody reads it. */
const mostPages = 3;

const listeners = ['inspector', 'staff', 'approver', 'auditor'];
const showChanges = ['/today', '/merchants', '/stats', '/visits', '/orders', '/adjustments'];

function isShort({ state }: Query): boolean {
  const { pages } = (state.data ?? {}) as { pages?: unknown[] };
  return pages === undefined || pages.length <= mostPages;
}

function follows(query: Query): boolean {
  const [path] = query.queryKey;
  return typeof path === 'string' && showChanges.some((start) => path.startsWith(start)) && isShort(query);
}

/** For as long as the frame stands, and for whoever is signed in. */
export function useLive(): void {
  const queries = useQueryClient();
  let restedAt = 0;
  let waiting: number | null = null;
  let leave = new AbortController();

  async function refresh(): Promise<void> {
    const begunAt = Date.now();
    waiting = null;
    restedAt = begunAt + betweenMillis;
    // What is on its way is waited for: broken off each time, the figures of a very long list would never come.
    await queries.invalidateQueries({ predicate: follows }, { cancelRefetch: false });
    restedAt = Math.max(restedAt, Date.now() + restFactor * (Date.now() - begunAt));
  }
  function refreshSoon(): void {
    waiting ??= window.setTimeout(() => void refresh(), Math.max(0, restedAt - Date.now()));
  }

  async function follow(signal: AbortSignal): Promise<void> {
    let since: string | null = null;
    let pause = pauses.first;
    const hear = ({ event, id, data }: StreamEvent) => {
      since = id ?? since;
      pause = pauses.first;
      if (event === 'merchants') refreshSoon();
      if (event === 'end' && (data as { reason?: string }).reason === 'resync') since = null;
    };
    while (!signal.aborted) {
      const read = createEventReader();
      const outcome = await listen('/events', { since, signal, onText: (text) => read(text).forEach(hear) });
      if (outcome === 'login') return;
      // Of another scope, or another feed.
      if (outcome === 'refused') since = null;
      await new Promise((resolve) => setTimeout(resolve, pause));
      pause = Math.min(2 * pause, pauses.most);
    }
  }

  watch(
    () => (loginOver.value ? null : user.value?.id),
    (id) => {
      leave.abort();
      leave = new AbortController();
      if (id && listeners.includes(user.value?.role ?? '')) void follow(leave.signal);
    },
    { immediate: true },
  );
  onUnmounted(() => {
    leave.abort();
    if (waiting !== null) clearTimeout(waiting);
  });
}
