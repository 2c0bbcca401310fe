// The first screens in a browser: from the search to a shop's page, and an order answered through its link, without script too.
import { expect } from 'chai';
import type { Merchant } from '../../models/merchant.ts';
import { OrderModel } from '../../models/order.ts';
import { origin } from '../support/app.ts';
import { closeBrowser, itInBrowser } from '../support/browser.ts';
import { anOpenLink } from '../support/links.ts';
import { aPhoto } from '../support/visits.ts';
import {
  adjust,
  aDesk,
  aListedMerchant,
  aPerson,
  emptyWorld,
  layGround,
  type Person,
} from '../support/world.ts';

describe('the first screens in a browser', () => {
  let inspector: Person;
  let shop: Merchant;
  let suspended: Merchant;

  before(async () => {
    await emptyWorld();
    await layGround();
    const desk = await aDesk();
    inspector = await aPerson('inspector', { areas: ['230104001'], taskForce: 'market' });
    shop = await aListedMerchant(desk, { name: '松江鲜果行' });
    suspended = await aListedMerchant(desk);
    await adjust(desk, suspended._id, 'suspended', { ground: 'visit', notice: '道外通告〔2022〕9号' });
  });
  after(closeBrowser);

  for (const javaScript of [true, false]) {
    const how = javaScript ? 'with script' : 'without script';

    itInBrowser(`lead from the search to the shop's status, ${how}`, { javaScript }, async ({ page }) => {
      await page.goto(`${origin()}/`);
      await page.fill('input[name=q]', 'sjxg');
      await page.click('button');
      await page.click('text=松江鲜果行');
      expect(page.url()).to.equal(`${origin()}/s/${shop.doorCode}`);
      expect(await page.textContent('.word')).to.contain('可以营业');
      await page.click('text=English');
      expect(await page.textContent('.word')).to.contain('May open');
    });

    itInBrowser(`take the answer to an order with a photo, ${how}`, { javaScript }, async ({ page }) => {
      const { path, order } = await anOpenLink(inspector, shop);
      const photo = await aPhoto();
      await page.goto(origin() + path);
      await page.setInputFiles('input[type=file]', [
        { name: 'after.jpg', mimeType: 'image/jpeg', buffer: photo.bytes },
      ]);
      await page.fill('textarea', '已经贴好');
      await page.click('button');
      expect(await page.textContent('h1')).to.contain('已提交，等核验');
      expect(page.url()).to.equal(origin() + path);
      const kept = await OrderModel.findById(order).lean();
      expect(kept?.state).to.equal('submitted');
      expect(kept?.history.at(-1)?.photos).to.deep.equal([
        { sha256: photo.sha256, present: true, lost: false },
      ]);
    });
  }

  itInBrowser('are printed on one A4 page, a forged notice’s warning included', {}, async ({ page }) => {
    for (const address of [`/s/${shop.doorCode}`, `/s/${shop.doorCode}?k=forged`, `/s/${suspended.doorCode}`])
      for (const language of ['zh', 'en']) {
        await page.goto(`${origin()}${address}${address.includes('?') ? '&' : '?'}lang=${language}`);
        const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
        expect(pdf.match(/\/Type \/Page\b(?!s)/g), `${address} ${language}`).to.have.length(1);
        expect(pdf).to.match(/\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/);
      }
  });

  itInBrowser(
    'fit a small phone and are drawn in the page’s own style, dark too',
    { dark: true },
    async ({ page }) => {
      await page.goto(`${origin()}/s/${shop.doorCode}`);
      const seen = await page.evaluate(
        `({ width: document.documentElement.scrollWidth, ground: getComputedStyle(document.documentElement).backgroundColor })`,
      );
      expect(seen).to.deep.equal({ width: 360, ground: 'rgb(12, 19, 24)' });
    },
  );
});
