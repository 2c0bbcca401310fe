// Long work says that it is alive, so that another process takes it over only where this one is gone.

const everyMillis = 4_000;
/** Who was not heard of for so long is gone. */
export const silentMillis = 15_000;

/** Does `work`, and `say`s so every few seconds meanwhile. */
export async function whileHeard<T>(say: () => Promise<unknown>, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => {
    // Where it cannot be said the database is away, and the work fails by itself.
    say().catch(() => undefined);
  }, everyMillis);
  timer.unref();
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
