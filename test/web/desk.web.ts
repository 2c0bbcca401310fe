// The desk's frame: logging in, whom it lets in where, and a login that runs out while somebody works.
import { expect } from 'chai';
import { origin } from '../support/app.ts';
import { closeBrowser, itInBrowser } from '../support/browser.ts';
import { expectWellMade, itAtDesk, openAtDesk } from '../support/desk-browser.ts';
import { aPerson, emptyWorld, layGround, type Person, testPassword } from '../support/world.ts';

describe('the desk', () => {
  let staff: Person;
  let admin: Person;
  let inspector: Person;

  before(async () => {
    await emptyWorld();
    await layGround();
    staff = await aPerson('staff', { areas: ['230104'] });
    admin = await aPerson('admin');
    inspector = await aPerson('inspector', { areas: ['230104'], taskForce: 'market' });
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
      await page.fill('[name=username]', staff.user.username);
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
    () => staff,
    async (page) => {
      await page.reload();
      await page.waitForSelector('.rail');
      await page.getByRole('button', { name: '退出登录' }).click();
      await page.waitForSelector('[name=password]');
      await page.goto(`${origin()}/desk/today`);
      await page.waitForSelector('[name=password]');
    },
  );

  itAtDesk(
    'fits a phone and a desk, and is well made in both languages and in the dark',
    () => staff,
    async (page) => {
      for (const width of [360, 768, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        await expectWellMade(page, ['/today', '/nowhere']);
      }
    },
  );
});
