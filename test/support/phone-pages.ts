// The pages of the phone, as tests that look at each of them open them.
import type { Page } from 'playwright-core';
import { origin } from './app.ts';
import { beginVisit, cleanVisit, faultyVisit, type Street } from './street.ts';

/** Every page, with a fault in one visit and another one sealed. */
export async function allPages({ phone, shop, others }: Street): Promise<string[]> {
  const name = others[0]?.name ?? '';
  await cleanVisit(phone, { typed: name, name });
  await faultyVisit(phone);
  const visit = phone.page.url();
  await beginVisit(phone, { typed: others[1]?.name ?? '', name: others[1]?.name ?? '' });
  await phone.page.getByRole('button', { name: '没进去' }).click();
  const street = encodeURIComponent('南勋街');
  const tabs = ['', '/login', '/find', '/scan', '/outbox', '/orders'];
  const paths = [...tabs, `/shops/${shop._id}`, '/shops/none', '/sweeps', `/sweeps/street/${street}`];
  return [...paths.map((path) => `${origin()}/inspect${path}`), visit, phone.page.url()];
}

export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.waitForSelector('h1');
}

export async function switchToEnglish(page: Page): Promise<void> {
  await page.goto(`${origin()}/inspect`);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByText('Today').first().waitFor();
}
