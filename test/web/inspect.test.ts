// The inspector's phone in a real browser: a visit without a network, through a restart, and in the end whole on the server.
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { Merchant } from '../../models/merchant.ts';
import { OrderModel } from '../../models/order.ts';
import { type Visit, VisitModel } from '../../models/visit.ts';
import { origin } from '../support/app.ts';
import { executablePath } from '../support/browser.ts';
import { aPhone, type Phone, readyForTheStreet, shoot } from '../support/phone.ts';
import {
  aDesk,
  aListedMerchant,
  aPerson,
  emptyWorld,
  layGround,
  listedMerchants,
  type Person,
} from '../support/world.ts';

describe('the inspector’s phone', function () {
  this.timeout(120_000);
  let inspector: Person;
  let shop: Merchant;
  let phone: Phone;

  before(function () {
    if (executablePath === null) this.skip();
  });
  beforeEach(async () => {
    await emptyWorld();
    await layGround();
    const desk = await aDesk();
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market', name: '李检查' });
    await listedMerchants(
      desk,
      Array.from({ length: 60 }, (_, i) => ({ name: `康宁药店示例${100 + i}` })),
    );
    shop = await aListedMerchant(desk, { name: '松江鲜果行' });
    phone = await aPhone();
    await readyForTheStreet(phone, inspector);
  });
  afterEach(() => phone.end());

  const stored = () => VisitModel.find().lean<Visit[]>();
  async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const found = await look();
      if (found) return found;
      if (Date.now() > deadline) throw new Error('it did not come to that within a minute');
      await pause(100);
    }
  }
  const item = (key: string) => phone.page.locator(`#item-${key}`);

  /** Found by its initials, begun, and led to the page of the visit. */
  async function beginVisit(): Promise<void> {
    const { page } = phone;
    await page.goto(`${origin()}/inspect/find`);
    await page.fill('#find-text', 'sjxg');
    await page.getByText('松江鲜果行').click();
    await page.getByRole('button', { name: '开始检查' }).click();
    await item('mask').waitFor();
  }

  /** Masks put right on the spot, two more by a deadline: four photos in all. */
  async function faultyVisit(): Promise<void> {
    const { page } = phone;
    await beginVisit();
    await item('mask').getByRole('button', { name: '不合格' }).click();
    await shootHere(); // a fail opens the camera at once
    await item('mask').getByRole('button', { name: '当场改好' }).click();
    await item('mask').getByRole('button', { name: '拍改后' }).click();
    await shootHere();
    for (const key of ['scan', 'entrance']) {
      await item(key).getByRole('button', { name: '不合格' }).click();
      await shootHere();
      await item(key).getByRole('button', { name: '限期整改' }).click();
    }
    await page.getByRole('button', { name: '其余全合格' }).click();
  }
  const shootHere = () => shoot(phone.page);
  const seal = () => phone.page.getByRole('button', { name: '封存' }).click();

  it('starts cold without a network, keeps a faulty visit through a restart, and hands it in whole', async () => {
    await phone.restart({ offline: true });
    await faultyVisit();
    await seal();
    await phone.page.getByText('已存本机').waitFor();
    expect(await stored()).to.deep.equal([]);

    await phone.restart();
    await phone.page.goto(`${origin()}/inspect`);
    const visit = await until(async () => (await stored()).find(({ state }) => state === 'complete'));
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
