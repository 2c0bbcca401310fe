// What an adjustment's page points out: why it is proposed, whom it leaves open, whose contact changes, and who matches later.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { AdjustmentModel } from '../../models/adjustment.ts';
import type { Merchant } from '../../models/merchant.ts';
import { submitVisit } from '../../server/domain/visits.ts';
import { sweep } from '../../server/jobs/sweep.ts';
import { closeBrowser } from '../support/browser.ts';
import { enacted } from '../support/desk.ts';
import { expectWellMade, itAtDesk, openAtDesk, setLanguage, signIn } from '../support/desk-browser.ts';
import { csv, imported } from '../support/imports.ts';
import { aPhoto, aVisit } from '../support/visits.ts';
import { aDesk, aListedMerchant, aPerson, type Desk, emptyWorld, layGround } from '../support/world.ts';

/** Where `LOOK` names a folder, what the page looks like is kept there. */
async function look(page: Page, name: string): Promise<void> {
  const { LOOK } = process.env;
  if (LOOK) await page.screenshot({ path: `${LOOK}/${name}.png`, fullPage: true });
}

describe('what an adjustment’s page points out', () => {
  let desk: Desk;
  let shop: Merchant;

  beforeEach(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    shop = await aListedMerchant(desk, { name: '松江鲜果行' });
  });
  after(closeBrowser);

  async function proposal(): Promise<string> {
    const inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    for (let time = 0; time < 3; time++) {
      const { sha256 } = await aPhoto({ width: 64, height: 48 });
      const answers = [
        { item: 'entrance', outcome: 'fail' as const, photos: [sha256], fix: { kind: 'timed' as const } },
      ];
      await submitVisit(inspector.actor, aVisit(shop._id, { answers }));
    }
    await sweep();
    const draft = await AdjustmentModel.findOne({ proposal: `failed-visits/${shop._id}` }).lean();
    return draft?._id ?? '';
  }

  const dismissal = async (page: Page) => {
    const id = await proposal();
    await setLanguage(page, 'en');
    await openAtDesk(page, `/adjustments/${id}`);
    await look(page, `proposal-en-${page.viewportSize()?.width}`);
    await setLanguage(page, 'zh');
    await openAtDesk(page, '/today');
    await page.getByRole('link', { name: /看草稿/ }).click();
    await page.getByRole('heading', { name: '为什么提出' }).waitFor();
    await page.getByText('规定的天数里，检查一次次留下整改单。').waitFor();
    await page.getByText('1 家有没销号的整改单，共 3 张').waitFor();
    await look(page, `proposal-zh-${page.viewportSize()?.width}`);
    await page.getByRole('link', { name: '检查 1', exact: true }).click();
    await page.waitForURL(/\/visits\//);
    await page.goBack();

    await page.getByRole('button', { name: '不采纳' }).click();
    const box = page.getByRole('dialog');
    await box.getByRole('button', { name: '不采纳' }).click();
    await box.getByText('写一句为什么不采纳。').waitFor();
    await box.getByRole('textbox').fill('正在装修');
    await box.getByRole('button', { name: '不采纳' }).click();
    await page.getByText('正在装修').waitFor();
    const { state, decisionNote } = (await AdjustmentModel.findById(id).lean()) ?? {};
    expect({ state, decisionNote }).to.deep.equal({ state: 'withdrawn', decisionNote: '正在装修' });
  };
  for (const width of [1440, 360])
    itAtDesk(
      `is why it is proposed, with its visits one tap away, and it is dismissed with a reason, ${width} px wide`,
      () => desk.staff,
      dismissal,
      { width },
    );
  itAtDesk(
    'fits any window, and is well made',
    () => desk.staff,
    async (page) => expectWellMade(page, [`/adjustments/${await proposal()}`]),
  );

  itAtDesk(
    'are the shops that match its rule later, one tap from a draft for just those',
    () => desk.staff,
    async (page) => {
      const done = await enacted(desk, { rule: { where: { category: 'pharmacy' } } });
      await aListedMerchant(desk);
      await aListedMerchant(desk);
      await expectWellMade(page, [`/adjustments/${done.id}`]);
      await setLanguage(page, 'zh');
      await openAtDesk(page, `/adjustments/${done.id}`);
      await page.getByText('现在又有 2 家符合').waitFor();
      await look(page, 'later');
      await page.getByRole('button', { name: '给这 2 家起草' }).click();
      await page.getByRole('heading', { level: 1, name: '暂停 2 家' }).waitFor();
      await openAtDesk(page, `/adjustments/${done.id}`);
      await page.getByRole('link', { name: '已经起草了一张，去看看' }).waitFor();
    },
  );

  itAtDesk(
    'is that more match later than one adjustment holds, without an offer that would fail',
    () => desk.staff,
    async (page) => {
      const done = await enacted(desk, { rule: { where: { category: 'pharmacy' } } });
      await page.route('**/adjustments/*/matches', (route) =>
        route.fulfill({ json: { count: 0, open: null, tooMany: true } }),
      );
      for (const language of ['en', 'zh'] as const) {
        await setLanguage(page, language);
        await openAtDesk(page, `/adjustments/${done.id}`);
        await page.getByText(/^现在又符合的太多|^More merchants match now than/).waitFor();
        await look(page, `too-many-${language}-${page.viewportSize()?.width}`);
      }
      expect(await page.getByRole('button', { name: /起草/ }).count()).to.equal(0);
    },
  );

  itAtDesk(
    'is whose contact an import changes, masked for the approver',
    () => desk.staff,
    async (page) => {
      const columns = ['编号', '商户名称', '类别', '街道', '地址', '联系人', '联系电话'];
      const row = [shop._id, shop.name, 'pharmacy', '靖宇街道', shop.address, '李小红', '13912340000'];
      const one = await imported(desk.staff, csv(columns, [row]));
      const { body } = await desk.staff.api
        .post(`/imports/${one.id}/submit`)
        .send({ reason: '更新电话' })
        .expect(200);
      const path = `/adjustments/${(body as { adjustment: { id: string } }).adjustment.id}`;
      await openAtDesk(page, path);
      await page.getByText('13912340000').waitFor();
      await signIn(page, desk.approver);
      await setLanguage(page, 'zh');
      await expectWellMade(page, [path]);
      await setLanguage(page, 'zh');
      await openAtDesk(page, path);
      await page.getByText('139****0000').waitFor();
      await page.getByText('李*').waitFor();
      expect(await page.getByText('13912340000').count()).to.equal(0);
      await look(page, 'contacts');
    },
  );
});
