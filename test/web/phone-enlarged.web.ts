// The phone's pages for everybody: no sideways scroll when enlarged, and a glyph for each character.
import { expect } from 'chai';
import { allPages, open, switchToEnglish } from '../support/phone-pages.ts';
import { inTheStreet } from '../support/street.ts';

inTheStreet('the pages of the phone', (street) => {
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
});

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
