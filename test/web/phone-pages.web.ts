// The phone's pages for everybody: nothing that axe calls serious, and a light first load.
import axe from 'axe-core';
import { expect } from 'chai';
import { origin } from '../support/app.ts';
import { aPhone, readyForTheStreet } from '../support/phone.ts';
import { allPages, open, switchToEnglish } from '../support/phone-pages.ts';
import { inTheStreet } from '../support/street.ts';

inTheStreet('the pages of the phone', (street) => {
  it('have nothing that axe calls serious, in both languages and in the dark', async () => {
    const addresses = await allPages(street);
    const { page } = street.phone;
    for (const [language, dark] of [
      ['zh', false],
      ['zh', true],
      ['en', false],
    ] as const) {
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
      if (language === 'en') await switchToEnglish(page);
      for (const address of addresses) {
        await open(page, address);
        // By the debugger, which no policy of the page can refuse.
        await page.evaluate(axe.source);
        const found = await page.evaluate<{ impact: string; id: string; nodes: { html: string }[] }[]>(
          'axe.run().then(({ violations }) => violations)',
        );
        const grave = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        expect(
          grave.map(({ id, nodes }) => [id, nodes[0]?.html]),
          `${address} ${language}`,
        ).to.deep.equal([]);
      }
    }
  });

  it('load with at most 150 KB of compressed script', async () => {
    const phone = await aPhone();
    try {
      const network = await phone.context.newCDPSession(phone.page);
      await network.send('Network.enable');
      const scripts = new Map<string, number>();
      network.on('Network.responseReceived', ({ requestId, type }) => {
        if (type === 'Script') scripts.set(requestId, 0);
      });
      network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
        if (scripts.has(requestId)) scripts.set(requestId, encodedDataLength);
      });
      await phone.page.goto(`${origin()}/inspect`);
      await phone.page.waitForSelector('[name=username]');
      const bytes = [...scripts.values()].reduce((sum, one) => sum + one, 0);
      expect(bytes).to.be.above(10_000).and.at.most(150_000);
      await readyForTheStreet(phone, street.inspector);
    } finally {
      await phone.end();
    }
    expect(phone.mishaps).to.deep.equal([]);
  });

  it('leave the page of a shop below 14 KB', async () => {
    const answer = await fetch(`${origin()}/s/${street.shop.doorCode}`, {
      headers: { 'Accept-Encoding': 'identity' },
    });
    const bytes = (await answer.arrayBuffer()).byteLength;
    expect(bytes).to.be.below(14_336);
  });
});
