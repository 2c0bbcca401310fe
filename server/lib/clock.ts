// The server's clock. Device clocks never decide, and tests and seeds hold this one still.

let read = (): Date => new Date();

export const clock = { now: (): Date => read() };

/** Replaces the clock until it is released with `null`. */
export function holdClock(source: (() => Date) | null): void {
  read = source ?? (() => new Date());
}
