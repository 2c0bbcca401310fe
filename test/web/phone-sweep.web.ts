// A market swept on the phone: a tap a stall without a network, taken back in time, kept through a reload, and no stall twice.
import { expect } from 'chai';
import type { Merchant } from '../../models/merchant.ts';
import { origin } from '../support/app.ts';
import { shoot } from '../support/phone.ts';
import {
  countTaps,
  inTheStreet,
  item,
  passTheRest,
  seal,
  storedVisits,
  type Street,
} from '../support/street.ts';
import { adjust, listedMerchants } from '../support/world.ts';

const site = 'market-1';
const count = 5;

inTheStreet('a sweep on the phone', (street) => {
  it('of five stalls takes one tap each without a network, and hands all of them in afterwards', async () => {
    const { phone } = street;
    const stalls = await aMarket(street);
    await phone.context.setOffline(true);
    await startSweep(street);
    const taps = await countTaps(phone.page);
    for (const [at, { name }] of stalls.entries()) {
      await phone.page.locator('.stall').getByText(name).waitFor();
      if (at === 2) await phone.page.getByRole('button', { name: '关着门' }).click();
      else await phone.page.getByRole('button', { name: '全部合格' }).click();
    }
    await phone.page.getByText(`这里 ${count} 家，今天都查过了`).waitFor();
    expect(await taps()).to.equal(count);
    // The last one is sealed once it cannot be taken back any more.
    await phone.page.getByRole('button', { name: '撤销' }).waitFor({ state: 'detached' });
    expect(await storedVisits()).to.deep.equal([]);
    await phone.context.setOffline(false);
    const visits = await allVisits(count);
    expect(visits.map(({ merchant }) => merchant)).to.have.members(stalls.map(({ _id }) => _id));
    expect(visits.map(({ state, kind }) => [state, kind])).to.deep.equal(
      visits.map(() => ['complete', 'routine']),
    );
    const shut = visits.filter(({ result }) => result === 'no-entry');
    expect(shut.map(({ merchant, body }) => [merchant, body.noEntry])).to.deep.equal([
      [stalls[2]?._id, 'closed'],
    ]);
  });

  it('offers again what was taken back, and after a reload what is left, with how far it has come', async () => {
    const { phone } = street;
    const [first, second, third] = await aMarket(street);
    await phone.context.setOffline(true);
    await startSweep(street);
    const { page } = phone;
    const offered = (stall?: Merchant) =>
      page
        .locator('.stall')
        .getByText(stall?.name ?? '')
        .waitFor();
    await page.getByRole('button', { name: '全部合格' }).click();
    await offered(second);
    await page.getByRole('button', { name: '撤销' }).click();
    await offered(first);
    await page.getByText(`已查 0 / ${count} 家`).waitFor();
    await page.getByRole('button', { name: '全部合格' }).click();
    await page.getByText(`已查 1 / ${count} 家`).waitFor();
    await page.getByRole('button', { name: '撤销' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '先跳过这一家' }).click();
    await offered(third);
    // The browser takes over a little later what the page keeps in its history.
    await page.waitForTimeout(500);
    await page.reload();
    await offered(third);
    await page.getByText(`已查 1 / ${count} 家`).waitFor();
    await phone.context.setOffline(false);
    const [visit] = await allVisits(1);
    expect(visit?.merchant).to.equal(first?._id);
  });

  it('leads to the page of the visit where there is a fault, and back to the next stall', async () => {
    const { phone } = street;
    const [first, second] = await aMarket(street);
    await startSweep(street);
    const { page } = phone;
    await page.getByRole('button', { name: '有问题' }).click();
    await item(phone, 'mask').getByRole('button', { name: '不合格' }).click();
    await shoot(page);
    await item(phone, 'mask').getByRole('button', { name: '限期整改' }).click();
    await passTheRest(phone);
    await seal(phone);
    await page
      .locator('.stall')
      .getByText(second?.name ?? '')
      .waitFor();
    await page.getByText(`已查 1 / ${count} 家`).waitFor();
    const [visit] = await allVisits(1);
    expect(visit).to.include({ merchant: first?._id, result: 'orders' });
    // The history holds the sweep once.
    await page.getByRole('button', { name: '返回' }).click();
    await page.getByText('逐家查一个市场或一条街').first().waitFor();
  });

  it('leads a suspended stall to its recheck, and never passes it in one tap', async () => {
    const { phone, desk } = street;
    const [first] = await aMarket(street);
    await adjust(desk, first?._id ?? '', 'suspended');
    await refreshed(street);
    await startSweep(street);
    const { page } = phone;
    expect(await page.getByRole('button', { name: '全部合格' }).count()).to.equal(0);
    await page.getByRole('button', { name: '开始复查' }).click();
    await passTheRest(phone);
    await seal(phone);
    await page.getByText(`已查 1 / ${count} 家`).waitFor();
    const [visit] = await allVisits(1);
    expect(visit).to.include({ merchant: first?._id, kind: 'recheck', result: 'passed' });
  });
});

/** Five stalls in one market, in the phone's pack, in the order in which they are walked. */
async function aMarket(street: Street): Promise<Merchant[]> {
  const stalls = await listedMerchants(
    street.desk,
    Array.from({ length: count }, (_, at) => ({
      name: `早市${at + 1}号摊（示例）`,
      address: `靖宇街1号 ${at + 1}号摊`,
      site,
    })),
  );
  await refreshed(street);
  return stalls;
}

async function refreshed({ phone: { page } }: Street): Promise<void> {
  await page.goto(`${origin()}/inspect`);
  await page.getByText('更新数据包').click();
  await page.getByText('数据包更新好了').waitFor();
}

async function startSweep({ phone: { page } }: Street): Promise<void> {
  await page.getByText('逐家查一个市场或一条街').click();
  await page.getByText('靖宇早市').click();
  await page.locator('.stall').waitFor();
}

/** As soon as so many are on the server, all of each. */
async function allVisits(expected: number) {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const visits = await storedVisits();
    if (visits.length === expected && visits.every(({ state }) => state === 'complete')) return visits;
    if (Date.now() > deadline) throw new Error(`${visits.length} visits of ${expected} came within a minute`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
