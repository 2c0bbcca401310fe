// What a page tries to do: one thing at a time, and what went wrong is kept to be shown in place.
import { ref, shallowRef } from 'vue';

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
