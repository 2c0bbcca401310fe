// A visit on the phone by keyboard alone, and what becomes of a large photo.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { origin } from '../support/app.ts';
import { asFile, cornersOf } from '../support/pictures.ts';
import { slowDown } from '../support/phone.ts';
import { beginVisit, inTheStreet, item, passTheRest, seal, visitThat } from '../support/street.ts';

inTheStreet('a visit on the phone', (street) => {
  it('is begun, answered and sealed by keyboard alone', async () => {
    const { page } = street.phone;
    await page.goto(`${origin()}/inspect/find`);
    await tabTo(page, '#find-text');
    await page.keyboard.type('sjxg');
    await page.getByText('松江鲜果行').waitFor();
    await tabTo(page, '.rows a');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/shops\//);
    await tabTo(page, '.foot .btn');
    await page.keyboard.press('Enter');
    await item(street.phone, 'mask').waitFor();
    await tabTo(page, '#item-mask .f');
    await page.keyboard.press('Enter');
    await shootByKey(page);
    await tabTo(page, '#item-mask .shoot');
    await page.keyboard.press('Space');
    await shootByKey(page);
    await tabTo(page, '.foot .btn:first-child');
    await page.keyboard.press('Enter');
    await tabTo(page, '.foot .seal');
    await page.keyboard.press('Enter');
    expect(await visitThat(({ state }) => state === 'complete')).to.include({ result: 'fixed' });
  });

  it('takes a picture of 12 megapixels upright, small, with its time and place, within 1.5 s on a slow phone', async () => {
    const { phone } = street;
    const { page } = phone;
    await beginVisit(phone);
    await slowDown(phone, 4);
    const took: number[] = [];
    // The best of three: the machine has others to serve. The first also starts the worker.
    for (let round = 0; round < 3; round += 1) {
      if (round === 0) await item(phone, 'mask').getByRole('button', { name: '不合格' }).click();
      else await item(phone, 'mask').locator('.more').first().click();
      const input = page.locator('dialog.cam .choose input');
      await input.waitFor({ state: 'attached' });
      await page.evaluate(`
        void (globalThis.took = new Promise((resolve) => {
          document.querySelector('dialog.cam .choose input').addEventListener('change', () => {
            const start = performance.now();
            new MutationObserver((_changes, watch) => {
              if (document.querySelector('dialog.cam')) return;
              watch.disconnect();
              resolve(performance.now() - start);
            }).observe(document.body, { childList: true, subtree: true });
          }, { capture: true });
        }));`);
      await input.setInputFiles({
        name: 'IMG_1.jpg',
        mimeType: 'image/jpeg',
        buffer: await largePicture(round),
      });
      took.push(await page.evaluate<number>('globalThis.took'));
    }
    await slowDown(phone, 1);
    await item(phone, 'mask').getByRole('button', { name: '限期整改' }).click();
    await passTheRest(phone);
    await seal(phone);
    const visit = await visitThat(({ state }) => state === 'complete');
    expect(visit.body.photos).to.have.length(3);
    for (const { takenAt, location, source } of visit.body.photos ?? []) {
      expect(source).to.equal('gallery');
      expect(Date.parse(takenAt ?? '')).to.equal(Date.parse('2022-11-29T10:00:00+08:00'));
      expect(location?.lat).to.be.closeTo(45.75, 0.001);
      expect(location?.lng).to.be.closeTo(126.65, 0.001);
    }
    for (const { sha256 } of visit.photos) {
      const answer = await fetch(`${origin()}/api/v1/photos/${sha256}?size=original`, {
        headers: { Authorization: `Bearer ${street.inspector.token}` },
      });
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(bytes.length).to.be.at.most(400_000);
      const { width, height, exif, orientation = 1 } = await asFile(bytes, (path) => sharp(path).metadata());
      expect([width, height, exif, orientation]).to.deep.equal([1200, 1600, undefined, 1]);
      // The red corner was top left as the sensor saw it, and is top right as it was held.
      expect((await cornersOf(bytes))[1]).to.equal('red');
    }
    expect(Math.min(...took)).to.be.at.most(1_500);
  });
});

/** Presses the tabulator until what is looked for has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    if (await page.evaluate<boolean>(`document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`))
      return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${selector} is not reached by the tabulator`);
}

async function shootByKey(page: Page): Promise<void> {
  await page.locator('dialog.cam .shutter:enabled').waitFor();
  await page.waitForTimeout(500);
  await tabTo(page, 'dialog.cam .shutter');
  await page.keyboard.press('Enter');
  await page.locator('dialog.cam').waitFor({ state: 'detached' });
}

/** 4000 × 3000 with some detail, held upright (orientation 6), with the time and the place. */
async function largePicture(seed: number): Promise<Buffer> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 30 + seed };
  const red = { width: 400, height: 400, channels: 3 as const, background: { r: 255, g: 0, b: 0 } };
  return sharp({ create: { width: 1000, height: 750, channels: 3, background: '#fff', noise } })
    .resize(4000, 3000)
    .composite([{ input: { create: red }, left: 0, top: 0 }])
    .withExif({
      IFD2: { DateTimeOriginal: '2022:11:29 10:00:00', OffsetTimeOriginal: '+08:00' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '45/1 45/1 0/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '126/1 39/1 0/1',
      },
    })
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 92 })
    .toBuffer();
}
