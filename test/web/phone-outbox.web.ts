// The phone's outbox when things go wrong: a new version, a second tab, a visit that is refused, a full disk, a login that ran out.
import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import type { BrowserContext } from 'playwright-core';
import { SessionModel } from '../../models/session.ts';
import { inFront, origin } from '../support/app.ts';
import { cleanVisit, inTheStreet, storedVisits, visitThat } from '../support/street.ts';
import { testPassword } from '../support/world.ts';

inTheStreet('the phone’s outbox', (street) => {
  afterEach(() => {
    inFront(null);
  });

  it('loses nothing when a new version of the app comes while visits wait, and sends them from it', async () => {
    const { phone } = street;
    await phone.context.setOffline(true);
    await cleanVisit(phone);
    await serveNewVersion();
    let held = true;
    phone.expects(/status of 503/);
    await phone.context.route('**/api/v1/visits', (route) =>
      held ? route.fulfill({ status: 503, headers: { 'Retry-After': '1' } }) : route.continue(),
    );
    await phone.context.setOffline(false);
    await phone.page.evaluate(
      'navigator.serviceWorker.getRegistration().then((one) => one.update()).then(() => 1)',
    );
    const strip = phone.page.getByText('有新版本');
    await strip.waitFor();
    expect(await storedVisits()).to.deep.equal([]);
    await phone.page.evaluate('globalThis.isOldPage = true');
    const reloaded = phone.page.waitForEvent('load');
    await strip.click();
    await reloaded;
    await phone.page.waitForSelector('.tabs');
    expect(await phone.page.evaluate('globalThis.isOldPage ?? false')).to.equal(false);
    held = false;
    await visitThat(({ state }) => state === 'complete');
    expect(await phone.page.evaluate('caches.has("a-newer-release")')).to.equal(true);
  });

  it('sends from one of two tabs, and shows it in both', async () => {
    const { phone } = street;
    await phone.context.setOffline(true);
    await cleanVisit(phone);
    const other = await phone.context.newPage();
    await other.goto(`${origin()}/inspect/outbox`);
    await other.getByText('排队').first().waitFor();
    const sent = countPosts(phone.context);
    await phone.context.setOffline(false);
    await visitThat(({ state }) => state === 'complete');
    await other.getByText('齐全').first().waitFor();
    await phone.page.goto(`${origin()}/inspect/outbox`);
    await phone.page.getByText('齐全').first().waitFor();
    expect(sent).to.deep.equal(['/api/v1/visits']);
  });

  it('lets the others through past a visit that is refused for good, which is read, exported and removed alone', async () => {
    const { phone, shop, others } = street;
    phone.expects(/status of 422/);
    await phone.context.route('**/api/v1/visits', (route) => {
      const { merchant } = route.request().postDataJSON() as { merchant: string };
      if (merchant !== shop._id) return route.continue();
      const problem = { code: 'invalid-request', title: '填报不符', detail: '这一份收不下', status: 422 };
      return route.fulfill({ status: 422, contentType: 'application/problem+json', json: problem });
    });
    await phone.context.setOffline(true);
    await cleanVisit(phone);
    const name = others[3]?.name ?? '';
    await cleanVisit(phone, { typed: name, name });
    await phone.context.setOffline(false);
    await visitThat(({ merchant, state }) => merchant === others[3]?._id && state === 'complete');
    const { page } = phone;
    await page.goto(`${origin()}/inspect/outbox`);
    const poisoned = page.locator('.slip.refused');
    await poisoned.getByText('这一份收不下').waitFor();
    const download = page.waitForEvent('download');
    await poisoned.getByRole('button', { name: '导出' }).click();
    const file = await (await download).path();
    const { visits } = JSON.parse(await readFile(file, 'utf8')) as {
      visits: { body: { merchant: string } }[];
    };
    expect(visits.map(({ body }) => body.merchant)).to.deep.equal([shop._id]);
    await poisoned.getByRole('button', { name: '删除' }).click();
    await page.locator('dialog').getByRole('button', { name: '删除' }).click();
    await poisoned.waitFor({ state: 'detached' });
    expect(await page.locator('.slip.complete').count()).to.equal(1);
  });

  it('pauses when the login has run out, and goes on after the next', async () => {
    const { phone } = street;
    phone.expects(/status of 401/);
    await phone.context.setOffline(true);
    await cleanVisit(phone);
    await SessionModel.deleteMany({});
    await phone.context.setOffline(false);
    await phone.page.getByText('要重新登录').click();
    expect(await storedVisits()).to.deep.equal([]);
    await phone.page.fill('[name=password]', testPassword);
    await phone.page.click('button[type=submit]');
    await visitThat(({ state }) => state === 'complete');
    await phone.page.goto(`${origin()}/inspect/outbox`);
    await phone.page.getByText('齐全').first().waitFor();
  });
});

/** The same app with another service worker: what a release is to a phone. */
async function serveNewVersion(): Promise<void> {
  const present = await (await fetch(`${origin()}/inspect-sw.js`)).text();
  inFront((request, response) => {
    if (request.url !== '/inspect-sw.js') return false;
    response.writeHead(200, {
      'Content-Type': 'text/javascript',
      'Service-Worker-Allowed': '/inspect',
      'Cache-Control': 'no-cache',
    });
    response.end(
      `self.addEventListener('activate', (event) => event.waitUntil(caches.open('a-newer-release')));\n${present}`,
    );
    return true;
  });
}

function countPosts(context: BrowserContext): string[] {
  const sent: string[] = [];
  context.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (request.method() === 'POST' && pathname.startsWith('/api/v1/visits')) sent.push(pathname);
  });
  return sent;
}
