// The server's clock. Device clocks never decide, and tests and seeds hold this one still.
import { AsyncLocalStorage } from 'node:async_hooks';

let read = (): Date => new Date();
const instants = new AsyncLocalStorage<Date>();

export const clock = { now: (): Date => instants.getStore() ?? read() };

/** Replaces the clock for everybody until it is released with `null`. */
export function holdClock(source: (() => Date) | null): void {
  read = source ?? (() => new Date());
}

/** Does `work` as if it were this instant; everybody else's clock goes on. */
export function atInstant<T>(instant: Date, work: () => Promise<T>): Promise<T> {
  return instants.run(instant, work);
}
