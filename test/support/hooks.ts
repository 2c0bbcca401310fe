// Before all tests: the throw-away MongoDB that the runner started, connected and with its indexes. After: everything closed.
import { rm } from 'node:fs/promises';
import { openTestApp, closeTestApp } from './app.ts';

export const mochaHooks = {
  async beforeAll(this: Mocha.Context) {
    this.timeout(60_000);
    await openTestApp();
  },
  async afterAll() {
    for (const folder of await closeTestApp()) await rm(folder, { recursive: true, force: true });
  },
};
