// The inspector's phone in a real browser: a visit without a network, through a restart, and in the end whole on the server.
import { coldStartVisit, inTheStreet } from '../support/street.ts';

inTheStreet('the inspector’s phone', (street) => {
  it('starts cold without a network, keeps a faulty visit through a restart, and hands it in whole', () =>
    coldStartVisit(street));
});
