// Other systems are told of changes to the list: each round begins what there is to tell, and waits for none of it.
import { beginDeliveries, stopDeliveries } from '../domain/webhook-sending.ts';
import { type Rounds, startRounds } from './rounds.ts';

const everyMillis = 1_000;

export function startWebhooks(): Rounds {
  const rounds = startRounds('webhooks cannot be served', everyMillis, beginDeliveries);
  return {
    stop: async () => {
      await rounds.stop();
      await stopDeliveries();
    },
  };
}
