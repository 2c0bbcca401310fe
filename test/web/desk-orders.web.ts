// The desk's board of fix orders and its visits in a browser: answered orders looked at and decided, odd visits judged.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { Merchant } from '../../models/merchant.ts';
import { type Order, OrderModel } from '../../models/order.ts';
import { PhotoBlobModel } from '../../models/photo.ts';
import { type Visit, VisitModel } from '../../models/visit.ts';
import { minuteOf } from '../../web/src/shared/time.ts';
import { ids } from '../../server/lib/ids.ts';
import { anybody } from '../support/app.ts';
import { closeBrowser } from '../support/browser.ts';
import { days, hours } from '../support/desk.ts';
import { expectWellMade, itAtDesk, openAtDesk } from '../support/desk-browser.ts';
import { aLink, anOpenOrder } from '../support/orders.ts';
import { aPhoto, aVisit } from '../support/visits.ts';
import {
  aDesk,
  aListedMerchant,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  type Person,
} from '../support/world.ts';

describe('fix orders and visits at the desk', function () {
  this.timeout(120_000);
  let desk: Desk;
  let inspector: Person;
  let auditor: Person;
  let shops: { answered: Merchant; again: Merchant; open: Merchant; late: Merchant };
  let orders: Record<keyof typeof shops, string>;
  const staff = () => desk.staff;

  beforeEach(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market', name: '李检查' });
    auditor = await aPerson('auditor', { areas: ['230104'] });
    shops = {
      answered: await aListedMerchant(desk, { name: '南勋果蔬店' }),
      again: await aListedMerchant(desk, { name: '南马平价药房' }),
      open: await aListedMerchant(desk, { name: '化工路粮油' }),
      late: await aListedMerchant(desk, { name: '太古鲜肉铺' }),
    };
    orders = {
      answered: await answeredOrder(shops.answered),
      again: await answeredOrder(shops.again),
      open: (await anOpenOrder(inspector, shops.open._id)).id,
      late: await lateOrder(shops.late),
    };
  });
  after(closeBrowser);

  /** Answered by its merchant through the link, with a photo of how it is now. */
  async function answeredOrder(shop: Merchant): Promise<string> {
    const order = await anOpenOrder(inspector, shop._id);
    const { token } = await aLink(inspector, order);
    const { bytes } = await aPhoto();
    await anybody()
      .post(`/fix/${token}`)
      .field('answer', JSON.stringify({ note: '已摆好' }))
      .attach('photo', bytes, 'after.jpg')
      .expect(200);
    return order.id;
  }

  async function lateOrder(shop: Merchant): Promise<string> {
    const { id } = await anOpenOrder(inspector, shop._id);
    const due = new Date(Date.now() - 3 * hours);
    await OrderModel.updateOne({ _id: id }, { $set: { level: 'yellow', due } });
    return id;
  }

  const stored = async (id: string) => (await OrderModel.findById(id).lean<Order>()) ?? expect.fail();
  const lane = (page: Page, name: string) => page.getByRole('region', { name: new RegExp(`^${name}`) });
  const panel = (page: Page) => page.getByRole('complementary', { name: '选中的整改单' });
  const said = (page: Page, text: string) => page.getByRole('status').getByText(text).waitFor();

  itAtDesk('shows in each lane as many as its list has', staff, async (page) => {
    await openAtDesk(page, '/orders');
    for (const [name, query] of [
      ['逾期', 'supervision=true'],
      ['待核验', 'state=submitted'],
      ['待整改', 'state=open&overdue=false'],
    ] as const) {
      const { body } = await desk.staff.api.get(`/orders?${query}`).expect(200);
      const { total } = body as { total: number };
      expect(await lane(page, name).locator('h2 em').textContent(), name).to.equal(String(total));
      expect(await lane(page, name).locator('.oc').count(), name).to.equal(total);
      await openAtDesk(page, `/orders?${query}`);
      expect(await page.locator('tbody tr').count(), query).to.equal(total);
      await openAtDesk(page, '/orders');
    }
  });

  itAtDesk('lets an answer be verified with before and after in sight, and goes on', staff, async (page) => {
    await openAtDesk(page, '/orders');
    await lane(page, '待核验').getByText('南勋果蔬店').click();
    const handle = panel(page).getByRole('slider');
    await handle.waitFor();
    await panel(page).locator('.compare img').nth(1).waitFor();
    await handle.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(await handle.getAttribute('aria-valuenow')).to.equal('40');
    await page.keyboard.press('End');
    expect(await handle.getAttribute('aria-valuenow')).to.equal('100');
    const { x, y, width, height } = (await panel(page).locator('.compare').boundingBox()) ?? expect.fail();
    await page.mouse.move(x + width - 30, y + height / 3);
    await page.mouse.down();
    await page.mouse.move(x + width / 4, y + height / 3);
    await page.mouse.up();
    expect(await handle.getAttribute('aria-valuenow')).to.equal('25');

    await panel(page).getByRole('button', { name: '核验通过，销号' }).click();
    await said(page, '南勋果蔬店 的整改单已销号');
    expect((await stored(orders.answered)).state).to.equal('closed');
    await page.waitForURL(({ searchParams }) => searchParams.get('order') === orders.again);
    await lane(page, '待核验').getByText('南勋果蔬店').waitFor({ state: 'detached' });
  });

  itAtDesk('takes a note and a photo with the verification', staff, async (page) => {
    await openAtDesk(page, `/orders?order=${orders.answered}`);
    await panel(page).getByText('附说明或照片').click();
    await page.fill('[name=verify-note]', '电话核实');
    const { bytes } = await aPhoto();
    await page.setInputFiles('.acts-foot input[type=file]', [
      { name: 'seen.jpg', mimeType: 'image/jpeg', buffer: bytes },
    ]);
    await panel(page).getByRole('button', { name: '核验通过，销号' }).click();
    await said(page, '已销号');
    const verified = (await stored(orders.answered)).history.at(-1);
    expect(verified).to.include({ act: 'verify', note: '电话核实' });
    expect(verified?.photos.map(({ present }) => present)).to.deep.equal([true]);
  });

  itAtDesk(
    'tries again what failed, and nothing else',
    staff,
    async (page) => {
      await page.route('**/api/v1/orders/*/slip', (route) => route.fulfill({ status: 429 }));
      await openAtDesk(page, `/orders?order=${orders.answered}`);
      await panel(page).getByRole('button', { name: '打印整改单' }).click();
      await panel(page).getByText('连不上服务器').waitFor();
      await page.unroute('**/api/v1/orders/*/slip');
      const download = page.waitForEvent('download');
      await panel(page).getByRole('button', { name: '再试一次' }).click();
      expect((await download).suggestedFilename()).to.match(/^order-.+\.pdf$/);
      expect((await stored(orders.answered)).state).to.equal('submitted');
    },
    { refused: ['/api/v1/orders/*/slip'] },
  );

  itAtDesk('returns another with a reason and a new due, and extends a third', staff, async (page) => {
    const due = minuteOf(new Date(Date.now() + 2 * days));
    await openAtDesk(page, `/orders?order=${orders.again}`);
    await panel(page).getByRole('button', { name: '退回' }).click();
    const box = page.getByRole('dialog');
    await box.getByRole('button', { name: '退回' }).click();
    await box.getByText('写一句理由').waitFor();
    await box.locator('[name=note]').fill('照片看不清');
    await box.locator('[name=due]').fill(due);
    await box.getByRole('button', { name: '退回' }).click();
    await said(page, '已退回给 南马平价药房');
    const returned = await stored(orders.again);
    expect(returned).to.include({ state: 'open', returns: 1 });
    expect(minuteOf(returned.due ?? '')).to.equal(due);
    expect(returned.history.at(-1)?.note).to.equal('照片看不清');

    await openAtDesk(page, `/orders?order=${orders.late}`);
    await panel(page).getByRole('button', { name: '延期' }).click();
    await box.locator('[name=note]').fill('配件在路上');
    await box.getByRole('button', { name: '延期' }).click();
    await box.getByText('选一个晚于现在的时间').waitFor();
    await box.locator('[name=due]').fill(due);
    await box.getByRole('button', { name: '延期' }).click();
    await said(page, '太古鲜肉铺 的整改单已延期');
    expect(minuteOf((await stored(orders.late)).due ?? '')).to.equal(due);
  });

  itAtDesk('is gone through by J and K, and closed by Esc', staff, async (page) => {
    await openAtDesk(page, '/orders');
    await lane(page, '待核验').getByText('南勋果蔬店').click();
    await panel(page).getByText('南勋果蔬店').waitFor();
    await page.keyboard.press('j');
    await panel(page).getByText('南马平价药房').waitFor();
    await page.keyboard.press('k');
    await panel(page).getByText('南勋果蔬店').waitFor();
    await page.keyboard.press('Escape');
    await panel(page).waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).to.equal('');
  });

  itAtDesk('gives the merchant a link and a slip, and takes links back', staff, async (page) => {
    await openAtDesk(page, `/orders?order=${orders.open}`);
    const download = page.waitForEvent('download');
    await panel(page).getByRole('button', { name: '打印整改单' }).click();
    expect((await download).suggestedFilename()).to.match(/^order-.+\.pdf$/);
    await panel(page).getByRole('button', { name: '给商户链接' }).click();
    const box = page.getByRole('dialog');
    await box.getByRole('button', { name: '生成链接' }).click();
    await box.getByRole('img', { name: '链接的二维码' }).waitFor();
    const url = (await box.locator('code').textContent()) ?? '';
    const token = url.slice(url.lastIndexOf('/') + 1);
    await anybody().get(`/fix/${token}`).expect(200);
    await box.getByRole('button', { name: '关闭' }).click();
    await panel(page).getByRole('button', { name: '给商户链接' }).click();
    await box.getByRole('button', { name: '收回' }).click();
    await said(page, '发出去的链接都已失效');
    await anybody().get(`/fix/${token}`).expect(410);
  });

  itAtDesk(
    'is not decided by an auditor, who sees all of it',
    () => auditor,
    async (page) => {
      await openAtDesk(page, `/orders?order=${orders.answered}`);
      await panel(page).getByRole('slider').waitFor();
      expect(await panel(page).locator('.acts-foot button').count()).to.equal(0);
    },
  );
  async function flaggedVisit(): Promise<string> {
    const visit = aVisit(shops.open._id, { location: { lng: 126.66, lat: 45.78, accuracy: 8 } });
    await inspector.api.post('/visits').send(visit).expect(201);
    return visit.id;
  }

  async function unmatchedVisit(): Promise<string> {
    const visit = aVisit(ids.uuid(), {
      answers: [
        { item: 'mask', outcome: 'fail', note: '没戴', fix: { kind: 'timed' }, photos: ['0'.repeat(64)] },
      ],
    });
    await inspector.api.post('/visits').send(visit).expect(201);
    return visit.id;
  }

  const visitOf = async (order: string) => (await stored(order)).visit;
  const storedVisit = async (id: string) => (await VisitModel.findById(id).lean<Visit>()) ?? expect.fail();

  itAtDesk('has a flagged visit judged with a reason', staff, async (page) => {
    const id = await flaggedVisit();
    await openAtDesk(page, '/visits?needsReview=true');
    await page.locator('tbody tr').getByText('离店远').waitFor();
    expect(await page.locator('tbody tr').count()).to.equal(1);
    await page.getByRole('link', { name: '化工路粮油' }).click();
    await page.getByText('提交位置离商户登记位置较远').waitFor();
    await page.getByRole('button', { name: '记下判断' }).click();
    await page.getByText('写一句理由').waitFor();
    await page.fill('[name=note]', '商场里定位漂移');
    await page.getByRole('button', { name: '记下判断' }).click();
    await said(page, '判断已记下');
    await page.getByText('已复核').waitFor();
    const visit = await storedVisit(id);
    expect(visit.needsReview).to.equal(false);
    expect(visit.reviews[0]).to.deep.include({
      flags: ['far-from-merchant'],
      outcome: 'explained',
      note: '商场里定位漂移',
    });
  });

  itAtDesk('finds the shop of a visit that was made at none on file', staff, async (page) => {
    const id = await unmatchedVisit();
    await openAtDesk(page, '/visits?unmatched=true');
    await page.getByRole('link', { name: '没对上商户' }).click();
    await page.getByRole('button', { name: '对上商户' }).click();
    const box = page.getByRole('dialog');
    await box.locator('[name=q]').fill('化工路');
    await box.getByText('化工路粮油').click();
    await box.getByRole('button', { name: '对上：化工路粮油' }).click();
    await said(page, '已对上商户');
    const visit = await storedVisit(id);
    expect(visit.merchant).to.equal(shops.open._id);
    await page.locator('.came').getByText('规范佩戴口罩').waitFor();
  });

  itAtDesk('enlarges photos, leads to their neighbours and back by keyboard alone', staff, async (page) => {
    await openAtDesk(page, `/visits/${await visitOf(orders.answered)}`);
    const thumbs = page.locator('.thumbs button');
    await thumbs.first().focus();
    await page.keyboard.press('Enter');
    const viewer = page.getByRole('dialog');
    await viewer.getByText('1 / 2').waitFor();
    expect(await viewer.getAttribute('aria-label')).to.match(/^改前/);
    await page.keyboard.press('ArrowRight');
    await viewer.getByText('2 / 2').waitFor();
    expect(await viewer.getAttribute('aria-label')).to.match(/^改后/);
    await page.keyboard.press('Escape');
    await viewer.waitFor({ state: 'detached' });
  });

  itAtDesk('covers parts of a photo in a copy, and tells who kept the original', staff, async (page) => {
    await openAtDesk(page, `/visits/${await visitOf(orders.answered)}`);
    await page.locator('.thumbs button').first().click();
    await page.getByRole('button', { name: '做遮盖副本' }).click();
    const box = page.getByRole('dialog', { name: '遮盖照片的一部分' });
    await box.locator('img').waitFor();
    const { x, y, width, height } = (await box.locator('.redact').boundingBox()) ?? expect.fail();
    await page.mouse.move(x + width * 0.25, y + height * 0.25);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.5, y + height * 0.75);
    await page.mouse.up();
    await box.getByRole('spinbutton', { name: '左 %' }).fill('20');
    await box.locator('[name=reason]').fill('有路人');
    await box.getByRole('button', { name: '遮住 1 块' }).click();
    await said(page, '遮盖副本已存好');
    const copy = await PhotoBlobModel.findOne({ redactionOf: { $ne: null } }).lean();
    expect(copy?.rectangles).to.deep.equal([{ x: 0.2, y: 0.25, width: 0.25, height: 0.5 }]);
    await box.getByRole('button', { name: '关闭' }).click();
    await page.getByRole('button', { name: '保管记录' }).click();
    const custody = page.getByRole('dialog', { name: '保管记录' });
    await custody.getByText('做了遮盖副本').waitFor();
    await custody.getByText('李检查').waitFor();
  });

  itAtDesk('hands out the evidence package', staff, async (page) => {
    const id = await visitOf(orders.answered);
    await openAtDesk(page, `/visits/${id}`);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '取证据包' }).click();
    expect((await download).suggestedFilename()).to.equal(`visit-${id}.zip`);
    await said(page, '证据包已存到这台电脑');
  });

  const places = async () => [
    '/orders',
    `/orders?order=${orders.answered}`,
    '/orders?supervision=true',
    '/visits',
    `/visits/${await visitOf(orders.answered)}`,
    `/visits/${await flaggedVisit()}`,
  ];
  itAtDesk('has nothing that axe calls serious, and fits any window', staff, async (page) => {
    await expectWellMade(page, await places());
  });
});
