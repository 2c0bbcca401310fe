// One server per DATA_DIR: a second one is told so, and a dead one does not block the next.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { claimDataDir } from '../../server/mongo/data-dir.ts';
import { StartupRefusal } from '../../server/mongo/refusal.ts';

describe('the claim on a data directory', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'mingdan-claim-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  const lockWith = (holder: object) => writeFile(path.join(dataDir, 'server.lock'), JSON.stringify(holder));

  it('refuses a second server in one line that names the first', async () => {
    await claimDataDir(dataDir);
    const refusal = await claimDataDir(dataDir).catch((error: unknown) => error);
    expect(refusal).to.be.instanceOf(StartupRefusal);
    expect(String(refusal)).to.include(`process ${process.pid}`).and.include(dataDir).and.not.include('\n');
  });

  it('lets one of many that start at once have it, and leaves nothing else behind', async () => {
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => claimDataDir(dataDir)));
    expect(results.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    expect(await readdir(dataDir)).to.deep.equal(['server.lock']);
  });

  it('can be had again after it was released', async () => {
    await (await claimDataDir(dataDir)).release();
    await claimDataDir(dataDir);
  });

  it('is taken over from a process that has died', async () => {
    await lockWith({ pid: 2 ** 22 + 1 });
    await claimDataDir(dataDir);
    expect(await readFile(path.join(dataDir, 'server.lock'), 'utf8')).to.include(`"pid":${process.pid}`);
  });

  it('is taken over when another program has been given the pid of the dead server', async () => {
    await lockWith({ pid: process.pid, started: 'some other day' });
    await claimDataDir(dataDir);
  });

  it('is taken over when the lock file cannot be read', async () => {
    await writeFile(path.join(dataDir, 'server.lock'), 'no JSON');
    await claimDataDir(dataDir);
  });

  it('is not released by a server that has lost it', async () => {
    const first = await claimDataDir(dataDir);
    await lockWith({ pid: 1 });
    await first.release();
    expect(await readdir(dataDir)).to.deep.equal(['server.lock']);
  });
});
