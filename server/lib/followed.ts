// A value that every process holds in memory and reads anew again and again.

/** Reads and keeps what was read. Of two readings at once the one that began later wins: the other one may be out of date. */
export function followed<T>(
  initial: T,
  read: () => Promise<T>,
): { now: () => T; follow: () => Promise<void> } {
  let value = initial;
  let begun = 0;
  let kept = 0;
  return {
    now: () => value,
    follow: async () => {
      const reading = ++begun;
      const found = await read();
      if (reading < kept) return;
      kept = reading;
      value = found;
    },
  };
}
