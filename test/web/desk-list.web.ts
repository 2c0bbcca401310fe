// The desk's list and its merchants: found, narrowed, seen as of earlier, selected, applied for.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { Merchant } from '../../models/merchant.ts';
import { closeBrowser } from '../support/browser.ts';
import { expectWellMade, itAtDesk, openAtDesk } from '../support/desk-browser.ts';
import { anOpenOrder } from '../support/orders.ts';
import {
  aDesk,
  adjust,
  aListedMerchant,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  listedMerchants,
} from '../support/world.ts';

const many = 60;

describe('the list at the desk', function () {
  this.timeout(240_000);
  let desk: Desk;
  let shop: Merchant;
  let beforeSuspension: string;
  const staff = () => desk.staff;

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    await listedMerchants(
      desk,
      Array.from({ length: many }, (_, i) => ({ name: `康宁药店示例${i}` })),
    );
    shop = await aListedMerchant(desk, { name: '松江鲜果行', category: 'convenience' });
    const inspector = await aPerson('inspector', { areas: ['230104'], taskForce: 'market' });
    await anOpenOrder(inspector, shop._id);
    beforeSuspension = new Date().toISOString();
    await adjust(desk, shop._id, 'suspended', { notice: '示例通告〔2022〕9号' });
  });
  after(closeBrowser);

  const rows = (page: Page) => page.locator('.tb.list tbody tr[data-row]');

  itAtDesk('finds a merchant by pinyin initials, and tells its history', staff, async (page) => {
    await openAtDesk(page, '/list');
    await page.keyboard.press('/');
    await page.keyboard.type('sjxg');
    await page.waitForURL(/q=sjxg/);
    await page.getByText('1 家', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.tl li');
    expect(await page.textContent('h1')).to.equal('松江鲜果行');
    expect(await page.textContent('.top .st')).to.include('暂停，自');
    const told = await page.locator('.tl').innerText();
    expect(told).to.include('示例通告〔2022〕9号').and.to.include('日常巡查').and.to.include('整改单');
    await page.locator('.qrcode').waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL(/\/desk\/list\?q=sjxg/);
  });

  itAtDesk('counts in its facets what the list holds', staff, async (page) => {
    await openAtDesk(page, '/list');
    await page.locator('.facet label', { hasText: '暂停' }).click();
    await page.waitForURL(/status=suspended/);
    await page.getByText('1 家', { exact: true }).waitFor();
    expect(await rows(page).count()).to.equal(1);
    await openAtDesk(page, '/list');
    const counts = await page.locator('.facet').first().locator('em').allInnerTexts();
    const sum = counts.reduce((total, text) => total + Number(text.replace(/,/g, '')), 0);
    expect(sum).to.equal(many + 1);
  });

  itAtDesk('shows the list as of an earlier moment, and what has moved since', staff, async (page) => {
    await openAtDesk(page, `/list?q=sjxg&asOf=${beforeSuspension}`);
    expect(await rows(page).innerText()).to.include('在名单');
    await page.getByText('暂停 1').waitFor();
    await page.getByRole('link', { name: '看差别' }).click();
    await page.waitForSelector('.moves');
    expect(await page.locator('tbody tr').innerText()).to.include('松江鲜果行');
    await page.goBack();
    await page.getByRole('button', { name: '回到现在' }).click();
    await page.waitForURL((url) => !url.search.includes('asOf'));
  });

  itAtDesk('selects by key, and leads to a draft with those selected', staff, async (page) => {
    await openAtDesk(page, '/list');
    for (const key of ['j', 'x', 'j', 'x']) {
      await page.keyboard.press(key);
      await page.waitForTimeout(100);
    }
    await page.getByText('已选 2 家').waitFor();
    const href = await page.locator('.selectionbar a').getAttribute('href');
    expect(href).to.match(/\/adjustments\/new\?merchant=[^&]+&merchant=/);
  });

  itAtDesk('takes an application, and says under the fields what is missing', staff, async (page) => {
    await openAtDesk(page, '/list/new');
    await page.fill('[name=name]', '新开粮油店');
    await page.getByRole('button', { name: '交上申请' }).click();
    expect(await page.textContent('#fault-address')).to.equal('这一项要填');
    await page.selectOption('[name=category]', 'pharmacy');
    await page.selectOption('[name=subdistrict]', '230104001');
    await page.fill('[name=address]', '靖宇街 12号');
    await page.getByRole('button', { name: '交上申请' }).click();
    await page.waitForURL(/\/merchants\//);
    await page.getByText('已申请，自').waitFor();
  });

  itAtDesk('leads from one merchant to the next on the list', staff, async (page) => {
    await openAtDesk(page, '/list');
    const [first = '', second = ''] = await rows(page).locator('.nm a').allInnerTexts();
    await rows(page).getByRole('link', { name: first, exact: true }).click();
    await page.getByRole('heading', { name: first, level: 1 }).waitFor();
    await page.keyboard.press('j');
    await page.getByRole('heading', { name: second, level: 1 }).waitFor();
    await page.keyboard.press('k');
    await page.getByRole('heading', { name: first, level: 1 }).waitFor();
  });

  itAtDesk(
    'keeps "all that match" for the filter that was meant, and only for the present',
    staff,
    async (page) => {
      await openAtDesk(page, '/list?status=listed&category=pharmacy');
      const all = page.getByRole('checkbox', { name: '全选' });
      await all.check();
      await page.getByText(`已选 ${many} 家`).waitFor();
      await openAtDesk(page, '/list?status=suspended');
      expect(await all.isChecked(), 'another row is not among them').to.equal(false);
    },
  );

  itAtDesk(
    'says what is wrong with an address, and does not call it an empty list',
    staff,
    async (page) => {
      await openAtDesk(page, '/list?asOf=never');
      await page.locator('.listcol .problem').waitFor();
      expect(await page.locator('.listcol .empty').count()).to.equal(0);
      await openAtDesk(page, '/list/diff?from=never');
      await page.getByText('名单的差别').first().waitFor();
    },
    { refused: ['/api/v1/merchants', '/api/v1/merchants/facets'] },
  );

  itAtDesk('fits any window, and is well made in both languages and in the dark', staff, async (page) => {
    const merchant = `/merchants/${shop._id}`;
    await expectWellMade(page, [
      '/list',
      `/list?asOf=${beforeSuspension}`,
      `/list/diff?from=${beforeSuspension}&to=${new Date().toISOString()}`,
      '/list/new',
      merchant,
      `${merchant}/edit`,
    ]);
  });
});
