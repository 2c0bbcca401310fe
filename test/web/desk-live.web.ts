// The desk follows the list while somebody looks: what another one did shows without asking for it.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Merchant } from '../../models/merchant.ts';
import { sequenceChanges } from '../../server/domain/feed-sequencer.ts';
import { endStreams, tellListeners } from '../../server/domain/feed-streams.ts';
import { origin } from '../support/app.ts';
import { closeBrowser } from '../support/browser.ts';
import { itAtDesk } from '../support/desk-browser.ts';
import { adjust, aDesk, type Desk, emptyWorld, layGround, listedMerchants } from '../support/world.ts';

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

  itAtDesk(
    'shows a suspension by somebody else within a moment',
    () => desk.staff,
    async (page) => {
      await page.goto(`${origin()}/desk/list`);
      await page.getByText('松江鲜果行').first().waitFor();
      await adjust(desk, merchants[0]?._id ?? '', 'suspended');
      await sequenceChanges();
      const suspended = page.getByRole('row', { name: /松江鲜果行.*暂停/ });
      // As the job does, which does not run here.
      for (let turn = 0; turn < 100 && (await suspended.count()) === 0; turn += 1) {
        await tellListeners();
        await sleep(300);
      }
      await suspended.waitFor({ timeout: 1_000 });
      endStreams();
    },
    { live: true },
  );
});
