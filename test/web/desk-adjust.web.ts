// Adjustments at the desk, from a thought to the public page and back, what needs a decision, and the palette.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { AdjustmentModel } from '../../models/adjustment.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { origin } from '../support/app.ts';
import { closeBrowser } from '../support/browser.ts';
import { drafted, submitted } from '../support/desk.ts';
import { expectWellMade, itAtDesk, openAtDesk, signIn, tabTo } from '../support/desk-browser.ts';
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

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { level: 1, name }).waitFor();
const statusOf = async ({ _id }: Merchant) => (await MerchantModel.findById(_id).lean())?.status;

/** Ground, reason and notice, as the bureau writes them. */
async function sayWhy(page: Page): Promise<void> {
  await page.selectOption('[name=ground]', 'notice');
  await page.fill('[name=reason]', '两次检查都没有测温');
  await page.fill('[name=notice]', '2022年第11号公告');
}

describe('adjustments at the desk', () => {
  let desk: Desk;
  let shop: Merchant;
  let neighbours: Merchant[];

  beforeEach(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    shop = await aListedMerchant(desk, { name: '松江鲜果行', category: 'convenience' });
    neighbours = await listedMerchants(desk, [
      { name: '北二道街馅饼店', category: 'supermarket', subdistrict: '230104005' },
      { name: '丰润砂锅居', category: 'supermarket', subdistrict: '230104005' },
      { name: '太古快餐', category: 'supermarket', subdistrict: '230104005', mode: ['delivery'] },
    ]);
  });
  after(closeBrowser);

  itAtDesk(
    'one shop is suspended by two persons, the public page says so, and an undo brings it back',
    () => desk.staff,
    async (page) => {
      await openAtDesk(page, `/adjustments/new?merchant=${shop._id}`);
      await page.getByText('会变的 1 家').waitFor();
      await button(page, /提交审批/).click();
      await page.getByText('选一个依据。').waitFor();
      expect(await page.evaluate('document.activeElement.name')).to.equal('ground');
      await sayWhy(page);
      await button(page, '提交审批，暂停 1 家').click();
      await heading(page, '暂停：松江鲜果行');
      await page.getByText('起草人不能批自己的单').waitFor();
      expect(await button(page, /批准/).count()).to.equal(0);
      const { pathname } = new URL(page.url());
      expect(await statusOf(shop)).to.equal('listed');

      await signIn(page, desk.approver);
      await openAtDesk(page, pathname.replace('/desk', ''));
      await page.fill('textarea', '同意');
      await button(page, '批准，暂停 1 家').click();
      await page.getByText('办成的事').waitFor();
      expect(await statusOf(shop)).to.equal('suspended');
      await page.goto(`${origin()}/s/${shop.doorCode}`);
      const said = (await page.textContent('main')) ?? '';
      expect(said).to.include('暂停营业').and.include('2022年第11号公告');
      expect(said).not.to.include('两次检查');

      await signIn(page, desk.staff);
      await openAtDesk(page, pathname.replace('/desk', ''));
      await button(page, '撤销这次调整').click();
      await button(page, '起草撤销单').click();
      await page.getByText('写一句为什么撤销').waitFor();
      await page.fill('dialog textarea', '认错了店');
      await button(page, '起草撤销单').click();
      await heading(page, '撤销调整：松江鲜果行');
      await button(page, '提交，撤销调整 1 家').click();
      await page.getByText('起草人不能批自己的单').waitFor();
      const undo = new URL(page.url()).pathname.replace('/desk', '');
      await signIn(page, desk.approver);
      await openAtDesk(page, undo);
      await button(page, '批准，撤销调整 1 家').click();
      await page.getByText('办成的事').waitFor();
      expect(await statusOf(shop)).to.equal('listed');
    },
  );

  itAtDesk(
    'a rule is put together as a sentence and tried while it is written',
    () => desk.staff,
    async (page) => {
      const [first, gone] = neighbours;
      await adjust(desk, gone?._id ?? '', 'removed');
      await openAtDesk(page, '/adjustments/new');
      await page.getByText('加条件').click();
      await button(page, '门类').click();
      await page.getByRole('checkbox', { name: /supermarket/ }).check();
      await page.keyboard.press('Escape');
      await page.getByText('加除外').click();
      await button(page, '营业方式').click();
      await page.getByRole('checkbox', { name: '外送' }).check();
      await page.keyboard.press('Escape');
      await page.getByText('会变的 1 家').waitFor();
      await page.getByText('不能变的 1 家').waitFor();
      await sayWhy(page);
      await button(page, '存草稿').click();
      await heading(page, /暂停：北二道街馅饼店/);
      await page.getByText('门类：supermarket').waitFor();
      await button(page, '提交，暂停 1 家').click();
      const id = new URL(page.url()).pathname.split('/').at(-1);
      await page.getByText('已提交，等另一人批准').waitFor();

      await signIn(page, desk.approver);
      await openAtDesk(page, `/adjustments/${id}`);
      await button(page, '批准，暂停 1 家').click();
      await page.getByText('先看过冲突，再打勾。').waitFor();
      await page.getByRole('checkbox', { name: '1 处冲突我看过了' }).check();
      await button(page, '批准，暂停 1 家').click();
      await page.getByText('办成的事').waitFor();
      expect(await Promise.all(neighbours.map(statusOf))).to.deep.equal(['suspended', 'removed', 'listed']);
      expect(await AdjustmentModel.countDocuments({ kind: 'rule', merchant: first?._id })).to.equal(1);
    },
  );

  itAtDesk(
    'from draft to approval by keyboard alone',
    () => desk.staff,
    async (page) => {
      const { keyboard } = page;
      await openAtDesk(page, `/adjustments/new?merchant=${shop._id}`);
      await page.getByText('会变的 1 家').waitFor();
      await tabTo(page, '[name=ground]');
      await keyboard.press('ArrowDown');
      await tabTo(page, '[name=reason]');
      await keyboard.type('两次检查都没有测温');
      await tabTo(page, '[type=submit]');
      await keyboard.press('Enter');
      await page.getByText('起草人不能批自己的单').waitFor();
      const path = new URL(page.url()).pathname.replace('/desk', '');
      await signIn(page, desk.approver);
      await openAtDesk(page, path);
      await tabTo(page, '.decide .btn.p');
      await keyboard.press('Enter');
      await page.getByText('办成的事').waitFor();
      expect(await statusOf(shop)).to.equal('suspended');
    },
  );

  itAtDesk(
    'an approval is given back with a reason, and what was sent back can be drafted anew',
    () => desk.approver,
    async (page) => {
      const { id } = await submitted(desk, { merchants: [shop._id] });
      await openAtDesk(page, `/adjustments/${id}`);
      await button(page, '退回，写明原因').click();
      await page.fill('dialog textarea', '证据不足');
      await page.route('**/api/v1/adjustments/*/reject', (route) => route.fulfill({ status: 429 }));
      await button(page, '退回').last().click();
      await page.getByRole('dialog').getByText('连不上服务器').waitFor();
      expect(await page.inputValue('dialog textarea')).to.equal('证据不足');
      await page.unroute('**/api/v1/adjustments/*/reject');
      await button(page, '退回').last().click();
      await page.getByText('证据不足').waitFor();
      await signIn(page, desk.staff);
      await openAtDesk(page, `/adjustments/${id}`);
      await page.getByRole('link', { name: '照样重新起草' }).click();
      await page.getByText('会变的 1 家').waitFor();
      expect(await page.inputValue('[name=reason]')).to.equal('防疫措施不到位');
    },
    { refused: ['/api/v1/adjustments/*/reject'] },
  );

  itAtDesk(
    'today leads straight to the most pressing, and an emergency is confirmed',
    () => desk.approver,
    async (page) => {
      const emergency = await drafted(desk, { merchants: [shop._id], emergency: true, ground: undefined });
      await desk.staff.api.post(`/adjustments/${emergency.id}/submit`).expect(200);
      await openAtDesk(page, '/today');
      await page.getByText(/还有 23 小时/).waitFor();
      await page.getByRole('link', { name: '看一看：紧急暂停：松江鲜果行' }).click();
      await button(page, /^确认，长期紧急暂停 1 家/).click();
      await page.getByText('已确认，不再自动失效').waitFor();
    },
  );

  itAtDesk(
    'the palette finds a shop by its pinyin and opens it',
    () => desk.staff,
    async (page) => {
      await openAtDesk(page, '/adjustments');
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: /名称、拼音/ }).waitFor();
      await page.keyboard.type('sjxg');
      await page.getByRole('option', { name: /松江鲜果行/, selected: true }).waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/${shop._id}`);
      await page.keyboard.press('Control+k');
      await page.getByRole('option', { name: /松江鲜果行/ }).waitFor();
      await page.keyboard.press('Escape');
      expect(await page.locator('dialog[open]').count()).to.equal(0);
      await page.locator('h1').focus();
      await page.keyboard.press('/');
      await page.getByRole('option', { name: '检查', exact: true }).waitFor();
    },
  );

  itAtDesk(
    'it fits any window, and is well made in both languages and in the dark',
    () => desk.staff,
    async (page) => {
      const inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
      const market = await aListedMerchant(desk);
      await anOpenOrder(inspector, market._id);
      const waiting = await submitted(desk, {
        rule: { where: { category: 'supermarket' }, except: { mode: 'delivery' } },
      });
      // Its clock says days and hours: the longest that it says.
      const longAgo = new Date(Date.now() - 12 * 86_400_000 - 71_000_000);
      await AdjustmentModel.updateOne({ _id: waiting.id }, { submittedAt: longAgo });
      await expectWellMade(page, [
        '/today',
        '/adjustments',
        `/adjustments/${waiting.id}`,
        '/adjustments/new?category=supermarket&subdistrict=230104005',
      ]);
    },
  );
});
