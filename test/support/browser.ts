// A real browser for the tests of screens. Where none is installed they are pending: said and counted as skipped.
import { expect } from 'chai';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { executablePath } from './chromium.ts';
import { createMishaps } from './mishaps.ts';

let browser: Browser | undefined;

/** A window of a phone or a desk. */
export type Visitor = { page: Page };

/** `width` in pixels: 360 is a phone, 1440 a desk. */
export type Options = {
  javaScript?: boolean;
  dark?: boolean;
  width?: number;
  /** Paths at which the server refuses something because the test asks for it: the browser writes a line about each. `*` stands for one part. */
  refused?: string[];
  /** Lets pages hear the server's events. Without them they are quiet once they stand, which most tests wait for. */
  live?: boolean;
  /** For those that take longer than others. */
  minutes?: number;
};

async function aWindow({ javaScript = true, dark = false, width = 360 }: Options): Promise<BrowserContext> {
  // Chromium's sandbox does not start for root, as in containers.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  browser ??= await chromium.launch({ ...(executablePath !== null && { executablePath }), args });
  return browser.newContext({
    viewport: { width, height: width < 768 ? 780 : 900 },
    locale: 'zh-CN',
    javaScriptEnabled: javaScript,
    colorScheme: dark ? 'dark' : 'light',
  });
}

/** The browser's own line about a refusal at that path. */
const lineAbout = (path: string) => {
  const pattern = path.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]+');
  return new RegExp(`^Failed to load resource: .* status of 4\\d\\d .* ${pattern}$`);
};

/** A test in the browser. It also fails when a page writes an error or a warning, is refused by its own policy, or asks another host for anything. */
export function itInBrowser(
  title: string,
  options: Options,
  test: (visitor: Visitor) => Promise<void>,
): void {
  if (executablePath === null) {
    it(`${title} (skipped: no Chromium here)`);
    return;
  }
  it(title, async function () {
    this.timeout((options.minutes ?? 4) * 60_000);
    const context = await aWindow(options);
    const mishaps = createMishaps();
    for (const path of options.refused ?? []) mishaps.expects(lineAbout(path));
    await mishaps.watch(context);
    if (!options.live) await context.route('**/api/v1/events', (route) => route.fulfill({ status: 204 }));
    try {
      await test({ page: await context.newPage() });
    } finally {
      await context.close();
    }
    expect(mishaps.all, 'mishaps in the pages').to.deep.equal([]);
  });
}

export async function closeBrowser(): Promise<void> {
  await browser?.close();
  browser = undefined;
}
