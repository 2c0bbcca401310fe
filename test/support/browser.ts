// A real browser for the tests of screens. Where none is installed they are pending: said and counted as skipped.
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { origin } from './app.ts';
import { executablePath } from './chromium.ts';

let browser: Browser | undefined;

/** A window of a phone; what it asks other hosts for and what goes wrong in it is written down. */
export type Visitor = { page: Page; strangers: string[]; errors: string[] };

/** `width` in pixels: 360 is a phone, 1440 a desk. */
export type Options = { javaScript?: boolean; dark?: boolean; width?: number };

/** That the server refused something, the browser writes by itself; what the page makes of it, the test looks at. */
const isRefusal = (text: string) => /^Failed to load resource: .* status of 4\d\d/.test(text);

async function aVisitor({
  javaScript = true,
  dark = false,
  width = 360,
}: Options): Promise<{ visitor: Visitor; context: BrowserContext }> {
  // Chromium's sandbox does not start for root, as in containers.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  browser ??= await chromium.launch({ ...(executablePath !== null && { executablePath }), args });
  const context = await browser.newContext({
    viewport: { width, height: width < 768 ? 780 : 900 },
    locale: 'zh-CN',
    javaScriptEnabled: javaScript,
    colorScheme: dark ? 'dark' : 'light',
  });
  const page = await context.newPage();
  const visitor: Visitor = { page, strangers: [], errors: [] };
  page.on('request', (request) => {
    const url = request.url();
    const ours = [`${origin()}/`, `blob:${origin()}/`, 'data:'];
    if (!ours.some((begin) => url.startsWith(begin))) visitor.strangers.push(url);
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && !isRefusal(message.text())) visitor.errors.push(message.text());
  });
  page.on('pageerror', (error) => visitor.errors.push(error.message));
  return { visitor, context };
}

/** A test in the browser. It also fails when the page asks another host for anything or writes an error. */
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
    this.timeout(60_000);
    const { visitor, context } = await aVisitor(options);
    try {
      await test(visitor);
    } finally {
      await context.close();
    }
    if (visitor.strangers.length > 0) throw new Error(`asked other hosts: ${visitor.strangers.join(', ')}`);
    if (visitor.errors.length > 0) throw new Error(`errors in the page: ${visitor.errors.join('; ')}`);
  });
}

export async function closeBrowser(): Promise<void> {
  await browser?.close();
  browser = undefined;
}
