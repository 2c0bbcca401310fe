// An inspector's phone: Chromium with a camera, a place, and storage that outlives a restart. What goes wrong in it is written down.
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';
import { origin } from './app.ts';
import { executablePath } from './chromium.ts';
import { createMishaps } from './mishaps.ts';
import { testPassword, type Person } from './world.ts';

export type Phone = {
  page: Page;
  context: BrowserContext;
  /** Errors and warnings of any page, what its policy forbade, and other hosts that were asked: none in any test. */
  mishaps: string[];
  /** Failures that a test brings about itself. */
  expects: (failure: RegExp) => void;
  /** Closes the browser and opens it again, as after a dead battery. */
  restart(options?: { offline?: boolean }): Promise<void>;
  end(): Promise<void>;
};

const settings = {
  viewport: { width: 360, height: 780 },
  locale: 'zh-CN',
  geolocation: { longitude: 126.64, latitude: 45.78, accuracy: 10 },
  permissions: ['geolocation', 'camera'],
};

let sceneries = 0;

/** What a camera sees when it is opened next: a wall of another shade each time, as uncompressed video (YUV4MPEG2). */
async function hangScenery(camera: string): Promise<void> {
  const [width, height] = [320, 240];
  sceneries += 1;
  const frame = [
    Buffer.from('FRAME\n'),
    Buffer.alloc(width * height, 30 + ((7 * sceneries) % 200)),
    Buffer.alloc((width * height) / 2, 60 + ((37 * sceneries) % 130)),
  ];
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F5:1 Ip A1:1 C420jpeg\n`);
  await writeFile(`${camera}.next`, Buffer.concat([head, ...frame, ...frame]));
  await rename(`${camera}.next`, camera);
}

/** The file that the camera of a browser sees. */
const cameras = new WeakMap<BrowserContext, string>();

export async function aPhone(): Promise<Phone> {
  const folder = await mkdtemp(join(tmpdir(), 'mingdan-phone-'));
  const mishaps = createMishaps();
  const camera = join(folder, 'camera.y4m');
  await hangScenery(camera);

  async function open(): Promise<BrowserContext> {
    const context = await chromium.launchPersistentContext(folder, {
      ...settings,
      ...(executablePath !== null && { executablePath }),
      args: [
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        `--use-file-for-fake-video-capture=${camera}`,
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    });
    cameras.set(context, camera);
    await mishaps.watch(context);
    return context;
  }
  const pageOf = (context: BrowserContext): Page => {
    const [page] = context.pages();
    if (!page) throw new Error('the browser has no page');
    return page;
  };
  const context = await open();
  const phone: Phone = {
    page: pageOf(context),
    context,
    mishaps: mishaps.all,
    expects: mishaps.expects,
    restart: async ({ offline = false } = {}) => {
      await phone.context.close();
      phone.context = await open();
      await phone.context.setOffline(offline);
      phone.page = pageOf(phone.context);
    },
    end: async () => {
      await phone.context.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return phone;
}

/** Logs in and waits until the phone could do without the network: the pack is there, and the app itself is kept. */
export async function readyForTheStreet({ page }: Phone, { user }: Person): Promise<void> {
  await page.goto(`${origin()}/inspect`);
  await page.fill('[name=username]', user.username);
  await page.fill('[name=password]', testPassword);
  await page.click('button[type=submit]');
  await page.waitForSelector('.tabs');
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  await page.goto(`${origin()}/inspect/find`);
  await page.waitForSelector('.rows a');
}

/** Takes the photo that the camera over the page is open for; the next one is another. */
export async function shoot(page: Page): Promise<void> {
  await page.getByRole('button', { name: '拍照', exact: true }).click();
  await page.locator('dialog.cam').waitFor({ state: 'detached' });
  await hangScenery(cameras.get(page.context()) ?? '');
}

/** The browser's own debugger, for what playwright has no word for: a slower processor, a fuller disk. */
export const debuggerOf = ({ context, page }: Phone): Promise<CDPSession> => context.newCDPSession(page);

/** As slow as a cheap phone: so many times slower than this machine. */
export async function slowDown(phone: Phone, rate: number): Promise<void> {
  await (await debuggerOf(phone)).send('Emulation.setCPUThrottlingRate', { rate });
}
