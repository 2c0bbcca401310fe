// The phone's pages for everybody: nothing that axe calls serious, no sideways scroll when enlarged, a glyph for each character, a light first load.
import axe from 'axe-core';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { origin } from '../support/app.ts';
import { aPhone, readyForTheStreet } from '../support/phone.ts';
import { beginVisit, cleanVisit, faultyVisit, inTheStreet, type Street } from '../support/street.ts';

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

  it('are read at 200 % without scrolling sideways, and have a glyph for each character, in both languages', async () => {
    const addresses = await allPages(street);
    const { page } = street.phone;
    // A phone of 360 pixels whose text is twice as large has room for 180.
    await page.setViewportSize({ width: 180, height: 390 });
    for (const language of ['zh', 'en']) {
      if (language === 'en') await switchToEnglish(page);
      for (const address of addresses) {
        await open(page, address);
        const seen = await page.evaluate<{ wide: string[]; missing: string[] }>(wideAndMissing);
        expect(seen, `${address} ${language}`).to.deep.equal({ wide: [], missing: [] });
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
      console.log(`      ${(bytes / 1000).toFixed(1)} KB in ${scripts.size} scripts`);
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
    console.log(`      ${bytes} bytes`);
    expect(bytes).to.be.below(14_336);
  });
});

/** Every page, with a fault in one visit and another one sealed. */
async function allPages({ phone, shop, others }: Street): Promise<string[]> {
  const name = others[0]?.name ?? '';
  await cleanVisit(phone, { typed: name, name });
  await faultyVisit(phone);
  const visit = phone.page.url();
  await beginVisit(phone, { typed: others[1]?.name ?? '', name: others[1]?.name ?? '' });
  await phone.page.getByRole('button', { name: '没进去' }).click();
  const paths = ['', '/login', '/find', '/scan', '/outbox', '/orders', `/shops/${shop._id}`, '/shops/none'];
  return [...paths.map((path) => `${origin()}/inspect${path}`), visit, phone.page.url()];
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.waitForSelector('h1');
}

async function switchToEnglish(page: Page): Promise<void> {
  await page.goto(`${origin()}/inspect`);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByText('Today').first().waitFor();
}

/** What reaches beyond the page's width, and characters that are drawn like one that no font has. */
const wideAndMissing = `(() => {
  const width = document.documentElement.clientWidth;
  const wide = document.documentElement.scrollWidth > width
    ? [...document.querySelectorAll('body *')]
        .filter((one) => one.getBoundingClientRect().right > width + 1)
        .map((one) => one.outerHTML.slice(0, 120))
    : [];
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [40, 40];
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.font = '24px ' + getComputedStyle(document.body).fontFamily;
  const drawn = (text) => {
    context.clearRect(0, 0, 40, 40);
    context.fillText(text, 4, 30);
    return context.getImageData(0, 0, 40, 40).data.join();
  };
  const none = drawn('\\u{10FFFD}');
  const missing = [...new Set(document.body.innerText)].filter((one) => one.trim() !== '' && drawn(one) === none);
  return { wide, missing };
})()`;
