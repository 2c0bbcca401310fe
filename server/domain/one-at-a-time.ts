// Long work of which this process does one round at a time, begun by whoever sees that there is some.
import { outsideRequests } from '../lib/context.ts';

/** `begin` answers at once, also where a round is under way already; `whenDone` begins one and answers when it is over. */
export function oneAtATime(round: () => Promise<void>) {
  let underWay: Promise<void> | null = null;
  function begin(): Promise<void> {
    underWay ??= outsideRequests(round).finally(() => {
      underWay = null;
    });
    return Promise.resolve();
  }
  async function whenDone(): Promise<void> {
    await begin();
    await underWay;
  }
  return { begin, whenDone };
}
