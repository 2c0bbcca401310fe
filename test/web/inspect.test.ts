// The inspector's phone in a real browser: a visit without a network, through a restart, and in the end whole on the server.
import { expect } from 'chai';
import { OrderModel } from '../../models/order.ts';
import { origin } from '../support/app.ts';
import { faultyVisit, inTheStreet, seal, storedVisits, visitThat } from '../support/street.ts';

inTheStreet('the inspector’s phone', (street) => {
  it('starts cold without a network, keeps a faulty visit through a restart, and hands it in whole', async () => {
    await street.phone.restart({ offline: true });
    await faultyVisit(street.phone);
    await seal(street.phone);
    await street.phone.page.getByText('已存本机').waitFor();
    expect(await storedVisits()).to.deep.equal([]);

    await street.phone.restart();
    await street.phone.page.goto(`${origin()}/inspect`);
    const visit = await visitThat(({ state }) => state === 'complete');
    expect(visit).to.include({ merchant: street.shop._id, result: 'orders', kind: 'routine' });
    expect(visit.photos.map(({ present, source }) => [present, source])).to.deep.equal(
      Array.from({ length: 4 }, () => [true, 'camera']),
    );
    const orders = await OrderModel.find({ visit: visit._id }).sort({ item: 1 }).lean();
    expect(orders.map(({ item: key, state }) => [key, state])).to.deep.equal([
      ['entrance', 'open'],
      ['mask', 'closed'],
      ['scan', 'open'],
    ]);
    await street.phone.page.goto(`${origin()}/inspect/outbox`);
    await street.phone.page.getByText('齐全').first().waitFor();
  });
});
