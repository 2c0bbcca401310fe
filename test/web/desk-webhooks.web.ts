// An admin at the desk has another system told of the list: adds it, hands its secret over, tries it out, and sees what it was sent.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { WebhookModel } from '../../models/webhook.ts';
import { environment, provideEnvironment } from '../../server/domain/environment.ts';
import { sequenceChanges } from '../../server/domain/feed-sequencer.ts';
import { beginDeliveries, whenServed } from '../../server/domain/webhook-sending.ts';
import { networksOf } from '../../server/lib/outbound.ts';
import { closeBrowser } from '../support/browser.ts';
import { expectWellMade, itAtDesk, openAtDesk } from '../support/desk-browser.ts';
import { Receiver } from '../support/receiver.ts';
import {
  aDesk,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  listedMerchants,
  type Person,
} from '../support/world.ts';

describe('webhooks at the desk', () => {
  let admin: Person;
  let desk: Desk;
  let receiver: Receiver;

  const allow = (networks: string[]) => {
    provideEnvironment({ ...environment(), webhookNetworks: networksOf(networks) });
  };
  before(async () => {
    await emptyWorld();
    await layGround();
    admin = await aPerson('admin');
    desk = await aDesk();
    await listedMerchants(desk, [{}, {}]);
    await sequenceChanges();
    receiver = await Receiver.open();
    allow(['127.0.0.0/8']);
  });
  after(async () => {
    allow([]);
    await receiver.close();
    await closeBrowser();
  });

  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();

  itAtDesk(
    'are added, tried, paused and removed by an admin',
    () => admin,
    async (page) => {
      await openAtDesk(page, '/settings/webhooks');
      await press(page, '新增推送');
      await page.fill('[name=name]', '市级平台');
      await press(page, '新增 市级平台');
      await page.getByText('至少加一个条件').waitFor();
      await page.fill('[name=url]', 'https://10.0.0.1/hook');
      await page.getByText('加条件').click();
      await page.getByRole('button', { name: '状态' }).click();
      await page.getByRole('checkbox', { name: '在名单' }).check();
      await page.keyboard.press('Escape');
      await press(page, '新增 市级平台');
      await page.getByText('不能推送到内网地址').waitFor();
      await page.fill('[name=url]', receiver.url);
      await press(page, '新增 市级平台');
      const secret = await page.getByRole('dialog').getByRole('textbox').inputValue();
      expect(secret).to.match(/^whsec_/);
      await press(page, '已交给对方');

      await page.getByRole('heading', { name: '市级平台' }).waitFor();
      await press(page, '试推一次');
      await page.getByRole('cell', { name: '已送到' }).waitFor();
      await beginDeliveries();
      await whenServed();
      await page.reload();
      await page.getByRole('cell', { name: '2 家' }).waitFor();
      expect(receiver.received).to.have.length(2);

      await press(page, '暂停推送');
      await page.getByText('已暂停', { exact: true }).waitFor();
      await press(page, '恢复推送');
      await page.getByText('正常', { exact: true }).waitFor();
      receiver.say(500);
      await page
        .getByRole('button', { name: /^再推一次/ })
        .first()
        .click();
      await page.getByText('已送到').first().waitFor();
      await expectWellMade(page, [
        '/settings/webhooks',
        `/settings/webhooks/${(await WebhookModel.findOne().lean())?._id ?? ''}`,
      ]);

      await page.getByRole('button', { name: 'Remove' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
      await page.getByText('No webhook yet').waitFor();
    },
    { minutes: 4, refused: ['/api/v1/webhooks'] },
  );

  itAtDesk(
    'fit on a narrow screen',
    () => admin,
    async (page) => {
      const url =
        'https://receiver.invalid/a/rather/long/address/of/somebody/else/with?a=token-in-it-that-is-long';
      const body = { name: '市级平台', url, selector: { where: { status: 'listed', area: '230104' } } };
      const added = await admin.api.post('/webhooks').send(body).expect(201);
      const { id } = added.body as { id: string };
      await admin.api.post(`/webhooks/${id}/ping`).expect(200);
      await expectWellMade(page, ['/settings/webhooks', `/settings/webhooks/${id}`]);
    },
    { minutes: 3, width: 360 },
  );

  itAtDesk(
    'are seen by staff, without their addresses',
    () => desk.staff,
    async (page) => {
      await openAtDesk(page, '/settings/webhooks');
      await page.getByText('receiver.invalid').waitFor();
      expect(await page.getByText('token-in-it').count()).to.equal(0);
      expect(await page.getByRole('button', { name: '新增推送' }).count()).to.equal(0);
    },
  );
});
