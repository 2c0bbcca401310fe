// A joint visit on one phone: two inspectors of different task forces, a section each, sealed without a network and taken in whole.
import { expect } from 'chai';
import { origin } from '../support/app.ts';
import { shoot } from '../support/phone.ts';
import { inTheStreet, item, passTheRest, seal, type Street, visitThat } from '../support/street.ts';
import { aPerson } from '../support/world.ts';

inTheStreet('a joint visit on the phone', (street) => {
  it('is written by two, sealed offline, and handed in with a section of each', async () => {
    const { phone, inspector, shop } = street;
    const colleague = await aPerson('inspector', { areas: ['230104'], taskForce: 'trade', name: '王商务' });
    await beginJoint(street);
    const { page } = phone;
    await phone.context.setOffline(true);
    await passTheRest(phone);
    await seal(phone);
    // Alone it is no joint visit.
    await page.getByText('还要加另一个专班的同事').waitFor();
    await addColleague(street, '王商务');
    await item(phone, 'mask').getByRole('button', { name: '不合格' }).click();
    await shoot(page);
    await item(phone, 'mask').getByRole('button', { name: '限期整改' }).click();
    await passTheRest(phone);
    await page.getByRole('button', { name: /^市场监管专班/ }).click();
    await item(phone, 'mask').getByRole('button', { name: '合格', exact: true, pressed: true }).waitFor();
    await seal(phone);
    await page.getByText('已存本机').waitFor();
    await phone.context.setOffline(false);
    const visit = await visitThat(({ state }) => state === 'complete');
    expect(visit).to.include({ kind: 'joint', merchant: shop._id, result: 'orders' });
    expect(visit.taskForces).to.have.members(['market', 'trade']);
    expect(visit.inspectors.map(({ name }) => name)).to.have.members(['李检查', '王商务']);
    expect(visit.body.sections?.map(({ taskForce, inspectors }) => [taskForce, inspectors])).to.deep.equal([
      ['market', [inspector.user._id]],
      ['trade', [colleague.user._id]],
    ]);
    await colleague.api.get(`/visits/${visit._id}`).expect(200);
  });

  it('keeps both sections through a restart, and lets a colleague leave again, to be taken back', async () => {
    const { phone } = street;
    await aPerson('inspector', { areas: ['230104'], taskForce: 'trade', name: '王商务' });
    await beginJoint(street);
    await addColleague(street, '王商务');
    await passTheRest(phone);
    const address = phone.page.url();
    await phone.page.getByText('草稿已存').waitFor();
    await phone.restart({ offline: true });
    await phone.page.goto(address);
    const parts = phone.page.locator('.sections button');
    await parts.getByText('填好了').waitFor();
    await phone.page.getByRole('button', { name: /^商务专班/ }).click();
    await phone.page.getByRole('button', { name: '王商务退出' }).click();
    expect(await parts.count()).to.equal(1);
    await phone.page.getByRole('button', { name: '撤销' }).click();
    await parts.getByText('填好了').waitFor();
    expect(await parts.count()).to.equal(2);
  });

  it('is not offered where nobody of another task force may come along', async () => {
    const { phone, shop } = street;
    await phone.page.goto(`${origin()}/inspect/shops/${shop._id}`);
    await phone.page.getByText('日常巡查').waitFor();
    expect(await phone.page.getByText('联合巡查').count()).to.equal(0);
  });
});

async function beginJoint({ phone: { page }, shop }: Street): Promise<void> {
  await page.goto(`${origin()}/inspect`);
  await page.getByText('更新数据包').click();
  await page.getByText('数据包更新好了').waitFor();
  await page.goto(`${origin()}/inspect/shops/${shop._id}`);
  await page.getByRole('radio', { name: '联合巡查' }).check();
  await page.getByRole('button', { name: '开始检查' }).click();
  await page.locator('#joint').waitFor();
}

async function addColleague({ phone: { page } }: Street, name: string): Promise<void> {
  await page.getByRole('button', { name: '加同事' }).click();
  await page
    .locator('dialog')
    .getByRole('button', { name: new RegExp(name) })
    .click();
  await page.locator('dialog').waitFor({ state: 'detached' });
}
