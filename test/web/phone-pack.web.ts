// The pack on the phone brought up to date: only what has changed is fetched, and it shows.
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { Response } from 'playwright-core';
import { MerchantModel } from '../../models/merchant.ts';
import { origin } from '../support/app.ts';
import { inTheStreet } from '../support/street.ts';
import { adjust, listedMerchants } from '../support/world.ts';

inTheStreet(
  'the pack on the phone',
  (street) => {
    it('fetches little after the change of one shop, and shows it', async () => {
      const { phone, shop, desk, inspector } = street;
      const whole = gzipSync((await inspector.api.get('/pack').expect(200)).text).length;
      await adjust(desk, shop._id, 'suspended');
      const answer = await refreshed();
      expect(new URL(answer.url()).searchParams.get('since')).to.have.length.above(1_000);
      const difference = await bytesOf(answer);
      expect(difference).to.be.above(0).and.below(6_000);
      expect(difference).to.be.below(whole / 4);
      await phone.page.goto(`${origin()}/inspect/shops/${shop._id}`);
      await phone.page.getByText('暂停').first().waitFor();
      expect((await refreshed()).status()).to.equal(304);
    });

    it('lets go of a shop that has left, and keeps the others through a restart without a network', async () => {
      const { phone, shop, desk, others } = street;
      await adjust(desk, shop._id, 'deregistered');
      const [added] = await listedMerchants(desk, [{ name: '新来的鲜果行' }]);
      await refreshed();
      await phone.restart({ offline: true });
      const { page } = phone;
      await page.goto(`${origin()}/inspect/shops/${shop._id}`);
      await page.getByText('数据包里没有这家店').first().waitFor();
      for (const name of [added?.name ?? '', others[0]?.name ?? '']) {
        await page.goto(`${origin()}/inspect/find`);
        await page.fill('#find-text', name);
        await page.getByText(name).first().waitFor();
      }
      const count = await MerchantModel.countDocuments({ status: 'listed' });
      await page.fill('#find-text', '');
      await page.getByText(`${count} 家`).first().waitFor();
    });

    /** Asks for what is new from the first page. */
    async function refreshed(): Promise<Response> {
      const { page } = street.phone;
      await page.goto(`${origin()}/inspect`);
      const answer = page.waitForResponse((response) => response.url().includes('/api/v1/pack'));
      await page.getByText('更新数据包').click();
      // By then it is stored, too.
      await page.getByText(/^数据包(更新好了|已是最新)/).waitFor();
      return answer;
    }
  },
  { shops: 600 },
);

/** Of the answer as it was sent, compressed. */
async function bytesOf(response: Response): Promise<number> {
  const { responseBodySize } = await response.request().sizes();
  return responseBodySize;
}
