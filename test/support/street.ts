// What an inspector does with the phone in the street, as the browser tests tell it.
import { expect } from 'chai';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Merchant } from '../../models/merchant.ts';
import { OrderModel } from '../../models/order.ts';
import { type Visit, VisitModel } from '../../models/visit.ts';
import { origin } from './app.ts';
import { executablePath } from './chromium.ts';
import { aPhone, type Phone, readyForTheStreet, shoot } from './phone.ts';
import {
  aDesk,
  aListedMerchant,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  listedMerchants,
  merchantsLike,
  type Person,
} from './world.ts';

export type Street = { phone: Phone; shop: Merchant; others: Merchant[]; desk: Desk; inspector: Person };
type Size = { shops?: number; minutes?: number };

/** A whole district, as many as its published list has. */
export const wholeDistrict = 6_029;

/** Tests that each begin in a street of their own, and end without a mishap in any page. Pending where there is no browser. */
export function inTheStreet(title: string, tests: (street: Street) => void, size: Size = {}): void {
  describe(title, function () {
    this.timeout((size.minutes ?? 2.5) * 60_000);
    const street = {} as Street;
    before(function () {
      if (executablePath === null) this.skip();
    });
    beforeEach(async () => {
      Object.assign(street, await aStreet(size));
    });
    afterEach(async () => {
      const { phone } = street as Partial<Street>;
      // Where not even the street came about, that says why.
      if (!phone) return;
      const { mishaps } = phone;
      await phone.end();
      expect(mishaps, 'mishaps in the pages').to.deep.equal([]);
    });
    tests(street);
  });
}

/** Some shops and one that is looked for, and an inspector who has logged in and could do without the network. */
async function aStreet({ shops = 61 }: Size): Promise<Street> {
  await emptyWorld();
  await layGround();
  const desk = await aDesk();
  const inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market', name: '李检查' });
  const others = await listedMerchants(
    desk,
    Array.from({ length: 10 }, (_, i) => ({ name: `康宁药店示例${100 + i}` })),
  );
  const shop = await aListedMerchant(desk, { name: '松江鲜果行' });
  const [first] = others;
  if (first) await merchantsLike(first, shops - others.length - 1);
  const phone = await aPhone();
  await readyForTheStreet(phone, inspector);
  return { phone, shop, others, desk, inspector };
}

export const item = ({ page }: Phone, key: string) => page.locator(`#item-${key}`);

/** Found by its initials or name, begun, and led to the page of the visit. */
export async function beginVisit(
  phone: Phone,
  { typed = 'sjxg', name = '松江鲜果行' }: { typed?: string; name?: string } = {},
): Promise<void> {
  const { page } = phone;
  await page.goto(`${origin()}/inspect/find`);
  await page.fill('#find-text', typed);
  await page.getByText(name).first().click();
  await page.getByRole('button', { name: /^开始/ }).click();
  await item(phone, 'mask').waitFor();
}

/** A visit without a fault, begun and sealed. */
export async function cleanVisit(phone: Phone, of?: { typed: string; name: string }): Promise<void> {
  await beginVisit(phone, of);
  await passTheRest(phone);
  await seal(phone);
  await phone.page.getByText('已存本机').waitFor();
}

/** Masks put right on the spot, two more by a deadline: four photos in all. A fail opens the camera at once. */
export async function faultyVisit(phone: Phone): Promise<void> {
  const { page } = phone;
  await beginVisit(phone);
  await item(phone, 'mask').getByRole('button', { name: '不合格' }).click();
  await shoot(page);
  await item(phone, 'mask').getByRole('button', { name: '当场改好' }).click();
  await item(phone, 'mask').getByRole('button', { name: '拍改后' }).click();
  await shoot(page);
  for (const key of ['scan', 'entrance']) {
    await item(phone, key).getByRole('button', { name: '不合格' }).click();
    await shoot(page);
    await item(phone, key).getByRole('button', { name: '限期整改' }).click();
  }
  await passTheRest(phone);
}

/** A faulty visit from a cold start without a network, through a restart, until the server has all of it and the receipt says so. */
export async function coldStartVisit({ phone, shop }: Street): Promise<void> {
  await phone.restart({ offline: true });
  await faultyVisit(phone);
  await seal(phone);
  await phone.page.getByText('已存本机').waitFor();
  expect(await storedVisits()).to.deep.equal([]);

  await phone.restart();
  await phone.page.goto(`${origin()}/inspect`);
  const visit = await visitThat(({ state }) => state === 'complete');
  expect(visit).to.include({ merchant: shop._id, result: 'orders', kind: 'routine' });
  expect(visit.photos.map(({ present, source }) => [present, source])).to.deep.equal(
    Array.from({ length: 4 }, () => [true, 'camera']),
  );
  const orders = await OrderModel.find({ visit: visit._id }).sort({ item: 1 }).lean();
  expect(orders.map(({ item: key, state }) => [key, state])).to.deep.equal([
    ['entrance', 'open'],
    ['mask', 'closed'],
    ['scan', 'open'],
  ]);
  await phone.page.goto(`${origin()}/inspect/outbox`);
  const slip = phone.page.locator('.slip.complete');
  await slip.waitFor();
  const receipt = (await slip.innerText()).replace(/\s+/gu, ' ');
  expect(receipt).to.contain('齐全').and.to.contain('照片 4 / 4');
}

export const passTheRest = ({ page }: Phone) => page.getByRole('button', { name: '其余全合格' }).click();
export const seal = ({ page }: Phone) => page.getByRole('button', { name: '封存' }).click();

export const storedVisits = () => VisitModel.find().lean<Visit[]>();

/** The first visit on the server that fits, as soon as there is one. */
export async function visitThat(fits: (visit: Visit) => boolean): Promise<Visit> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const found = (await storedVisits()).find(fits);
    if (found) return found;
    if (Date.now() > deadline) throw new Error('no such visit came within a minute');
    await pause(100);
  }
}

/** Lifted fingers from now on, on this page. */
export async function countTaps(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(`
    globalThis.taps = 0;
    addEventListener('pointerup', ({ isTrusted }) => { if (isTrusted) globalThis.taps += 1; }, { capture: true });`);
  return () => page.evaluate<number>('globalThis.taps');
}
