// The inspector's phone in a real browser: a visit without a network, through a restart, and in the end whole on the server.
import { expect } from 'chai';
import type { Merchant } from '../../models/merchant.ts';
import { OrderModel } from '../../models/order.ts';
import { origin } from '../support/app.ts';
import { executablePath } from '../support/browser.ts';
import type { Phone } from '../support/phone.ts';
import { aStreet, faultyVisit, seal, storedVisits, visitThat } from '../support/street.ts';

describe('the inspector’s phone', function () {
  this.timeout(120_000);
  let phone: Phone;
  let shop: Merchant;

  before(function () {
    if (executablePath === null) this.skip();
  });
  beforeEach(async () => {
    ({ phone, shop } = await aStreet());
  });
  afterEach(() => phone.end());

  it('starts cold without a network, keeps a faulty visit through a restart, and hands it in whole', async () => {
    await phone.restart({ offline: true });
    await faultyVisit(phone);
    await seal(phone);
    await phone.page.getByText('已存本机').waitFor();
    expect(await storedVisits()).to.deep.equal([]);

    await phone.restart();
    await phone.page.goto(`${origin()}/inspect`);
    const visit = await visitThat(({ state }) => state === 'complete');
    expect(visit).to.include({ merchant: shop._id, result: 'orders', kind: 'routine' });
    expect(visit.photos.map(({ present, source }) => [present, source])).to.deep.equal(
      Array.from({ length: 4 }, () => [true, 'camera']),
    );
    const orders = await OrderModel.find({ visit: visit._id }).sort({ item: 1 }).lean();
    expect(orders.map(({ item: key, state }) => [key, state])).to.deep.equal([
      ['entrance', 'open'],
      ['mask', 'closed'],
      ['scan', 'open'],
    ]);
    await phone.page.goto(`${origin()}/inspect/outbox`);
    await phone.page.getByText('齐全').first().waitFor();
  });
});
