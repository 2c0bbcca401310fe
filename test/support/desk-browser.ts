// The bureau's desk as the browser tests use it: somebody signed in, in a window of a desk or a phone, and what axe says of a page.
import axe from 'axe-core';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { SessionModel } from '../../models/session.ts';
import { origin } from './app.ts';
import { itInBrowser, type Options } from './browser.ts';
import { type Person, testPassword } from './world.ts';

/** A test at the desk: the page is signed in as `who`, and nothing is open yet. Fails as `itInBrowser` does. */
export function itAtDesk(
  title: string,
  who: () => Person,
  test: (page: Page) => Promise<void>,
  options: Options = {},
): void {
  itInBrowser(title, { width: 1440, ...options }, async ({ page }) => {
    await signIn(page, who());
    await test(page);
  });
}

/** Also for the second person of a test: ends with the session of the one before. */
export async function signIn(page: Page, { user }: Person): Promise<void> {
  // Forgotten on a page that is none of the desk's: the desk would ask for the session that has just gone.
  await page.goto(origin());
  await page.evaluate('localStorage.removeItem("mingdan.desk.signed-in")');
  await page.context().clearCookies();
  await page.goto(`${origin()}/desk/login`);
  await page.fill('[name=username]', user.username);
  await page.fill('[name=password]', testPassword);
  await page.click('button[type=submit]');
  await page.waitForSelector('#page h1');
}

/** Ends every session of somebody, and waits until the server knows: it looks at sessions anew each second. */
export async function endSessions(page: Page, { user }: Person): Promise<void> {
  await SessionModel.deleteMany({ user: user._id });
  await page.waitForTimeout(1_500);
}

export async function setLanguage(page: Page, language: 'zh' | 'en'): Promise<void> {
  await page.evaluate(`localStorage.setItem('mingdan.language', '${language}')`);
}

export async function setTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.evaluate(`localStorage.setItem('mingdan.theme', '${theme}')`);
}

/** Presses Tab until what `selector` finds has the focus, as somebody without a mouse does. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate<boolean>(`document.activeElement.matches('${selector}')`)) return;
  }
  throw new Error(`no way to ${selector} by Tab`);
}

/** Opens an address of the desk and waits until its page stands and nothing is being fetched. */
export async function openAtDesk(page: Page, path: string): Promise<void> {
  await page.goto(`${origin()}/desk${path}`);
  await page.waitForSelector('#page h1');
  await page.waitForLoadState('networkidle');
}

/** How a page is looked at: loaded as the first width says, then made wider or narrower. Colours need no second language. */
const looks = [
  { language: 'zh', theme: 'light', widths: [360, 768, 1440], judged: [360, 1440] },
  { language: 'zh', theme: 'dark', widths: [1440, 768, 360], judged: [1440] },
  { language: 'en', theme: 'light', widths: [360, 768, 1440], judged: [360] },
] as const;

/** In Chinese, English and the dark: nothing that axe calls serious or critical, and on no width a way to scroll sideways. */
export async function expectWellMade(page: Page, paths: string[]): Promise<void> {
  for (const { language, theme, widths, judged } of looks) {
    await setLanguage(page, language);
    await setTheme(page, theme);
    for (const path of paths) {
      await resize(page, widths[0]);
      await openAtDesk(page, path);
      for (const width of widths) {
        await resize(page, width);
        const where = `${path} ${language} ${theme} ${width}`;
        const beyond = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        expect(beyond, `${where}: pixels beyond the window`).to.be.at.most(0);
        if (judged.some((one) => one === width)) expect(await graveFaults(page), where).to.deep.equal([]);
      }
    }
  }
}

/** Until the page has drawn itself anew. */
async function resize(page: Page, width: number): Promise<void> {
  if (page.viewportSize()?.width === width) return;
  await page.setViewportSize({ width, height: 900 });
  await page.evaluate('new Promise(requestAnimationFrame).then(() => new Promise(requestAnimationFrame))');
}

/** What axe calls serious or critical: the rule, and the first place. */
export async function graveFaults(page: Page): Promise<[string, string | undefined][]> {
  // By the debugger, which no policy of the page can refuse.
  await page.evaluate(axe.source);
  const found = await page.evaluate<{ impact: string; id: string; nodes: { html: string }[] }[]>(
    'axe.run().then(({ violations }) => violations)',
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => [id, nodes[0]?.html]);
}
