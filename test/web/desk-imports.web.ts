// Files at the desk: a list is dropped, understood, mapped by hand, mended, submitted and approved; what is filtered is exported and printed.
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import iconv from 'iconv-lite';
import type { Page } from 'playwright-core';
import { AdjustmentModel } from '../../models/adjustment.ts';
import { ImportModel } from '../../models/import.ts';
import { MerchantContactModel } from '../../models/merchant-contact.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { makeUscc } from '../../server/lib/uscc.ts';
import { closeBrowser } from '../support/browser.ts';
import { expectWellMade, graveFaults, itAtDesk, openAtDesk, signIn, tabTo } from '../support/desk-browser.ts';
import { csv, imported } from '../support/imports.ts';
import { aDesk, type Desk, emptyWorld, layGround, listedMerchants, merchantsLike } from '../support/world.ts';

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const tab = (page: Page, name: string) => page.locator('.tabs-line a', { hasText: name });
const columns = ['编号', '商户名称', '信用代码', '类别', '街道', '地址', '老板手机'];
const gbk = (rows: string[][]) => iconv.encode(csv(columns, rows), 'gbk');

/** As from another window: the browser gives the page a file. */
async function drop(page: Page, bytes: Buffer, name = '换发名单.csv'): Promise<void> {
  const transfer = await page.evaluateHandle(
    `(() => {
      const bytes = Uint8Array.from(atob('${bytes.toString('base64')}'), (one) => one.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], '${name}'));
      return transfer;
    })()`,
  );
  await page.locator('.drop').last().dispatchEvent('drop', { dataTransfer: transfer });
}

/** What comes to the person's disk after a press. */
async function downloaded(page: Page, press: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

describe('files at the desk', function () {
  this.timeout(240_000);
  let desk: Desk;
  let shops: Merchant[];
  const staff = () => desk.staff;

  beforeEach(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    shops = await listedMerchants(desk, [
      { name: '松江鲜果行', category: 'convenience' },
      { name: '丰润砂锅居', category: 'supermarket', subdistrict: '230104005' },
      { name: '北二道街馅饼店', category: 'supermarket', subdistrict: '230104005' },
    ]);
  });
  after(closeBrowser);

  const rowOf = (index: number, changes: Partial<Record<'address' | 'uscc', string>> = {}) => {
    const shop = shops[index];
    if (!shop) throw new Error(`there is no shop ${index}`);
    const street = shop.subdistrict === '230104001' ? '靖宇街道' : '仁里街道';
    const { uscc = shop.uscc ?? '', address = shop.address } = changes;
    return [shop._id, shop.name, uscc, shop.category, street, address, ''];
  };
  const newcomer = [
    '',
    '新开粮油店',
    makeUscc('92', '230104', 900_001),
    'pharmacy',
    '靖宇',
    '南勋街9号',
    '13800001111',
  ];
  const miscoded = () => {
    const code = shops[1]?.uscc ?? '';
    return code.slice(0, 17) + (code.endsWith('A') ? 'B' : 'A');
  };
  const moved = () => rowOf(0, { address: '靖宇街88号' });

  itAtDesk(
    'a GBK file is dropped, told row by row, mapped by hand, mended, submitted and approved',
    staff,
    async (page) => {
      await openAtDesk(page, '/imports');
      await page.getByText('还没有导入过').waitFor();
      await drop(page, gbk([newcomer, moved(), rowOf(1, { uscc: miscoded() }), rowOf(2)]));
      await page.waitForURL(/\/imports\/[0-9a-f-]+$/);
      await page.getByText('信用代码校验位不符').waitFor();
      for (const [name, figure] of [
        ['新增', '1'],
        ['更改', '1'],
        ['移出', '0'],
        ['不能用', '1'],
      ] as const)
        expect(await tab(page, name).locator('b').innerText()).to.equal(figure);
      await page.getByText('另有 1 行和名单一样').waitFor();
      const told = await downloaded(page, () => button(page, '下载这 1 行的清单').click());
      expect(told.bytes.toString()).to.include('丰润砂锅居').and.to.include('校验位不符');

      await tab(page, '更改').click();
      await page.getByText('靖宇街88号').waitFor();
      await tab(page, '新增').click();
      await page.waitForURL(/kind=added/);
      expect(await page.locator('.importrows tbody tr').innerText()).not.to.include('13800001111');
      await page.getByText('表头：认出 6 列，1 列不用').click();
      await page.getByLabel('老板手机').selectOption({ label: '联系电话' });
      const before = page.url();
      await button(page, '按这样重新读').click();
      await page.waitForURL((url) => !before.includes(url.pathname));
      await page.getByText('表头：认出 7 列，0 列不用').waitFor();
      await tab(page, '新增').click();
      await page.getByText('13800001111').waitFor();

      await drop(page, gbk([newcomer, moved(), rowOf(1, { address: '仁里街7号' }), rowOf(2)]));
      await button(page, '提交审批，改 3 家').waitFor();
      await page.getByText('表头：认出 7 列，0 列不用').waitFor();
      await page.fill('[name=reason]', '换发名单');
      await button(page, '提交审批，改 3 家').click();
      await page.getByText('已经成了一张调整单').waitFor();
      expect(await MerchantModel.countDocuments()).to.equal(3);
      await page.getByRole('link', { name: '看调整单' }).click();
      await page.waitForURL(/\/adjustments\//);
      const path = new URL(page.url()).pathname.replace('/desk', '');

      await signIn(page, desk.approver);
      await openAtDesk(page, path);
      await button(page, /^批准/).click();
      await page.getByText('办成的事').waitFor();
      await openAtDesk(page, '/list?category=pharmacy');
      await page.getByRole('link', { name: '新开粮油店' }).waitFor();
      const fresh = await MerchantModel.findOne({ name: '新开粮油店' }).lean();
      expect(await MerchantContactModel.findById(fresh?._id).lean()).to.include({ phone: '13800001111' });

      await signIn(page, desk.staff);
      await openAtDesk(page, '/imports');
      await page.locator('.imports tr', { hasText: '新增 1' }).filter({ hasText: '已生效' }).waitFor();
    },
    { minutes: 2 },
  );

  itAtDesk(
    'a part is replaced only when it is named, and only when each row is understood',
    staff,
    async (page) => {
      await openAtDesk(page, '/imports');
      await page.getByRole('radio', { name: /替换一部分/ }).check();
      await drop(page, gbk([rowOf(1), rowOf(0, { uscc: miscoded() })]));
      await page.getByText('先选街道或门类，再读文件。').waitFor();
      expect(await page.evaluate('document.activeElement.name')).to.equal('subdistrict');
      await page.selectOption('[name=subdistrict]', { label: '仁里街道' });
      await button(page, '读入 换发名单.csv').click();
      await page.getByText('替换 街道：仁里街道').waitFor();
      await page.getByText('替换要每一行都读得懂').waitFor();
      expect(await button(page, /^提交审批/).count()).to.equal(0);
      await drop(page, gbk([rowOf(1)]));
      await button(page, '提交审批，改 1 家').waitFor();
      await page.locator('.importrows tr', { hasText: '北二道街馅饼店' }).getByText('已移出').waitFor();
    },
  );

  itAtDesk('a file without a header is mapped by hand, also after the page was left', staff, async (page) => {
    const file = csv(['铺子', '哪条街'], [['新开粮油店', '南勋街9号']]);
    const { id, state } = await imported(desk.staff, file);
    expect(state).to.equal('failed');
    await openAtDesk(page, `/imports/${id}`);
    await page.getByText('没有找到表头').waitFor();
    await page.getByLabel('铺子').selectOption({ label: '名称' });
    await page.getByLabel('哪条街').selectOption({ label: '名称' });
    await page.getByText('有几列都当作“名称”').waitFor();
    await page.getByLabel('哪条街').selectOption({ label: '地址' });
    await page
      .getByLabel('再选一次文件，按这样读')
      .setInputFiles({ name: '名单.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
    await page.getByText('新商户必须填写').first().waitFor();
    await page.goBack();
    expect(new URL(page.url()).pathname).not.to.include('/imports/');
  });

  itAtDesk(
    'from the file to its submission by keyboard alone',
    staff,
    async (page) => {
      const { keyboard } = page;
      const choose = async (rows: string[][]) => {
        const [chooser] = await Promise.all([page.waitForEvent('filechooser'), keyboard.press('Space')]);
        await chooser.setFiles({ name: '换发名单.csv', mimeType: 'text/csv', buffer: gbk(rows) });
      };
      await openAtDesk(page, '/imports');
      await tabTo(page, '[name=file]');
      await choose([newcomer, moved(), rowOf(1, { uscc: miscoded() })]);
      await page.getByText('信用代码校验位不符').waitFor();
      await tabTo(page, '.tabs-line a[href*="kind=added"]');
      await keyboard.press('Enter');
      await page.waitForURL(/kind=added/);
      await tabTo(page, '.mapfold summary');
      await keyboard.press('Enter');
      await tabTo(page, '[name=column-6]');
      const taken = () => page.locator('[name=column-6]').inputValue();
      for (let i = 0; i < 40 && (await taken()) !== 'phone'; i++) await keyboard.press('ArrowDown');
      const before = new URL(page.url()).pathname;
      await tabTo(page, '.mapping .btn');
      await keyboard.press('Enter');
      await page.waitForURL(({ pathname }) => pathname !== before);
      await page.getByText('表头：认出 7 列，0 列不用').waitFor();
      await tabTo(page, '[name=file]');
      await choose([newcomer, moved(), rowOf(1, { address: '仁里街7号' })]);
      await button(page, '提交审批，改 3 家').waitFor();
      await tabTo(page, '[name=reason]');
      await keyboard.type('换发名单');
      await tabTo(page, '.submitbar [type=submit]');
      await keyboard.press('Enter');
      await page.getByText('已经成了一张调整单').waitFor();
      expect(await AdjustmentModel.countDocuments({ state: 'submitted' })).to.equal(1);
    },
    { minutes: 2 },
  );

  itAtDesk(
    'what is filtered is exported and printed, or the page says why not',
    staff,
    async (page) => {
      await openAtDesk(page, '/list?category=supermarket&sort=-category');
      const shown = await page.locator('.tb.list tbody tr[data-row] .nm a').allInnerTexts();
      await page.locator('.take summary').click();
      expect(await graveFaults(page)).to.deep.equal([]);
      const file = await downloaded(page, () => button(page, /^CSV/).click());
      expect(file.name).to.match(/^mingdan-\d{4}-\d\d-\d\d\.csv$/);
      const lines = file.bytes.toString().trim().split('\r\n').slice(1);
      expect(lines).to.have.lengthOf(2);
      for (const name of shown)
        expect(
          lines.some((line) => line.includes(name)),
          name,
        ).to.equal(true);

      await page.locator('.take summary').click();
      const notices = await downloaded(page, () => button(page, /^打印门牌/).click());
      expect(notices.name).to.match(/\.pdf$/);
      expect(notices.bytes.subarray(0, 5).toString()).to.equal('%PDF-');

      const [example] = shops;
      if (example) await merchantsLike(example, 300);
      await openAtDesk(page, '/list?category=convenience');
      await page.locator('.take summary').click();
      await button(page, /^打印门牌/).click();
      await page.locator('.take .problem').waitFor();
      expect(await page.locator('.take .problem').innerText()).to.include('300');
      await page.keyboard.press('Escape');
      expect(page.url()).to.include('category=convenience');

      await openAtDesk(page, `/list?asOf=${new Date().toISOString()}`);
      await page.locator('.take summary').click();
      await page.getByText('过去的名单只能导出 CSV 和 Excel').waitFor();
      expect(await button(page, /^打印门牌|^LIVES/).count()).to.equal(0);
      const past = await downloaded(page, () => button(page, /^Excel/).click());
      expect(past.bytes.subarray(0, 2).toString()).to.equal('PK');
    },
    { refused: ['/api/v1/merchants/notices'] },
  );

  itAtDesk('a large file is submitted and enacted while the pages say how far it is', staff, async (page) => {
    const rows = Array.from({ length: 2_510 }, (_, i) => [
      '',
      `店${i}`,
      makeUscc('92', '230104', 910_000 + i),
      'pharmacy',
      '靖宇',
      `南勋街${i}号`,
      '',
    ]);
    const { id } = await imported(desk.staff, csv(columns, rows));
    await openAtDesk(page, `/imports/${id}`);
    await button(page, '提交审批，改 2,510 家').click();
    await page.getByText('正在做成一张调整单').waitFor();
    await page.getByText(/放进了 [\d,]+ 家，共 2,510 家/).waitFor();
    await page.getByText('已经成了一张调整单').waitFor();
    await page.getByRole('link', { name: '看调整单' }).click();
    await page.waitForURL(/\/adjustments\//);
    const path = new URL(page.url()).pathname.replace('/desk', '');
    await signIn(page, desk.approver);
    await openAtDesk(page, path);
    await button(page, /^批准/).click();
    await page.getByText(/正在核对|正在写进名单/).waitFor();
    await page.getByText('已生效').first().waitFor();
    expect(await page.getByText('正在写进名单').count()).to.equal(0);

    await signIn(page, desk.staff);
    const failure = { code: 'import-expired', facts: {} };
    await ImportModel.updateOne({ _id: id }, { $set: { state: 'ready', adjustment: null, failure } });
    await openAtDesk(page, `/imports/${id}`);
    await page.getByText('没有提交成，名单没有变').waitFor();
    await page.getByText('导入的行已过期').waitFor();
    await button(page, '提交审批，改 2,510 家').waitFor();
  });

  itAtDesk('imports fit any window, and are well made', staff, async (page) => {
    const { id } = await imported(
      desk.staff,
      gbk([newcomer, moved(), rowOf(1, { uscc: miscoded() }), rowOf(2)]),
    );
    await expectWellMade(page, [
      '/imports',
      `/imports/${id}`,
      `/imports/${id}?kind=added`,
      `/imports/${id}?kind=changed`,
    ]);
  });
});
