// The inspector's phone in a real browser: a visit without a network, through a restart, and in the end whole on the server.
import { setTimeout as pause } from 'node:timers/promises';
import axe from 'axe-core';
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

  it('sends only photos 3 and 4 after the network broke off behind photo 2 of 4', async () => {
    const { context, page } = phone;
    await faultyVisit();
    let passed = 0;
    const sent: string[] = [];
    await context.route('**/api/v1/photos', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      if (passed >= 2) return route.abort();
      passed += 1;
      return route.continue();
    });
    await seal();
    await until(async () =>
      (await stored()).find(({ photos }) => photos.filter((one) => one.present).length === 2),
    );
    await phone.restart({ offline: true });
    phone.context.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/api/v1/photos')) sent.push(request.url());
    });
    await phone.page.goto(`${origin()}/inspect`);
    await phone.context.setOffline(false);
    await until(async () => (await stored()).find(({ state }) => state === 'complete'));
    expect(sent).to.have.length(2);
    expect(page.isClosed()).to.equal(true);
  });

  it('drains by itself once the server is back, refused items aside, and refuses to log out before', async () => {
    const { context } = phone;
    let away = true;
    await context.route('**/api/v1/visits', (route) =>
      away ? route.fulfill({ status: 503, headers: { 'Retry-After': '2' } }) : route.continue(),
    );
    await beginVisit();
    await phone.page.getByRole('button', { name: '其余全合格' }).click();
    await seal();
    await phone.page.goto(`${origin()}/inspect/outbox`);
    await phone.page.getByText('排队').first().waitFor();
    await phone.page.getByRole('button', { name: '退出登录' }).click();
    await phone.page.getByText('暂时不能退出').first().waitFor();
    away = false;
    await until(async () => (await stored()).find(({ result }) => result === 'passed'));
    await phone.page.getByText('齐全').first().waitFor();
  });

  it('has nothing that axe calls serious on any page, in both languages and in the dark', async () => {
    await beginVisit();
    const visit = phone.page.url();
    const addresses = ['', '/find', '/scan', '/outbox', '/orders', `/shops/${shop._id}`].map(
      (path) => `${origin()}/inspect${path}`,
    );
    for (const [language, dark] of [
      ['zh', false],
      ['zh', true],
      ['en', false],
    ] as const) {
      await phone.page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
      if (language === 'en') await switchToEnglish();
      for (const address of [...addresses, visit]) {
        await phone.page.goto(address);
        await phone.page.waitForSelector('h1');
        // By the debugger, which no policy of the page can refuse.
        await phone.page.evaluate(axe.source);
        const found = await phone.page.evaluate<{ impact: string; id: string; nodes: { html: string }[] }[]>(
          'axe.run().then(({ violations }) => violations)',
        );
        const grave = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        expect(
          grave.map(({ id, nodes }) => [id, nodes[0]?.html]),
          `${address} ${language}`,
        ).to.deep.equal([]);
      }
    }
  });

  async function switchToEnglish(): Promise<void> {
    await phone.page.goto(`${origin()}/inspect`);
    await phone.page.getByRole('button', { name: 'English' }).click();
    await phone.page.getByText('Today').first().waitFor();
  }
});
