// What an inspector does with the phone in the street, as the browser tests tell it.
import { setTimeout as pause } from 'node:timers/promises';
import type { Merchant } from '../../models/merchant.ts';
import { type Visit, VisitModel } from '../../models/visit.ts';
import { origin } from './app.ts';
import { executablePath } from './chromium.ts';
import { aPhone, type Phone, readyForTheStreet, shoot } from './phone.ts';
import { aDesk, aListedMerchant, aPerson, emptyWorld, layGround, listedMerchants } from './world.ts';

export type Street = { phone: Phone; shop: Merchant };

/** Tests that each begin in a street of their own. Pending where there is no browser. */
export function inTheStreet(title: string, tests: (street: Street) => void): void {
  describe(title, function () {
    this.timeout(120_000);
    const street = {} as Street;
    before(function () {
      if (executablePath === null) this.skip();
    });
    beforeEach(async () => {
      Object.assign(street, await aStreet());
    });
    afterEach(() => street.phone.end());
    tests(street);
  });
}

/** Sixty shops and one that is looked for, and an inspector who has logged in and could do without the network. */
async function aStreet(): Promise<Street> {
  await emptyWorld();
  await layGround();
  const desk = await aDesk();
  const inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market', name: '李检查' });
  await listedMerchants(
    desk,
    Array.from({ length: 60 }, (_, i) => ({ name: `康宁药店示例${100 + i}` })),
  );
  const shop = await aListedMerchant(desk, { name: '松江鲜果行' });
  const phone = await aPhone();
  await readyForTheStreet(phone, inspector);
  return { phone, shop };
}

const item = ({ page }: Phone, key: string) => page.locator(`#item-${key}`);

/** Found by its initials, begun, and led to the page of the visit. */
export async function beginVisit(phone: Phone): Promise<void> {
  const { page } = phone;
  await page.goto(`${origin()}/inspect/find`);
  await page.fill('#find-text', 'sjxg');
  await page.getByText('松江鲜果行').click();
  await page.getByRole('button', { name: '开始检查' }).click();
  await item(phone, 'mask').waitFor();
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
