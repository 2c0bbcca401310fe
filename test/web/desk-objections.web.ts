// An objection from end to end in a browser: the merchant objects and withdraws on the phone, the desk sees it everywhere and decides.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { AdjustmentModel } from '../../models/adjustment.ts';
import type { Merchant } from '../../models/merchant.ts';
import { type Objection, ObjectionModel } from '../../models/objection.ts';
import { fileObjection } from '../../server/domain/objections.ts';
import { origin } from '../support/app.ts';
import { closeBrowser, itInBrowser } from '../support/browser.ts';
import { days } from '../support/desk.ts';
import { expectWellMade, graveFaults, itAtDesk, openAtDesk, setLanguage } from '../support/desk-browser.ts';
import { aPhoto } from '../support/visits.ts';
import {
  adjust,
  aDesk,
  aListedMerchant,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  type Person,
  testPassword,
} from '../support/world.ts';

describe('an objection', function () {
  this.timeout(120_000);
  let desk: Desk;
  let owner: Person;
  let colleague: Person;
  let shop: Merchant;

  beforeEach(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    colleague = await aPerson('staff', { name: '周复核' });
    shop = await aListedMerchant(desk, { name: '松江鲜果行' });
    owner = await aPerson('merchant', { merchants: [shop._id], name: '王小明' });
    await adjust(desk, shop._id, 'suspended', { notice: '示例通告〔2022〕7号' });
  });
  after(closeBrowser);

  const stored = async () => (await ObjectionModel.findOne().lean<Objection>()) ?? expect.fail();
  async function filed(): Promise<Objection> {
    const adjustment = (await AdjustmentModel.findOne({ to: 'suspended' }).lean())?._id ?? '';
    const photo = await aPhoto();
    await owner.api.post('/photos').attach('photo', photo.bytes, 'a.jpg').expect(201);
    const text = '当天中午已经把出入口分开，照片可以看到。请再来看一次。';
    return fileObjection(owner.actor, { merchant: shop._id, adjustment, text, photos: [photo.sha256] });
  }
  const overdue = ({ _id }: Objection) =>
    ObjectionModel.updateOne({ _id }, { $set: { due: new Date(Date.now() - days) } });

  async function intoShop(page: Page): Promise<void> {
    await page.goto(`${origin()}/shop`);
    await page.fill('[name=username]', owner.user.username);
    await page.fill('[name=password]', testPassword);
    await page.click('button[type=submit]');
    await page.getByText('暂停营业').waitFor();
  }
  async function isWellMade(page: Page, where: string): Promise<void> {
    await page.waitForLoadState('networkidle');
    expect(await graveFaults(page), where).to.deep.equal([]);
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    expect(wide, where).to.be.at.most(0);
  }

  itInBrowser(
    'is filed by the merchant with a photo, shown with its clock, and withdrawn',
    {},
    async ({ page }) => {
      await intoShop(page);
      await page.getByRole('link', { name: '对这个决定有异议' }).click();
      await page.getByRole('button', { name: '提出异议' }).click();
      await page.getByText('先写明为什么不同意').waitFor();
      const { bytes } = await aPhoto();
      await page.setInputFiles('input[capture]', { name: 'a.jpg', mimeType: 'image/jpeg', buffer: bytes });
      await page.fill('[name=text]', '出入口已经分开');
      await isWellMade(page, 'the form');
      await page.getByRole('button', { name: '提出异议' }).click();
      await page.getByText('等答复').waitFor();
      expect(await stored()).to.deep.include({ state: 'open', text: '出入口已经分开' });
      expect((await stored()).photos.map(({ present }) => present)).to.deep.equal([true]);
      await page.getByText(/最晚 .* 答复/).waitFor();
      expect(await page.getByRole('link', { name: '对这个决定有异议' }).count()).to.equal(0);
      await isWellMade(page, 'the shop');
      await page.getByRole('button', { name: '撤回异议' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '撤回异议' }).click();
      await page.getByRole('link', { name: '对这个决定有异议' }).waitFor();
      expect((await stored()).state).to.equal('withdrawn');
      await setLanguage(page, 'en');
      await page.reload();
      await page.getByRole('link', { name: 'I object to this decision' }).waitFor();
      await isWellMade(page, 'the shop in English');
    },
  );

  itAtDesk(
    'is upheld by a colleague, found from the board, the list and the shop',
    () => colleague,
    async (page) => {
      const objection = await filed();
      await openAtDesk(page, '/today');
      const board = page.getByRole('region', { name: /^商户的异议/ });
      expect(await board.locator('li').count()).to.equal(1);
      await openAtDesk(page, `/merchants/${shop._id}`);
      await page.locator('.shopobjections').getByRole('link').click();
      await page.getByText('当天中午已经把出入口分开').waitFor();
      await page.locator('.thumbs img').waitFor();
      await openAtDesk(page, '/objections');
      await page.getByRole('region', { name: '待处理' }).getByRole('link', { name: '松江鲜果行' }).click();
      await page.getByRole('button', { name: '异议成立，起草撤销' }).click();
      const box = page.getByRole('dialog');
      await box.getByRole('button', { name: '异议成立，起草撤销' }).click();
      await box.getByText('要写明理由').waitFor();
      await box.locator('textarea').fill('照片说明已改好');
      await box.getByRole('button', { name: '异议成立，起草撤销' }).click();
      await page.getByText('撤销已起草，等人交上去。').waitFor();
      expect(await stored()).to.deep.include({ state: 'upheld', decisionReason: '照片说明已改好' });
      await page.getByRole('link', { name: '看撤销' }).click();
      await page.getByText(/一件异议/).waitFor();
      expect((await stored()).remedy).to.be.a('string');
      await openAtDesk(page, `/objections/${objection._id}`);
      expect(await page.getByRole('button', { name: /异议/ }).count()).to.equal(0);
    },
  );

  itAtDesk(
    'is dismissed with an answer that the merchant reads',
    () => colleague,
    async (page) => {
      const { _id } = await filed();
      await openAtDesk(page, `/objections/${_id}`);
      await page.getByRole('button', { name: '异议不成立' }).click();
      await page.getByRole('dialog').locator('textarea').fill('当天仍未分开');
      await page.getByRole('dialog').getByRole('button', { name: '异议不成立' }).click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.getByText('认定异议不成立').waitFor();
      expect((await stored()).state).to.equal('dismissed');
      await openAtDesk(page, '/objections');
      await page.getByRole('region', { name: '已办结' }).getByText('松江鲜果行').waitFor();
    },
  );

  itAtDesk(
    'gives whoever had part in the decision no way to decide',
    () => desk.staff,
    async (page) => {
      const { _id } = await filed();
      await openAtDesk(page, `/objections/${_id}`);
      await page.getByText('这个决定你参与过').waitFor();
      expect(await page.getByRole('button', { name: /异议/ }).count()).to.equal(0);
    },
  );

  itAtDesk(
    'is marked where it is overdue, and the address shows just those',
    () => colleague,
    async (page) => {
      await overdue(await filed());
      await openAtDesk(page, '/objections?overdue=true');
      expect(await page.locator('tbody tr').count()).to.equal(1);
      await page.locator('tbody').getByText('逾期', { exact: true }).waitFor();
      await openAtDesk(page, '/objections?state=dismissed');
      await page.getByText('没有这样的异议').waitFor();
    },
  );

  itAtDesk(
    'fits any window, and is well made',
    () => colleague,
    async (page) => {
      const { _id } = await filed();
      await expectWellMade(page, ['/objections', `/objections/${_id}`, `/merchants/${shop._id}`]);
    },
  );
});
