// Work that a process does again and again until it is told to stop.
import { logger } from '../lib/logger.ts';

export type Rounds = { stop(): Promise<void> };

/** The next round begins so long after the one before it ended. One that fails is logged as `failed`, and tried again with the next. */
export function startRounds(failed: string, everyMillis: number, work: () => Promise<void>): Rounds {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const round = async () => {
    try {
      await work();
    } catch (error) {
      if (!stopped) logger.error({ err: error }, failed);
    }
    if (!stopped) timer = setTimeout(next, everyMillis);
  };
  let underWay = Promise.resolve();
  const next = () => {
    underWay = round();
  };
  next();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await underWay;
    },
  };
}
