// Before the tests of a process: the app on the throw-away MongoDB that the runner started, connected and with its indexes.
import { openTestApp } from './app.ts';

let opened: Promise<void> | undefined;

export const mochaHooks = {
  /** Before all, or where processes run beside each other, before each file. */
  async beforeAll(this: Mocha.Context) {
    this.timeout(60_000);
    await (opened ??= openTestApp());
  },
};
