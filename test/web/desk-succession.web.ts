// A stall handed to a new tenant and a duplicate merged at the desk, by two persons, and what the old doors say then.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { origin } from '../support/app.ts';
import { closeBrowser } from '../support/browser.ts';
import { enacted, submitted } from '../support/desk.ts';
import { expectWellMade, itAtDesk, openAtDesk, signIn } from '../support/desk-browser.ts';
import { aDesk, aListedMerchant, type Desk, emptyWorld, layGround } from '../support/world.ts';

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name });
const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { level: 1, name }).waitFor();
const found = (name: string) => MerchantModel.findOne({ name }).lean<Merchant>();
const pathOf = (page: Page) => new URL(page.url()).pathname.replace('/desk', '');
const leaving = { to: 'deregistered', ground: undefined };

describe('shops that follow each other at the desk', () => {
  let desk: Desk;
  let stall: Merchant;
  let twin: Merchant;

  beforeEach(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    stall = await aListedMerchant(desk, { name: '松江鲜果行', site: 'market-1', address: '早市 12号' });
    twin = await aListedMerchant(desk, { name: '松江鲜果行', address: '靖宇街 1号', point: null });
  });
  after(closeBrowser);

  /** The second person approves what is open on the page. */
  async function approve(page: Page, deed: string): Promise<void> {
    const path = pathOf(page);
    await signIn(page, desk.approver);
    await openAtDesk(page, path);
    await button(page, `批准，${deed}`).click();
    await page.getByText('办成的事').waitFor();
  }

  itAtDesk(
    'a stall is handed to a new tenant from its page, and each page leads to the other',
    () => desk.staff,
    async (page) => {
      await openAtDesk(page, `/merchants/${stall._id}`);
      await link(page, '交给新租户').click();
      await heading(page, '把铺位交给新租户');
      expect(await page.inputValue('[name=address]')).to.equal('早市 12号');
      await page.locator('[name=site] option[value=market-1]').waitFor({ state: 'attached' });
      expect(await page.inputValue('[name=site]')).to.equal('market-1');
      expect(await page.inputValue('[name=name]')).to.equal('');
      await page.fill('[name=name]', '北市豆腐坊');
      await page.fill('[name=uscc]', String(stall.uscc));
      await page.fill('[name=contactName]', '李新');
      await page.fill('[name=contactPhone]', '10000005678');
      await button(page, '提交审批，换租户').click();
      await page.getByText('写一句理由，入卷用。').waitFor();
      await page.fill('[name=reason]', '原商户已搬走');
      await button(page, '提交审批，换租户').click();
      await page.getByText('区内已有这个代码').waitFor();
      expect(await page.inputValue('[name=name]')).to.equal('北市豆腐坊');
      await page.fill('[name=uscc]', '');
      await button(page, '提交审批，换租户').click();
      await heading(page, '换租户：松江鲜果行');
      await page.getByText('起草人不能批自己的单').waitFor();
      expect(await found('北市豆腐坊')).to.equal(null);

      await approve(page, '换租户');
      const next = await found('北市豆腐坊');
      expect(next).to.include({ status: 'applying', address: '早市 12号' });
      await openAtDesk(page, `/merchants/${stall._id}`);
      await page.locator('.related').getByText('铺位已换给').waitFor();
      await page.locator('.related').getByRole('link', { name: '北市豆腐坊' }).click();
      await heading(page, '北市豆腐坊');
      await page.locator('.related').getByText('这个铺位原来是').waitFor();
      await page.goto(`${origin()}/s/${stall.doorCode}`);
      expect(await page.textContent('main'))
        .to.include('这个铺位已换商户')
        .and.not.include('北市豆腐坊');
    },
    { refused: ['/api/v1/adjustments'] },
  );

  itAtDesk(
    'a likely duplicate is pointed out, merged by two persons, and its old door leads to the one that is kept',
    () => desk.staff,
    async (page) => {
      await openAtDesk(page, `/merchants/${twin._id}`);
      await page.getByText('可能是同一家：').waitFor();
      await link(page, '和 松江鲜果行 合并').click();
      await heading(page, '合并重复登记');
      await page.getByText('已选 1 家').waitFor();
      await page.fill('[name=reason]', '两次导入写法不同');
      await button(page, '提交审批，合并重复').click();
      await heading(page, '合并重复：松江鲜果行');
      await page.getByText(/松江鲜果行\s*并入\s*松江鲜果行/).waitFor();

      await approve(page, '合并重复');
      await openAtDesk(page, `/merchants/${stall._id}`);
      await page.locator('.related').getByText('并来的重复登记：').waitFor();
      await page.goto(`${origin()}/s/${twin.doorCode}`);
      await page.getByText('这家店重复登记').waitFor();
      await page.getByRole('link', { name: '松江鲜果行' }).click();
      await page.getByText('可以营业').first().waitFor();
      expect(new URL(page.url()).pathname).to.equal(`/s/${stall.doorCode}`);
    },
  );

  itAtDesk(
    'who is kept is chosen by name, and a wrong choice is said beside it',
    () => desk.staff,
    async (page) => {
      const other = await aListedMerchant(desk, { name: '太古快餐' });
      await openAtDesk(page, `/merchants/${other._id}/merge`);
      await button(page, '提交审批，合并重复').click();
      await page.getByText('选保留的一家。').waitFor();
      await page.getByRole('searchbox').fill('太古快餐');
      await page.getByRole('checkbox', { name: /太古快餐/ }).click();
      await page.getByText('不能并入自己').waitFor();
      await page.getByRole('searchbox').fill('松江鲜果行');
      await page
        .getByRole('checkbox', { name: /松江鲜果行/ })
        .first()
        .click();
      await page.getByText('已选 1 家').waitFor();
      await page.getByText('会变的 1 家').waitFor();
      expect(await page.getByText('不能并入自己').count()).to.equal(0);
    },
    { refused: ['/api/v1/adjustments/dry-run'] },
  );

  itAtDesk(
    'it fits any window, and is well made in both languages and in the dark',
    () => desk.staff,
    async (page) => {
      const gone = await aListedMerchant(desk, { name: '丰润砂锅居' });
      await enacted(desk, { ...leaving, merchants: [gone._id], handTo: { name: '北二道街馅饼店' } });
      const wish = { ...leaving, merchants: [stall._id], handTo: { name: '新店' } };
      const waiting = await submitted(desk, wish);
      await expectWellMade(page, [
        `/merchants/${gone._id}`,
        `/merchants/${stall._id}/handover`,
        `/merchants/${twin._id}/merge?into=${stall._id}`,
        `/adjustments/${waiting.id}`,
      ]);
    },
  );
});
