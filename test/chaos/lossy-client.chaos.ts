// The same as in the usual tests, with a thousand visits.
import { sendThroughLosses } from '../support/lossy-client.ts';
import { aSeed } from '../support/random.ts';

describe('a client that loses a fifth of the answers, repeats a third and shuffles', () => {
  it('has each of 1,000 visits stored once, with the same receipt every time', async () => {
    await sendThroughLosses(1_000, aSeed());
  });
});
