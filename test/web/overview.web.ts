// The overview at the desk: its figures lead to their rows, its charts have tables and can be taken away, and its choices live in the address.
import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { submitVisit } from '../../server/domain/visits.ts';
import { sweep } from '../../server/jobs/sweep.ts';
import { localDay } from '../../server/lib/calendar.ts';
import { origin } from '../support/app.ts';
import { closeBrowser } from '../support/browser.ts';
import { expectWellMade, itAtDesk, openAtDesk } from '../support/desk-browser.ts';
import { aVisit } from '../support/visits.ts';
import { aDesk, aPerson, emptyWorld, layGround, listedMerchants, type Person } from '../support/world.ts';

describe('the overview at the desk', () => {
  let staff: Person;

  before(async () => {
    await emptyWorld();
    await layGround();
    const desk = await aDesk();
    staff = desk.staff;
    const [one, , two] = await listedMerchants(desk, [
      {},
      {},
      { category: 'supermarket', subdistrict: '230104005' },
    ]);
    const market = await aPerson('inspector', { areas: ['230104'], taskForce: 'market' });
    const trade = await aPerson('inspector', { areas: ['230104'], taskForce: 'trade' });
    const photos = ['a'.repeat(64)];
    await submitVisit(market.actor, aVisit(one?._id ?? ''));
    await submitVisit(
      trade.actor,
      aVisit(two?._id ?? '', {
        answers: [{ item: 'scan', outcome: 'fail', photos, fix: { kind: 'timed' } }],
      }),
    );
    await sweep();
  });
  after(closeBrowser);

  const figures = (page: Page) => page.locator('.figs .figure').allTextContents();

  itAtDesk(
    'shows five figures, each with the way to its rows',
    () => staff,
    async (page) => {
      await openAtDesk(page, '/overview');
      expect(await figures(page)).to.deep.equal(['2', '2', '50%', '0%', '0']);
      const ways = await page.evaluate<string[]>(
        '[...document.querySelectorAll(".figs .figure")].map((one) => one.href)',
      );
      const paths = ways.map((way) => new URL(way).pathname);
      expect(paths).to.deep.equal([
        '/desk/list',
        '/desk/visits',
        '/desk/visits',
        '/desk/visits',
        '/desk/orders',
      ]);
      const query = new URL(ways[2] ?? '').searchParams;
      expect(query.getAll('result')).to.deep.equal(['passed']);
      await page.locator('.figs .figure').nth(4).click();
      await page.waitForURL(`${origin()}/desk/orders?supervision=true`);
    },
  );

  itAtDesk(
    'keeps span and task force in the address',
    () => staff,
    async (page) => {
      await openAtDesk(page, '/overview');
      await page.getByLabel('专班', { exact: true }).selectOption('trade');
      await page.locator('.figs .figure').nth(1).filter({ hasText: /^1$/ }).waitFor();
      await page.getByLabel('时间段').selectOption('7');
      await page.waitForURL(/days=7/);
      await page.reload();
      await page.waitForSelector('.figs');
      expect(await figures(page)).to.deep.equal(['1', '1', '0%', '0%', '0']);
      expect(await page.getByLabel('时间段').inputValue()).to.equal('7');
    },
  );

  itAtDesk(
    'draws visits a day, says them in words, and shows them as a table with the keyboard alone',
    () => staff,
    async (page) => {
      await openAtDesk(page, '/overview');
      const chart = page.locator('.chart[role=img]');
      await chart.locator('canvas').waitFor();
      expect(await chart.getAttribute('aria-label')).to.match(/共 2 次检查/);
      await page.locator('.part').first().getByRole('button', { name: '看表' }).focus();
      await page.keyboard.press('Enter');
      const rows = page.locator('.part').first().locator('tbody tr');
      expect(await rows.count()).to.equal(14);
      expect(await rows.last().locator('td').allTextContents()).to.deep.equal(['1', '0', '1', '0']);
      expect(await chart.count()).to.equal(0);
    },
  );

  itAtDesk(
    'shows what was found at each item, and coverage as tiles or by task force',
    () => staff,
    async (page) => {
      await openAtDesk(page, '/overview');
      const [first] = await page.locator('.items .bar').all();
      expect(await first?.locator('.sr').textContent()).to.equal('提示扫码：当场改好 0，限期整改 1');
      const tiles = await page.locator('.tiles a').allTextContents();
      expect(tiles.map((text) => text.replace(/\s+/g, ' '))).to.deep.equal([
        '靖宇50%2 家查了 1 家',
        '仁里100%1 家查了 1 家',
      ]);
      const coverage = page.locator('.part', { hasText: '没查' });
      await coverage.getByRole('img', { name: '地图：已查 2 家，没查 1 家' }).waitFor();
      await coverage.getByRole('button', { name: '看表' }).click();
      await coverage.getByLabel('专班').check();
      await coverage.getByText('市场监管专班').waitFor();
      expect(page.url()).to.include('view=table').and.include('by=taskForce');
      const cells = await coverage.locator('tbody tr').first().locator('td').allTextContents();
      expect(cells.map((text) => text.trim())).to.deep.equal(['2', '1', '1', '50%']);
    },
  );

  itAtDesk(
    'hands out its charts as pictures and tables',
    () => staff,
    async (page) => {
      await openAtDesk(page, '/overview');
      const taken = async (name: string) => {
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('button', { name }).click(),
        ]);
        return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
      };
      for (const chart of ['每天检查', '各项不合格', '覆盖']) {
        const picture = await taken(`${chart}：下载图片`);
        expect(picture.name).to.equal(`${chart}.png`);
        expect(picture.bytes.subarray(1, 4).toString()).to.equal('PNG');
        expect(picture.bytes.length).to.be.greaterThan(2_000);
      }
      const coverage = await taken('覆盖：下载表格');
      expect(coverage.bytes.toString()).to.equal(
        '\uFEFF街道,在名单,已查,没查,覆盖率\r\n靖宇街道,2,1,1,50%\r\n仁里街道,1,1,0,100%\r\n',
      );
      const table = await taken('每天检查：下载表格');
      const lines = table.bytes.toString().split('\r\n');
      expect(lines[0]).to.equal('\uFEFF日期,合格,当场改好,限期整改,没进去');
      expect(lines.at(-2)).to.equal(`${localDay(new Date())},1,0,1,0`);
    },
  );

  itAtDesk(
    'fits a phone and a desk, and is well made in both languages and in the dark',
    () => staff,
    async (page) => {
      await expectWellMade(page, ['/overview', '/overview?view=table&by=category']);
    },
  );
});
