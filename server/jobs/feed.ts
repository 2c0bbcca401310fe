// The feed follows the list, and those who listen hear of it: within a second, apart from the sweep, whose steps may take longer.
import { keepFeed } from '../domain/feed-sequencer.ts';
import { endStreams, tellListeners } from '../domain/feed-streams.ts';
import { type Rounds, startRounds } from './rounds.ts';

const everyMillis = 300;

export const startFeed = (): Rounds => startRounds('the feed cannot go on', everyMillis, keepFeed);

/** Stopped before the port is closed: streams would keep it open. */
export function startEvents(): Rounds {
  const rounds = startRounds('listeners cannot be told', everyMillis, tellListeners);
  return {
    stop: async () => {
      await rounds.stop();
      endStreams();
    },
  };
}
