// What the core takes from the browser, for a test to replace.
import type { Channel } from './changes.ts';
import type { Changes } from './contract.ts';
import { locksOf } from '../../shared/server/browser-locks.ts';
import type { Locks } from '../../shared/server/locks.ts';
import { type Reduce, reduceInWorker } from './reduce.ts';

export type CoreParts = {
  fetch: typeof fetch;
  now: () => number;
  lock: Locks;
  databaseName: string;
  language: () => string;
  reduce: Reduce;
};

export function partsOfBrowser(): CoreParts {
  return {
    // What is asked twice may have changed meanwhile, and the pack keeps its own copy.
    fetch: (input, init) => fetch(input, { ...init, cache: 'no-store' }),
    now: () => Date.now(),
    lock: locksOf(navigator),
    databaseName: 'mingdan-inspect',
    language: () => document.documentElement.lang || 'zh-CN',
    reduce: reduceInWorker(),
  };
}

/** Calls when the network or the page comes back. */
export function onReturn(wake: () => void): void {
  addEventListener('online', wake);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') wake();
  });
}

export function channelOf(name: string): Channel | null {
  if (!('BroadcastChannel' in globalThis)) return null;
  const channel = new BroadcastChannel(name);
  return {
    send: (what) => {
      channel.postMessage(what);
    },
    receive: (read) => {
      channel.addEventListener('message', ({ data }: MessageEvent<Changes>) => {
        read(data);
      });
    },
  };
}
