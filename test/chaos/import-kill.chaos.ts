// A server killed while it reads a file, submits and writes a large import: the next one goes on, and the list is whole once.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { AdjustmentLineModel, AdjustmentModel } from '../../models/adjustment.ts';
import { ImportModel, ImportRowModel } from '../../models/import.ts';
import { LedgerEntryModel } from '../../models/ledger.ts';
import { MerchantModel } from '../../models/merchant.ts';
import { environment } from '../../server/domain/environment.ts';
import { verifyLedger } from '../../server/domain/verify-ledger.ts';
import { makeUscc } from '../../server/lib/uscc.ts';
import { csv } from '../support/imports.ts';
import { request, type ServerProcess, startServer } from '../support/server-process.ts';
import { aDesk, type Desk, emptyWorld, layGround } from '../support/world.ts';

const count = 3_000;
const columns = ['商户名称', '统一社会信用代码', '类别', '街道代码', '地址'];

describe('a server killed in the middle of an import', function () {
  this.timeout(180_000);
  let folder: string;
  let desk: Desk;
  let server: ServerProcess | undefined;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mingdan-import-kill-'));
    await emptyWorld();
    await layGround();
    desk = await aDesk();
  });

  after(async () => {
    await server?.end('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  });

  const start = async () =>
    (server = await startServer({
      MONGODB_URI: process.env.MONGODB_URI ?? '',
      DATA_DIR: join(folder, 'data'),
      UPLOADS_DIR: join(folder, 'uploads'),
    }));
  const until = async (isSo: () => Promise<boolean>) => {
    const deadline = Date.now() + 90_000;
    while (!(await isSo())) {
      if (Date.now() > deadline) throw new Error('it did not come to that');
      await pause(20);
    }
  };
  const isUntouched = async () => {
    const verdict = await verifyLedger({
      keys: environment().keys,
      heads: [],
    });
    expect(verdict.ok, JSON.stringify(verdict)).to.equal(true);
  };
  const send = async ({ url }: ServerProcess, file: string): Promise<string> => {
    const form = new FormData();
    form.append('file', new Blob([file]), '名单.csv');
    const headers = { Authorization: `Bearer ${desk.staff.token}` };
    const response = await fetch(`${url}/api/v1/imports`, { method: 'POST', headers, body: form });
    expect(response.status).to.equal(202);
    return ((await response.json()) as { id: string }).id;
  };

  it('loses nothing and doubles nothing', async () => {
    const rows = Array.from({ length: count }, (_, i) => [
      `店${i}`,
      makeUscc('92', '230104', 3_000_000 + i),
      'pharmacy',
      '230104001',
      `靖宇街${i}号`,
    ]);
    const reading = await start();
    const id = await send(reading, csv(columns, rows));
    await until(async () => (await ImportRowModel.countDocuments({ import: id })) > 0);
    await reading.end('SIGKILL');
    expect((await ImportModel.findById(id).lean())?.state).to.equal('reading');

    const writing = await start();
    await until(async () => (await ImportModel.findById(id).lean())?.state === 'ready');
    const one = await ImportModel.findById(id).lean();
    expect(one?.attempt).to.equal(2);
    expect(one?.counts).to.include({ added: count, refused: 0 });

    const submitted = await request(writing, desk.staff.token, 'POST', `/imports/${id}/submit`, {});
    expect(submitted.body.state).to.equal('submitting');
    await until(async () => (await AdjustmentLineModel.countDocuments()) > 0);
    await writing.end('SIGKILL');
    expect(await AdjustmentModel.countDocuments()).to.equal(0);

    const submitting = await start();
    await until(async () => (await ImportModel.findById(id).lean())?.state === 'submitted');
    const adjustment = (await ImportModel.findById(id).lean())?.adjustment ?? '';
    expect(await AdjustmentLineModel.countDocuments()).to.equal(count);
    const { setHash } = (await AdjustmentModel.findById(adjustment).lean()) ?? { setHash: '' };
    const path = `/adjustments/${adjustment}/approve`;
    const approved = await request(submitting, desk.approver.token, 'POST', path, { setHash });
    expect(approved.body.state).to.equal('enacting');
    const written = () => LedgerEntryModel.countDocuments({ adjustment });
    await until(async () => (await written()) > 0);
    await submitting.end('SIGKILL');
    expect(await written()).to.be.within(1, count - 1);
    await isUntouched();

    await start();
    await until(async () => (await AdjustmentModel.findById(adjustment).lean())?.state === 'enacted');
    expect(await written()).to.equal(count);
    expect(await MerchantModel.countDocuments({ status: 'listed' })).to.equal(count);
    await isUntouched();
  });
});
