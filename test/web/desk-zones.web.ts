// A zone from its outline to its draft at the desk: pasted, put right, drawn; its shops filtered, and the shop's page says so.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { AdjustmentModel } from '../../models/adjustment.ts';
import type { Merchant } from '../../models/merchant.ts';
import { ZoneModel } from '../../models/zone.ts';
import { closeBrowser } from '../support/browser.ts';
import { expectWellMade, itAtDesk, openAtDesk, setLanguage } from '../support/desk-browser.ts';
import { aDesk, type Desk, emptyWorld, layGround, listedMerchants } from '../support/world.ts';
import { squareAround } from '../support/zones.ts';

/** Where `LOOK` names a folder, what the page looks like is kept there. */
async function look(page: Page, name: string): Promise<void> {
  const { LOOK } = process.env;
  if (LOOK)
    await page.screenshot({ path: `${LOOK}/${name}-${page.viewportSize()?.width}.png`, fullPage: true });
}

describe('zones at the desk', () => {
  let desk: Desk;
  let shops: Merchant[];

  beforeEach(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    const at = (lng: number) => ({
      point: { type: 'Point' as const, coordinates: [lng, 45.78] as [number, number] },
    });
    shops = await listedMerchants(desk, [
      { name: '松江鲜果行', ...at(126.64) },
      { name: '北岸粮油店', ...at(126.643) },
      { name: '远郊便利店', ...at(126.7) },
      { name: '无址杂货铺', point: null },
    ]);
  });
  after(closeBrowser);

  const fromPasteToDraft = async (page: Page) => {
    await openAtDesk(page, '/settings/zones');
    await page.getByRole('button', { name: '新增风险区' }).click();
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('看不出边界').waitFor();
    await page.fill('[name=zh]', '靖宇高风险区');
    await page.fill('[name=en]', 'Jingyu high-risk zone');
    await page.selectOption('[name=area]', '230104');
    await page.fill('[name=outline]', '126.63, 45.77\n126.65, 45.79\n126.65, 45.77\n126.63, 45.79');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('第 1 个点：').waitFor();
    await page.fill('[name=outline]', JSON.stringify(squareAround([126.64, 45.78])));
    await page.getByRole('img', { name: /略图/ }).waitFor();
    await look(page, 'zone-form');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('heading', { level: 2, name: '靖宇高风险区' }).waitFor();
    await page.getByText('生效中').waitFor();
    await page.getByText('区里现在有 2 家在名单').waitFor();
    await look(page, 'zone');
    const zone = (await ZoneModel.findOne().lean())?._id ?? '';

    await page.getByRole('link', { name: '看区里的商户' }).click();
    await page.getByText('北岸粮油店').waitFor();
    expect(await page.getByText('远郊便利店').count()).to.equal(0);
    await look(page, 'zone-list');

    const draft = await AdjustmentModel.findOne({ proposal: `zone/${zone}` }).lean();
    await openAtDesk(page, `/adjustments/${draft?._id}`);
    await page.getByText('风险区：靖宇高风险区').waitFor();
    await page.getByText('1 家没有登记位置').waitFor();
    await look(page, 'zone-draft');
    await page.getByRole('link', { name: '风险区 1' }).click();
    await page.getByRole('heading', { level: 2, name: '靖宇高风险区' }).waitFor();

    await openAtDesk(page, `/merchants/${shops[0]?._id}`);
    await page.getByRole('link', { name: '靖宇高风险区' }).waitFor();
    await openAtDesk(page, `/merchants/${shops[2]?._id}`);
    expect(await page.getByRole('link', { name: '靖宇高风险区' }).count()).to.equal(0);

    await openAtDesk(page, `/settings/zones/${zone}`);
    await page.getByRole('button', { name: '修改' }).click();
    await page.getByRole('checkbox', { name: '录错了，作废' }).check();
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('录错作废').waitFor();
    expect((await AdjustmentModel.findById(draft?._id).lean())?.state).to.equal('withdrawn');
    await expectWellMade(page, ['/settings/zones', `/settings/zones/${zone}`, `/adjustments/${draft?._id}`]);
    await setLanguage(page, 'en');
    await openAtDesk(page, '/settings/zones');
    await look(page, 'zones-en');
  };
  itAtDesk(
    'lead from a pasted outline to a draft, and go when they were entered by mistake',
    () => desk.staff,
    fromPasteToDraft,
    { minutes: 3, refused: ['/api/v1/zones/*'] },
  );
});
