// When the queue runs: one tab at a time, after each seal, when the network or the page comes back, and by a clock meanwhile.
import type { ChangeTeller } from '../changes.ts';
import type { OutboxActivity } from '../contract.ts';
import type { Locks } from '../../../shared/server/locks.ts';
import { drain, type QueueStore, type Round, type Transport } from './queue.ts';

const usualSeconds = 20;
const mostSeconds = 60;

export type Outbox = {
  activity: () => OutboxActivity;
  /** Runs the queue unless the server has asked to wait; whoever asks `atOnce` does not wait. */
  wake: (atOnce?: boolean) => void;
  /** Runs it at once and says when the round is over. */
  run: () => Promise<void>;
};
type Parts = {
  store: QueueStore;
  transport: Transport;
  locks: Locks;
  changes: ChangeTeller;
  now: () => number;
};

export function createOutbox({ store, transport, locks, changes, now }: Parts): Outbox {
  let activity: OutboxActivity = 'idle';
  let notBefore = 0;
  let running: Promise<void> | null = null;
  let isWanted = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function become(next: OutboxActivity): void {
    if (next === activity) return;
    activity = next;
    changes.tellHere('outbox');
  }

  /** After another tab's: by then there is mostly nothing left to do, and what it has sent is not sent again. */
  async function round(): Promise<Round> {
    if ((await store.unfinished()).length > 0) become('sending');
    return locks.request('mingdan-outbox', () => drain(store, transport, () => new Date(now())));
  }

  async function go(): Promise<void> {
    clearTimeout(timer);
    // A database that fails is asked again, like a server that does.
    const result = await round().catch((): Round => ({ activity: 'waiting', retryAfter: null }));
    become(result.activity);
    notBefore = 0;
    if (result.activity !== 'waiting') return;
    const seconds = Math.min(mostSeconds, Math.max(1, result.retryAfter ?? usualSeconds));
    if (result.retryAfter !== null) notBefore = now() + seconds * 1000;
    timer = setTimeout(() => {
      wake(true);
    }, seconds * 1000);
  }

  function run(): Promise<void> {
    isWanted = false;
    running ??= go().finally(() => {
      running = null;
      if (isWanted) wake();
    });
    return running;
  }

  function wake(atOnce = false): void {
    // What was sealed during a round may have been missed by it.
    if (running) isWanted = true;
    else if (atOnce || now() >= notBefore) void run();
  }

  return {
    activity: () => activity,
    wake,
    async run() {
      // A round under way may have passed by what this one is for.
      if (running) await running;
      await run();
    },
  };
}
