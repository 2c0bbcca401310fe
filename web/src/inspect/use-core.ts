// The core, handed to the pages; what they read of it is read anew after each change.
import { type App, computed, type ComputedRef, inject, type InjectionKey, reactive } from 'vue';
import type { Changes, Core } from './core/contract.ts';

type Shared = { core: Core; changed: Record<Changes, number> };
const key: InjectionKey<Shared> = Symbol('core');

export function provideCore(app: App, core: Core): void {
  const changed = reactive<Record<Changes, number>>({ pack: 0, outbox: 0, drafts: 0, session: 0 });
  core.onChange((what) => {
    changed[what] += 1;
  });
  app.provide(key, { core, changed });
}

function shared(): Shared {
  const found = inject(key);
  if (!found) throw new Error('No core was provided');
  return found;
}

export const useCore = (): Core => shared().core;

/** What `read` answers, anew after each change of one of these. */
export function useLive<T>(what: Changes[], read: (core: Core) => T): ComputedRef<T> {
  const { core, changed } = shared();
  return computed(() => {
    // Reading the counters is what makes this depend on them.
    for (const one of what) void changed[one];
    return read(core);
  });
}
