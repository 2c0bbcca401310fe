// Acts of a page: one at a time, and what went wrong is kept to be shown in place.
import { ref, shallowRef } from 'vue';
import { announce } from '../shared/announce.ts';
import { refresh } from './queries.ts';
import { Refusal } from './server.ts';

/** Work that may come to nothing. `again` does the same once more, whatever it was. */
export function useAttempt() {
  const busy = ref(false);
  const error = shallowRef<Error | null>(null);
  let last: (() => Promise<boolean>) | null = null;

  /** Whether it went through. */
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false;
    last = () => attempt(work);
    busy.value = true;
    error.value = null;
    try {
      await work();
      return true;
    } catch (problem) {
      error.value = problem instanceof Error ? problem : new Error(String(problem));
      return false;
    } finally {
      busy.value = false;
    }
  }

  return { busy, error, attempt, again: () => void last?.() };
}

/** A change: what is on the screen is read anew when it went through, and `done` is said at the foot of the page. */
export function useAct() {
  const { busy, error, attempt } = useAttempt();

  async function act(work: () => Promise<unknown>, done: string): Promise<boolean> {
    const ok = await attempt(work);
    if (ok) {
      announce(done);
      void refresh();
    }
    return ok;
  }

  return { busy, error, act };
}

export const codeOf = (error: Error | null): string | null =>
  error instanceof Refusal ? (error.problem?.code ?? null) : null;

/** What the server says about one part of what was sent. */
export const messageAt = (error: Error | null, path: string): string =>
  error instanceof Refusal
    ? (error.problem?.errors ?? [])
        .filter((one) => one.path === path)
        .map(({ message }) => message)
        .join(' ')
    : '';
