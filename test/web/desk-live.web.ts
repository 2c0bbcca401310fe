// The desk follows the list while somebody looks: what another one did shows without asking for it.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator } from 'playwright-core';
import type { Merchant } from '../../models/merchant.ts';
import { sequenceChanges } from '../../server/domain/feed-sequencer.ts';
import { endStreams, tellListeners } from '../../server/domain/feed-streams.ts';
import { submitVisit } from '../../server/domain/visits.ts';
import { sweep } from '../../server/jobs/sweep.ts';
import { origin } from '../support/app.ts';
import { closeBrowser } from '../support/browser.ts';
import { itAtDesk } from '../support/desk-browser.ts';
import { aVisit } from '../support/visits.ts';
import {
  adjust,
  aDesk,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  listedMerchants,
} from '../support/world.ts';

describe('the desk that follows the list', () => {
  let desk: Desk;
  let merchants: Merchant[];

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    merchants = await listedMerchants(desk, [{ name: '松江鲜果行' }, { name: '北市药房' }]);
    await sequenceChanges();
  });
  after(closeBrowser);

  /** As the job does, which does not run here. */
  async function toldUntil(shown: Locator): Promise<void> {
    for (let turn = 0; turn < 100 && (await shown.count()) === 0; turn += 1) {
      await tellListeners();
      await sleep(300);
    }
    await shown.waitFor({ timeout: 1_000 });
    endStreams();
  }

  itAtDesk(
    'shows a suspension by somebody else within a moment',
    () => desk.staff,
    async (page) => {
      await page.goto(`${origin()}/desk/list`);
      await page.getByText('松江鲜果行').first().waitFor();
      await adjust(desk, merchants[0]?._id ?? '', 'suspended');
      await sequenceChanges();
      await toldUntil(page.getByRole('row', { name: /松江鲜果行.*暂停/ }));
    },
    { live: true },
  );

  itAtDesk(
    'shows a visit in the overview as it comes in, and leads to it',
    () => desk.staff,
    async (page) => {
      await page.goto(`${origin()}/desk/overview`);
      const latest = page.locator('.part', { hasText: '最新检查' });
      await latest.getByText('这段时间没有检查。').waitFor();
      const inspector = await aPerson('inspector');
      await submitVisit(inspector.actor, aVisit(merchants[1]?._id ?? ''));
      await sweep();
      await sequenceChanges();
      const row = latest.getByRole('listitem').filter({ hasText: /北市药房.*靖宇街道.*合格/s });
      await toldUntil(row);
      await row.getByRole('link', { name: '北市药房' }).click();
      await page.waitForURL(/\/desk\/visits\//);
      await page.goBack();
      await latest.getByRole('link', { name: '全部检查' }).click();
      await page.waitForURL(/\/desk\/visits\?.*from=/);
    },
    { live: true },
  );
});
