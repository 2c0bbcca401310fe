// An act of a page: one at a time, its refusal kept to be shown in place, and what is on the screen read anew when it went through.
import { ref, shallowRef } from 'vue';
import { announce } from '../shared/announce.ts';
import { refresh } from './queries.ts';
import { Refusal } from './server.ts';

export function useAct() {
  const busy = ref(false);
  const error = shallowRef<Error | null>(null);

  /** Whether it went through; then `done` is said at the foot of the page. */
  async function act(work: () => Promise<unknown>, done: string): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    error.value = null;
    try {
      await work();
    } catch (problem) {
      error.value = problem instanceof Error ? problem : new Error(String(problem));
      return false;
    } finally {
      busy.value = false;
    }
    announce(done);
    await refresh();
    return true;
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
