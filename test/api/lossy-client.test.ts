// Visits through a network that loses, repeats and reorders: each stored once, with one receipt.
import { sendThroughLosses } from '../support/lossy-client.ts';

describe('a client that loses a fifth of the answers, repeats a third and shuffles', () => {
  it('has each of 120 visits stored once, with the same receipt every time', async () => {
    await sendThroughLosses(120, '1');
  });
});
