// The inspector's phone with the whole district on it: a visit from a cold start, the search and the long list at their speed.
import { expect } from 'chai';
import { origin } from '../support/app.ts';
import { slowDown } from '../support/phone.ts';
import { coldStartVisit, inTheStreet, wholeDistrict } from '../support/street.ts';

inTheStreet(
  'the inspector’s phone in a district of 6,029 shops',
  (street) => {
    it('finds one of them in airplane mode, keeps its visit through a restart, and hands it in whole', () =>
      coldStartVisit(street));

    it('searches all of them within 50 ms a keystroke on a phone four times slower', async () => {
      const { page, context } = street.phone;
      await context.setOffline(true);
      await page.getByText(String(wholeDistrict)).first().waitFor();
      await slowDown(street.phone, 4);
      // From the event to the first task after it: by then the rows are drawn anew.
      await page.evaluate(`
        document.getElementById('find-text').addEventListener('beforeinput', () => {
          const start = performance.now();
          setTimeout(() => globalThis.keystrokes.push(performance.now() - start));
        });`);
      const field = page.locator('#find-text');
      const medians: number[] = [];
      await upToThreeTimes(async () => {
        await page.evaluate('globalThis.keystrokes = []');
        for (const typed of ['sjxg', '康宁第', 'nanxunjie', '南勋街5', 'k']) {
          await field.fill('');
          await field.pressSequentially(typed, { delay: 60 });
        }
        medians.push(median(await page.evaluate<number[]>('globalThis.keystrokes')));
        return Math.min(...medians) <= 50;
      });
      expect(Math.min(...medians)).to.be.at.most(50);
    });

    it('scrolls through all of them without a task longer than 50 ms', async () => {
      const { page } = street.phone;
      await page.goto(`${origin()}/inspect/find`);
      await page.getByText(String(wholeDistrict)).first().waitFor();
      const longest: number[] = [];
      await upToThreeTimes(async () => {
        longest.push(await page.evaluate<number>(scrollThrough));
        return Math.min(...longest) <= 50;
      });
      expect(Math.min(...longest)).to.be.at.most(50);
    });
  },
  { shops: wholeDistrict },
);

/** A measure is taken anew where it came out badly: the machine has others to serve. */
async function upToThreeTimes(measure: () => Promise<boolean>): Promise<void> {
  for (let round = 0; round < 3; round += 1) if (await measure()) return;
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Infinity;

/** From the first row to the last in four seconds, frame by frame; answers the longest task meanwhile, 0 where none is over 50 ms. */
const scrollThrough = `new Promise((resolve) => {
  let longest = 0;
  const watch = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  watch.observe({ type: 'longtask' });
  const start = performance.now();
  const step = () => {
    const share = Math.min(1, (performance.now() - start) / 4000);
    scrollTo(0, share * document.documentElement.scrollHeight);
    if (share < 1) requestAnimationFrame(step);
    else setTimeout(() => { watch.disconnect(); resolve(longest); }, 200);
  };
  step();
})`;
