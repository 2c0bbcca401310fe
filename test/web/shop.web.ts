// A merchant's home on a phone: the plate, an order answered with a photo, a look for oneself.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { Merchant } from '../../models/merchant.ts';
import { OrderModel } from '../../models/order.ts';
import { VisitModel } from '../../models/visit.ts';
import { origin } from '../support/app.ts';
import { closeBrowser, itInBrowser } from '../support/browser.ts';
import { endSessions, graveFaults, setLanguage, setTheme } from '../support/desk-browser.ts';
import { anOpenOrder } from '../support/orders.ts';
import { aPhoto } from '../support/visits.ts';
import {
  aDesk,
  aListedMerchant,
  aPerson,
  emptyWorld,
  layGround,
  type Person,
  testPassword,
} from '../support/world.ts';

describe('a merchant’s home', () => {
  let inspector: Person;
  let merchant: Person;
  let shop: Merchant;

  before(async () => {
    await emptyWorld();
    await layGround();
    const desk = await aDesk();
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    shop = await aListedMerchant(desk, { name: '松江鲜果行' });
    merchant = await aPerson('merchant', { merchants: [shop._id] });
  });
  after(closeBrowser);

  async function signIn(page: Page, { user }: Person): Promise<void> {
    await page.goto(`${origin()}/shop`);
    await page.fill('[name=username]', user.username);
    await page.fill('[name=password]', testPassword);
    await page.click('button[type=submit]');
  }

  itInBrowser('answers an order with a photo, from the plate to the receipt', {}, async ({ page }) => {
    const { id } = await anOpenOrder(inspector, shop._id);
    await signIn(page, merchant);
    await page.getByText('可以营业').waitFor();
    await page.getByRole('link', { name: '拍照回复' }).click();
    await page.getByRole('button', { name: /改好了，交回/ }).click();
    await page.getByText('先拍一张改好以后的照片').waitFor();
    const { bytes } = await aPhoto();
    await page.setInputFiles('input[capture]', { name: 'after.jpg', mimeType: 'image/jpeg', buffer: bytes });
    await page.fill('[name=note]', '已经贴好');
    await page.getByRole('button', { name: '改好了，交回（1 张照片）' }).click();
    await page.getByText('等核验，时间停着').waitFor();
    const stored = await OrderModel.findById(id).lean();
    expect(stored?.state).to.equal('submitted');
    expect(stored?.history.at(-1)?.note).to.equal('已经贴好');
    expect(stored?.history.at(-1)?.photos.map(({ present }) => present)).to.deep.equal([true]);
  });

  itInBrowser(
    'keeps a photo that was taken while the login ran out',
    { refused: ['/api/v1/photos', '/api/v1/auth/refresh'] },
    async ({ page }) => {
      const { id } = await anOpenOrder(inspector, shop._id);
      await signIn(page, merchant);
      await page.getByText('可以营业').waitFor();
      await page.goto(`${origin()}/shop/orders/${id}`);
      const { bytes } = await aPhoto();
      await page.setInputFiles('input[capture]', {
        name: 'after.jpg',
        mimeType: 'image/jpeg',
        buffer: bytes,
      });
      await endSessions(page, merchant);
      await page.getByRole('button', { name: '改好了，交回（1 张照片）' }).click();
      const over = page.getByRole('dialog');
      await over.locator('[name=password]').fill(testPassword);
      await page.keyboard.press('Enter');
      await over.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: '改好了，交回（1 张照片）' }).click();
      await page.getByText('等核验，时间停着').first().waitFor();
    },
  );

  itInBrowser('checks itself, and what it finds gives no order', {}, async ({ page }) => {
    const orders = await OrderModel.countDocuments();
    await signIn(page, merchant);
    await page.getByRole('link', { name: '自查一遍' }).click();
    const first = page.locator('.checkitem').filter({ has: page.getByRole('button', { name: '不合格' }) });
    await first.first().getByRole('button', { name: '不合格' }).click();
    await first.first().locator('textarea').fill('口罩不够，已经去领');
    const { bytes } = await aPhoto();
    await first
      .first()
      .locator('input[capture]')
      .setInputFiles({ name: 'now.jpg', mimeType: 'image/jpeg', buffer: bytes });
    await page.getByRole('button', { name: '其余都合格' }).click();
    for (const number of await page.locator('input[type=number]').all()) {
      await number.fill('20');
      await number.blur();
    }
    for (const item of await page.locator('.checkitem').all()) {
      if ((await item.locator('[aria-pressed=true]').count()) === 0)
        await item.getByRole('button', { name: '不适用' }).click();
    }
    await page.getByRole('button', { name: '交上自查' }).click();
    await page.getByText('自查已交上').waitFor();
    const visit = await VisitModel.findOne({ kind: 'self' }).lean();
    expect(visit).to.include({ merchant: shop._id, result: 'orders', state: 'complete' });
    expect(await OrderModel.countDocuments()).to.equal(orders);
  });

  itInBrowser('shows whoever works elsewhere the way there', {}, async ({ page }) => {
    await signIn(page, inspector);
    await page.getByRole('link', { name: '去检查' }).waitFor();
  });

  itInBrowser(
    'is well made in both languages and in the dark, on a phone and a desk',
    {},
    async ({ page }) => {
      const { id } = await anOpenOrder(inspector, shop._id);
      await signIn(page, merchant);
      await page.getByText('可以营业').waitFor();
      for (const width of [360, 1440])
        for (const [language, theme] of [
          ['zh', 'light'],
          ['zh', 'dark'],
          ['en', 'light'],
        ] as const) {
          await page.setViewportSize({ width, height: 800 });
          await setLanguage(page, language);
          await setTheme(page, theme);
          for (const path of ['', `/orders/${id}`, `/check/${shop._id}`]) {
            await page.goto(`${origin()}/shop${path}`);
            await page.waitForLoadState('networkidle');
            const where = `${path} ${language} ${theme} ${width}`;
            const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
            expect(wide, where).to.be.at.most(0);
            expect(await graveFaults(page), where).to.deep.equal([]);
          }
        }
    },
  );
});
