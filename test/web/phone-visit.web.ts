// A visit on the phone as a hand feels it: how many taps it takes.
import { expect } from 'chai';
import { environment } from '../../server/domain/environment.ts';
import { doorMark } from '../../server/lib/door-mark.ts';
import { origin } from '../support/app.ts';
import { shoot } from '../support/phone.ts';
import { countTaps, inTheStreet, item, passTheRest, seal, visitThat } from '../support/street.ts';

inTheStreet('a visit on the phone', (street) => {
  it('begins with a scanned notice, which is told to be ours or forged without a network', async () => {
    const { page, context } = street.phone;
    const { doorCode } = street.shop;
    await context.setOffline(true);
    const open = async (mark: string) => {
      await page.goto(`${origin()}/inspect/scan`);
      await page.getByLabel('门牌码').fill(`${origin()}/s/${doorCode}?k=${mark}`);
      await page.getByRole('button', { name: '打开' }).click();
      await page.waitForURL(/\/shops\//);
      return page.getByText('可能是假的').count();
    };
    const mark = doorMark(environment().signer, doorCode);
    expect(await open(mark)).to.equal(0);
    expect(await open(mark.replace(/\.../u, '.AA'))).to.equal(1);
  });

  it('of a clean stall takes at most 6 taps', async () => {
    const { page } = street.phone;
    await page.goto(`${origin()}/inspect`);
    const taps = await countTaps(page);
    await page.locator('.next').click();
    await page.getByRole('button', { name: '开始检查' }).click();
    await passTheRest(street.phone);
    await seal(street.phone);
    await visitThat(({ result, state }) => result === 'passed' && state === 'complete');
    expect(await taps()).to.be.at.most(6);
  });

  it('of a faulty stall, put right on the spot and signed for, takes at most 20 taps', async () => {
    const { page } = street.phone;
    await page.goto(`${origin()}/inspect`);
    const taps = await countTaps(page);
    await page.locator('.next').click();
    await page.getByRole('button', { name: '开始检查' }).click();
    for (const key of ['mask', 'scan']) {
      await item(street.phone, key).getByRole('button', { name: '不合格' }).click();
      await shoot(page);
      await item(street.phone, key).getByRole('button', { name: '当场改好' }).click();
      await item(street.phone, key).getByRole('button', { name: '拍改后' }).click();
      await shoot(page);
    }
    await passTheRest(street.phone);
    await page.getByRole('button', { name: '姓名确认' }).click();
    const name = page.locator('dialog').getByLabel('姓名');
    await name.click();
    await name.pressSequentially('王芳');
    await page.getByRole('button', { name: '记下姓名' }).click();
    await seal(street.phone);
    const visit = await visitThat(({ state }) => state === 'complete');
    expect(visit).to.include({ result: 'fixed' });
    expect(visit.body.acknowledgement).to.deep.equal({ name: '王芳', refused: false });
    expect(await taps()).to.be.at.most(20);
  });
});
