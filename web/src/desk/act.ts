// Acts of a page at the desk, and what the server says of them.
import { announce } from '../shared/announce.ts';
import { useAttempt } from '../shared/attempt.ts';
import { refresh } from './queries.ts';
import { Refusal } from './server.ts';

/** A change: what is on the screen is read anew when it went through, and `done` is said at the foot of the page. */
export function useAct() {
  const { busy, error, attempt } = useAttempt();

  async function act<T>(work: () => Promise<T>, done: string | ((answer: T) => string)): Promise<boolean> {
    let said = '';
    const ok = await attempt(async () => {
      const answer = await work();
      said = typeof done === 'string' ? done : done(answer);
    });
    if (ok) {
      announce(said);
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
