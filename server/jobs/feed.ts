// The feed follows the list: what was marked has its number within a second, apart from the sweep, whose steps may take longer.
import { keepFeed } from '../domain/feed-sequencer.ts';
import { type Rounds, startRounds } from './rounds.ts';

const everyMillis = 300;

export const startFeed = (): Rounds => startRounds('the feed cannot go on', everyMillis, keepFeed);
