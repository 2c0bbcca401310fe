// Several processes on one database: what one changes, the others answer at once.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Merchant } from '../../models/merchant.ts';
import { createSigningKey } from '../../server/lib/signing.ts';
import { testConfig } from '../support/app.ts';
import { request, type ServerProcess, startServer } from '../support/server-process.ts';
import { aDesk, aListedMerchant, type Desk, emptyWorld, layGround } from '../support/world.ts';

describe('two processes on one database', function () {
  this.timeout(60_000);
  let folder: string;
  let servers: ServerProcess[] = [];
  let desk: Desk;
  let merchant: Merchant;

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    merchant = await aListedMerchant(desk);
    folder = await mkdtemp(join(tmpdir(), 'mingdan-two-'));
    const uri = testConfig().mongodbUri ?? '';
    const start = (name: string) =>
      startServer({ MONGODB_URI: uri, DATA_DIR: join(folder, name), UPLOADS_DIR: join(folder, 'uploads') });
    servers = await Promise.all([start('one'), start('two')]);
  });

  after(async () => {
    await Promise.all(servers.map((server) => server.end('SIGTERM')));
    await rm(folder, { recursive: true, force: true });
  });

  const statuses = () =>
    Promise.all(
      servers.map(
        async (server) => (await request(server, null, 'GET', `/status/${merchant.doorCode}`)).body.status,
      ),
    );

  it('show a suspension the moment it is approved', async () => {
    const [one, two] = servers;
    if (!one || !two) throw new Error('two servers are needed');
    expect(await statuses()).to.deep.equal(['listed', 'listed']);
    const before = new Date().toISOString();
    const draft = {
      to: 'suspended',
      ground: 'notice',
      reason: '测试',
      notice: '示例通告1号',
      merchants: [merchant._id],
    };
    const drafted = await request(one, desk.staff.token, 'POST', '/adjustments', draft);
    const path = `/adjustments/${String(drafted.body.id)}`;
    const submitted = await request(two, desk.staff.token, 'POST', `${path}/submit`);
    const approved = await request(one, desk.approver.token, 'POST', `${path}/approve`, {
      setHash: submitted.body.setHash,
    });
    expect(approved.body).to.include({ state: 'enacted' });
    expect(await statuses()).to.deep.equal(['suspended', 'suspended']);
    const then = await request(two, desk.staff.token, 'GET', `/merchants?status=listed&asOf=${before}`);
    expect(then.body).to.include({ total: 1, planned: false });
  });

  it('end in order on SIGTERM', async () => {
    expect(await Promise.all(servers.map((server) => server.end('SIGTERM')))).to.deep.equal([0, 0]);
  });
});

describe('a server with another signing key than its ledger', function () {
  this.timeout(30_000);

  it('refuses to start with one clear line', async () => {
    await emptyWorld();
    await layGround();
    await aListedMerchant(await aDesk());
    const folder = await mkdtemp(join(tmpdir(), 'mingdan-key-'));
    const env = {
      MONGODB_URI: testConfig().mongodbUri ?? '',
      DATA_DIR: folder,
      UPLOADS_DIR: join(folder, 'uploads'),
      SIGNING_KEY: createSigningKey().privatePem,
    };
    const refusal: unknown = await startServer(env).catch((error: unknown) => error);
    await rm(folder, { recursive: true, force: true });
    if (!(refusal instanceof Error)) throw new Error('it started');
    expect(refusal.message).to.match(/ended with 1 .*\n?.*The ledger of 230104 is signed with key/s);
    expect(refusal.message).not.to.match(/\n\s+at /);
  });
});
