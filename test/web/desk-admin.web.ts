// An admin at the desk: people, checklists, settings, the trail of it all, and one's own account.
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { ChecklistModel } from '../../models/checklist.ts';
import { AreaSettingsModel } from '../../models/settings.ts';
import { UserModel } from '../../models/user.ts';
import { tryLogin } from '../support/accounts.ts';
import { closeBrowser } from '../support/browser.ts';
import { expectWellMade, itAtDesk, openAtDesk } from '../support/desk-browser.ts';
import { aDesk, aListedMerchant, aPerson, emptyWorld, layGround, type Person } from '../support/world.ts';

const password = 'winter market at seven';

describe('the admin at the desk', () => {
  let admin: Person;
  let merchant: Person;
  let auditor: Person;

  before(async () => {
    await emptyWorld();
    await layGround();
    admin = await aPerson('admin');
    auditor = await aPerson('auditor');
    const shop = await aListedMerchant(await aDesk(), { name: '松江鲜果行' });
    merchant = await aPerson('merchant', { merchants: [shop._id], name: '王店主' });
  });
  after(closeBrowser);

  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();

  itAtDesk(
    'adds a user with a scope, gives another scope, and disables the account',
    () => admin,
    async (page) => {
      await openAtDesk(page, '/users/new');
      await page.fill('[name=newUsername]', 'sun.jian');
      await page.fill('[name=name]', '孙检查');
      await press(page, '加一个范围');
      await page.getByRole('checkbox', { name: /道外区/ }).check();
      await page.selectOption('[name=taskForce]', 'market');
      await press(page, '加上');
      await page.fill('[name=newPassword]', 'short');
      await press(page, '建立 孙检查 的账号');
      await page.getByText('密码太弱').waitFor();
      await page.fill('[name=newPassword]', password);
      await press(page, '建立 孙检查 的账号');
      await page.getByRole('heading', { name: '孙检查' }).waitFor();
      expect((await tryLogin('sun.jian', password)).status).to.equal(200);

      await press(page, '拿掉：道外区');
      await press(page, '保存更改');
      await page.getByText('以前的范围 1 条').waitFor();
      const stored = await UserModel.findOne({ username: 'sun.jian' }).lean();
      expect(stored?.scopes.map(({ areas, taskForce, to }) => [areas, taskForce, to !== null])).to.deep.equal(
        [[['230104'], 'market', true]],
      );

      await press(page, '停用账号');
      await page.getByRole('dialog').getByRole('button', { name: '停用' }).click();
      await page.getByRole('button', { name: '启用账号' }).waitFor();
      expect((await tryLogin('sun.jian', password)).status).to.equal(401);
    },
    { refused: ['/api/v1/users'] },
  );

  itAtDesk(
    'is told in words when somebody changed the account meanwhile, and loses nothing',
    () => admin,
    async (page) => {
      const { user } = await aPerson('staff', { name: '林工作' });
      await openAtDesk(page, `/users/${user._id}`);
      await page.fill('[name=name]', '林工作（南片）');
      await admin.api
        .patch(`/users/${user._id}`)
        .set('If-Match', '"1"')
        .send({ role: 'auditor' })
        .expect(200);
      await press(page, '保存更改');
      const conflict = page.getByText('别人刚改过这个账号');
      await conflict.waitFor();
      await page.getByText('改的是：角色').waitFor();
      await press(page, '按我填的保存');
      await conflict.waitFor({ state: 'detached' });
      await page.getByText('林工作（南片）：已保存').waitFor();
      const stored = await UserModel.findById(user._id).lean();
      expect(stored).to.include({ name: '林工作（南片）', role: 'auditor' });
    },
    { refused: ['/api/v1/users/*'] },
  );

  itAtDesk(
    'writes the next version of a checklist; what is wrong stands at its item',
    () => admin,
    async (page) => {
      await openAtDesk(page, '/checklists/essential/edit');
      await press(page, /^1\. /);
      await page.fill('[name="/items/0/text/en"]', '');
      await page.getByText('缺英文').waitFor();
      await press(page, /先改好 1 处/);
      await page.fill('[name="/items/0/text/en"]', 'Masks worn properly, by everybody');
      await page.getByText('缺英文').waitFor({ state: 'detached' });
      await press(page, /^下移：规范佩戴口罩/);
      await page.getByText('顺序变了').waitFor();
      await press(page, /发布第 2 版，用于 1 家/);
      await page.getByText('第 2 版已发布').waitFor();
      const stored = await ChecklistModel.findById('essential/2').lean();
      expect(stored?.items.slice(0, 2).map(({ key }) => key)).to.deep.equal(['scan', 'mask']);
      expect(stored?.items[1]?.text.en).to.equal('Masks worn properly, by everybody');
    },
  );

  itAtDesk(
    'writes a new item letter by letter, and takes another from a list there is',
    () => admin,
    async (page) => {
      await openAtDesk(page, '/checklists/new');
      await page.locator('[name="/key"]').pressSequentially('winter');
      await press(page, '加一项');
      await page.locator('[name="/items/0/key"]').pressSequentially('gloves');
      expect(await page.inputValue('[name="/items/0/key"]')).to.equal('gloves');
      await page.selectOption('[name=shared]', 'mask');
      await page.getByRole('button', { name: /^2\. 规范佩戴口罩/ }).waitFor();
      await openAtDesk(page, '/checklists/nowhere/edit');
      await page.getByRole('heading', { name: '没有这一页' }).waitFor();
    },
  );

  itAtDesk(
    'sets a limit for an area and has it inherit again',
    () => admin,
    async (page) => {
      await openAtDesk(page, '/settings?area=230104');
      await press(page, /^在这里规定：较重的问题/);
      await page.fill('[name=majorHours]', '1000');
      await press(page, '保存');
      await page.getByText('1 到 720 的整数').waitFor();
      await page.fill('[name=majorHours]', '4');
      await page.getByText('服务器收到后 4 小时到期').waitFor();
      await press(page, '保存');
      await page.getByText('设置已保存').waitFor();
      expect((await AreaSettingsModel.findById('230104').lean())?.values).to.deep.equal({ majorHours: 4 });
      await press(page, /^改回沿用：较重的问题/);
      await press(page, '保存');
      await page.getByText('还没有改动').waitFor();
      expect((await AreaSettingsModel.findById('230104').lean())?.values).to.deep.equal({});
    },
  );

  itAtDesk(
    'writes a task force and a year of holidays',
    () => admin,
    async (page) => {
      await openAtDesk(page, '/settings/taskforces');
      await press(page, '新增');
      await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
      await page.getByText('要填。').first().waitFor();
      await page.fill('dialog [name=key]', 'market');
      await page.getByText('已经有了').waitFor();
      await page.fill('dialog [name=key]', 'food');
      await page.fill('dialog [name=zh]', '食品专班');
      await page.fill('dialog [name=en]', 'Food');
      await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
      await page.getByRole('cell', { name: '食品专班', exact: true }).waitFor();
      await openAtDesk(page, '/settings/calendar');
      await page.waitForSelector('.days');
    },
  );

  itAtDesk(
    'finds these deeds in the trail, and takes them along as a file',
    () => admin,
    async (page) => {
      const { user } = await aPerson('staff', { name: '吴工作' });
      await admin.api.patch(`/users/${user._id}`).set('If-Match', '"1"').send({ disabled: true }).expect(200);
      await admin.api.put('/settings/2301').send({ farMeters: 300 }).expect(201);
      await openAtDesk(page, '/audit?noun=user');
      await page.getByText('账号 · 修改').first().waitFor();
      await page.locator('.trail summary').filter({ hasText: 'disabled' }).first().click();
      await page.getByText('false').first().waitFor();
      const [download] = await Promise.all([page.waitForEvent('download'), press(page, /导出/)]);
      const text = await readFile(await download.path(), 'utf8');
      expect(text.split('\r\n')[0]).to.equal('\uFEFF时间,姓名,角色,动作,记录,以前,以后,地址,请求');
      expect(text).to.contain('user.changed').and.to.contain('吴工作').and.not.to.contain('checklist.added');
      await page.selectOption('[name=noun]', 'settings');
      await page.getByText('设置 · 新建').first().waitFor();
      expect(page.url()).to.contain('noun=settings');
    },
  );

  itAtDesk(
    'is asked for the present password before there is a new one',
    () => auditor,
    async (page) => {
      await openAtDesk(page, '/account');
      await page.fill('[name=current]', 'not the one');
      await page.fill('[name=next]', password);
      await press(page, '改密码，重新登录');
      await page.getByText('现在的密码不对').waitFor();
    },
    { refused: ['/api/v1/auth/password'] },
  );

  const paths = {
    people: () => ['/users', '/users/new', `/users/${merchant.user._id}`, '/account', '/audit'],
    checklists: () => ['/checklists', '/checklists/essential/1', '/checklists/essential/edit'],
    settings: () => ['/settings', '/settings/calendar', '/settings/sites'],
  };
  for (const [what, pages] of Object.entries(paths))
    itAtDesk(
      `has pages of ${what} that fit any window, well made in both languages and in the dark`,
      () => admin,
      (page) => expectWellMade(page, pages()),
    );
});
