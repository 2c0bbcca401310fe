// What the bureau decided while a phone was offline: its visit is taken in all the same, and the phone is put right.
import { expect } from 'chai';
import { ChecklistModel } from '../../models/checklist.ts';
import { MerchantModel } from '../../models/merchant.ts';
import { UserModel } from '../../models/user.ts';
import { origin } from '../support/app.ts';
import {
  beginVisit,
  cleanVisit,
  faultyVisit,
  inTheStreet,
  item,
  seal,
  visitThat,
} from '../support/street.ts';
import { adjust } from '../support/world.ts';

inTheStreet('a phone that was offline while the bureau decided', (street) => {
  it('hands in the visit of a shop that was removed meanwhile, which stays removed, and shows it so', async () => {
    const { phone, shop, desk } = street;
    await phone.context.setOffline(true);
    await cleanVisit(phone);
    await adjust(desk, shop._id, 'removed');
    await phone.context.setOffline(false);
    await visitThat(({ merchant, state }) => merchant === shop._id && state === 'complete');
    expect(await MerchantModel.findById(shop._id).lean()).to.include({ status: 'removed' });
    await phone.page.getByText('更新数据包').click();
    await phone.page.getByText('数据包更新好了').waitFor();
    await phone.page.goto(`${origin()}/inspect/shops/${shop._id}`);
    await phone.page.getByText('已移出').first().waitFor();
  });

  it('hands in the visit of an inspector who was moved to another street: flagged, and the pack is put right', async () => {
    const { phone, shop, inspector } = street;
    // The difference of a pack is not told across scopes: the phone takes the whole.
    phone.expects(/status of 410/);
    await phone.context.setOffline(true);
    await cleanVisit(phone);
    const moved = new Date();
    const scopes = inspector.user.scopes.map((scope) => ({ ...scope, to: moved }));
    await UserModel.updateOne(
      { _id: inspector.user._id },
      { scopes: [...scopes, { areas: ['230104005'], taskForce: 'market', from: moved, to: null }] },
    );
    // The server looks at a person's scopes anew each second.
    await phone.page.waitForTimeout(1_500);
    await phone.context.setOffline(false);
    const visit = await visitThat(({ state }) => state === 'complete');
    expect(visit).to.include({ merchant: shop._id });
    expect(visit.flags).to.include('scope-changed');
    await phone.page.goto(`${origin()}/inspect/outbox`);
    await phone.page.getByText('收到时已不是你的片区').waitFor();
    await phone.page.goto(`${origin()}/inspect/find`);
    await phone.page.getByText('没有查到').waitFor();
  });

  it('rechecks by the version of the checklist that the fault was found with', async () => {
    const { phone, shop } = street;
    await faultyVisit(phone);
    await seal(phone);
    await visitThat(({ state }) => state === 'complete');
    const { version, ...present } = (await ChecklistModel.findById('essential/1').lean()) ?? { version: 1 };
    await ChecklistModel.create({
      ...present,
      _id: 'essential/2',
      version: version + 1,
      createdAt: new Date(),
    });
    await phone.page.getByText('更新数据包').click();
    await phone.page.getByText('数据包更新好了').waitFor();
    await phone.page.goto(`${origin()}/inspect/shops/${shop._id}`);
    await phone.page.getByRole('button', { name: '开始复查' }).click();
    await item(phone, 'mask').waitFor();
    await phone.page.getByText('第 1 版检查表').waitFor();
    const name = street.others[0]?.name ?? '';
    await beginVisit(phone, { typed: name, name });
    await phone.page.getByText('第 2 版检查表').waitFor();
  });
});
