// npm run screenshots: starts a demonstration of its own and takes the pictures of the README with a real browser.
import './lib/check-node.mjs';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root } from './lib/run.mjs';

const password = 'only for these pictures';
const pictures = path.join(root, 'docs/pictures');
const folder = mkdtempSync(path.join(tmpdir(), 'mingdan-pictures-'));
const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1440, height: 900 } };

await ensureInstalled({ dev: true });
await ensureBuilt();
const { chromium } = await import('playwright-core');
const { default: sharp } = await import('sharp');
const { tsImport } = await import('tsx/esm/api');
const { executablePath } = await tsImport('../test/support/chromium.ts', import.meta.url);

const server = startServer();
let browser;
try {
  const url = await server.ready;
  browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  mkdirSync(pictures, { recursive: true });
  await publicPages(url);
  await inspectorsPhone(url);
  await desk(url);
} finally {
  await browser?.close();
  server.child.kill('SIGTERM');
  await server.ended;
  rmSync(folder, { recursive: true, force: true });
}

async function publicPages(url) {
  const page = await aPage('phone');
  await page.goto(url);
  await keep(page, 'public-search');
  await page.goto(await shopPage(url, 'listed'));
  await keep(page, 'public-listed');
  await page.goto(await shopPage(url, 'suspended'));
  await keep(page, 'public-suspended');
  await page.context().close();
}

async function inspectorsPhone(url) {
  const page = await aPage('phone', {
    geolocation: { longitude: 126.653, latitude: 45.786 },
    permissions: ['geolocation'],
  });
  await page.goto(`${url}/inspect`);
  await logIn(page, 'inspector1');
  await page.waitForSelector('.tabs');
  await page.waitForLoadState('networkidle');
  await page.goto(`${url}/inspect`);
  await page.waitForSelector('h1');
  await keep(page, 'phone-today');
  await page.goto(`${url}/inspect/find`);
  await page.waitForSelector('.rows a');
  await keep(page, 'phone-find');
  await page.locator('.rows a').first().click();
  await page.waitForSelector('h1');
  await keep(page, 'phone-shop');
  await page.context().close();
}

async function desk(url) {
  const page = await aPage('desk');
  await page.goto(`${url}/desk`);
  await logIn(page, 'staff');
  await page.waitForSelector('.rail');
  const shop = await suspendedShop(url);
  for (const [name, address] of [
    ['desk-today', '/today'],
    ['desk-list', '/list'],
    ['desk-merchant', `/merchants/${shop}`],
    ['desk-adjustment', '/adjustments/new?category=convenience'],
    ['desk-orders', '/orders'],
    ['desk-overview', '/overview'],
  ]) {
    await page.goto(`${url}/desk${address}`);
    await page.waitForSelector('#page h1');
    await keep(page, name);
  }
  await page.evaluate('localStorage.setItem("mingdan.theme", "dark")');
  await page.goto(`${url}/desk/overview`);
  await page.waitForSelector('#page h1');
  await keep(page, 'desk-overview-dark');
  await page.context().close();
}

async function aPage(face, more = {}) {
  const context = await browser.newContext({
    viewport: sizes[face],
    deviceScaleFactor: 2,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    ...more,
  });
  // Their stream never ends, and a picture waits until nothing is being fetched.
  await context.route('**/api/v1/events', (route) => route.fulfill({ status: 204 }));
  return context.newPage();
}

async function logIn(page, username) {
  await page.fill('[name=username]', username);
  await page.fill('[name=password]', password);
  await page.click('button[type=submit]');
}

/** Once nothing is being fetched any more; with few colours, so that the repository stays small. */
async function keep(page, name) {
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(500);
  const picture = await page.screenshot();
  await sharp(picture)
    .png({ palette: true, colours: 128, effort: 10 })
    .toFile(path.join(pictures, `${name}.png`));
  console.log(`docs/pictures/${name}.png`);
}

async function shopPage(url, status) {
  const { doorCode } = await aShop(url, status);
  return `${url}/s/${doorCode}`;
}

async function suspendedShop(url) {
  const { id } = await aShop(url, 'suspended');
  return id;
}

async function aShop(url, status) {
  const login = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: 'staff', password }),
  });
  const { accessToken } = await login.json();
  const found = await fetch(`${url}/api/v1/merchants?status=${status}&sort=-lastVisit&limit=1`, {
    headers: { Authorization: `Bearer ${accessToken}` },
  });
  const { items } = await found.json();
  return items[0];
}

function startServer() {
  const child = spawn(process.execPath, ['dist/server/main.js'], {
    cwd: root,
    env: {
      ...process.env,
      MONGODB_URI: '',
      NODE_ENV: 'test',
      PORT: '0',
      DATA_DIR: path.join(folder, 'data'),
      UPLOADS_DIR: path.join(folder, 'uploads'),
      DEMO_PASSWORD: password,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  let said = '';
  const ready = new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const found = /^Ready: (\S+)/m.exec(said)?.[1];
      if (found) resolve(found);
    });
    child.once('exit', () => reject(new Error(`the server ended before it was ready:\n${said}`)));
  });
  return { child, ready, ended };
}
