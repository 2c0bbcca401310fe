// The desk's frame: logging in, whom it lets in where, and a login that runs out while somebody works.
import { expect } from 'chai';
import { origin } from '../support/app.ts';
import { closeBrowser, itInBrowser } from '../support/browser.ts';
import { endSessions, expectWellMade, itAtDesk, openAtDesk } from '../support/desk-browser.ts';
import { submitted } from '../support/desk.ts';
import {
  aDesk,
  aListedMerchant,
  aPerson,
  emptyWorld,
  layGround,
  type Person,
  testPassword,
} from '../support/world.ts';

describe('the desk', () => {
  let approver: Person;
  let admin: Person;
  let inspector: Person;
  let elsewhere: Person;

  before(async () => {
    await emptyWorld();
    await layGround();
    admin = await aPerson('admin');
    inspector = await aPerson('inspector', { areas: ['230104'], taskForce: 'market' });
    elsewhere = await aPerson('staff', { areas: ['230199'] });
    const desk = await aDesk();
    const { _id } = await aListedMerchant(desk);
    await submitted(desk, { merchants: [_id] });
    approver = desk.approver;
  });
  after(closeBrowser);

  itInBrowser(
    'asks who comes, and leads on to where they wanted to go',
    { width: 1440 },
    async ({ page }) => {
      await page.goto(`${origin()}/desk/orders?supervision=true`);
      await page.waitForSelector('[name=username]');
      await page.click('button[type=submit]');
      await page.getByText('用户名和密码都要填').waitFor();
      await page.fill('[name=username]', approver.user.username);
      await page.fill('[name=password]', testPassword);
      await page.keyboard.press('Enter');
      await page.waitForSelector('.rail');
      expect(page.url()).to.equal(`${origin()}/desk/orders?supervision=true`);
    },
  );

  itAtDesk(
    'shows everybody the pages of their own work',
    () => admin,
    async (page) => {
      const pages = await page.locator('.rail li a').allTextContents();
      expect(pages.map((text) => text.trim()))
        .to.include('审计')
        .and.not.include('今天');
      await openAtDesk(page, '/today');
      expect(await page.textContent('h1')).to.equal('这一页不在你的职责里');
    },
  );

  itInBrowser('sends an inspector to the phone', { width: 1440 }, async ({ page }) => {
    await page.goto(`${origin()}/desk`);
    await page.fill('[name=username]', inspector.user.username);
    await page.fill('[name=password]', testPassword);
    await page.keyboard.press('Enter');
    await page.getByText('不在工作台工作').waitFor();
  });

  itAtDesk(
    'goes on after a reload without logging in again, until somebody logs out',
    () => approver,
    async (page) => {
      await page.reload();
      await page.waitForSelector('.rail');
      // What is still being fetched when somebody leaves would be refused.
      await page.waitForLoadState('networkidle');
      await page.getByRole('button', { name: '退出登录' }).click();
      await page.waitForSelector('[name=password]');
      await page.goto(`${origin()}/desk/today`);
      await page.waitForSelector('[name=password]');
    },
  );

  itAtDesk(
    'asks for the login over the page when it has run out, and nothing that was typed is lost',
    () => elsewhere,
    async (page) => {
      await openAtDesk(page, '/list/new');
      await page.fill('[name=name]', '新开粮油店');
      await page.selectOption('[name=category]', 'pharmacy');
      await page.selectOption('[name=subdistrict]', '230199001');
      await page.fill('[name=address]', '示例街 12号');
      await endSessions(page, elsewhere);
      await page.getByRole('button', { name: '交上申请' }).click();
      const over = page.getByRole('dialog');
      expect(await over.locator('[name=username]').inputValue()).to.equal(elsewhere.user.username);
      await over.locator('[name=password]').fill(testPassword);
      await page.keyboard.press('Enter');
      await over.waitFor({ state: 'detached' });
      expect(await page.inputValue('[name=name]')).to.equal('新开粮油店');
      await page.getByRole('button', { name: '交上申请' }).click();
      await page.waitForURL(/\/merchants\//);
    },
    { refused: ['/api/v1/merchants', '/api/v1/auth/refresh'] },
  );

  itAtDesk(
    'shows nothing of what one person saw to the next',
    () => approver,
    async (page) => {
      await openAtDesk(page, '/today');
      await page.getByRole('heading', { name: '今天要定的 1 件' }).waitFor();
      await page.getByRole('button', { name: '退出登录' }).click();
      await page.route('**/api/v1/today', () => undefined);
      await page.fill('[name=username]', elsewhere.user.username);
      await page.fill('[name=password]', testPassword);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: '今天', exact: true }).waitFor();
      expect(await page.locator('.rail em').count(), 'what waits for the person before').to.equal(0);
      await page.unrouteAll({ behavior: 'ignoreErrors' });
    },
  );

  itAtDesk(
    'fits a phone and a desk, and is well made in both languages and in the dark',
    () => approver,
    async (page) => {
      await expectWellMade(page, ['/today', '/nowhere']);
    },
  );
});
