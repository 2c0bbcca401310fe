// The operator's command: an import by the rules of the desk, from a terminal.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { AdjustmentModel } from '../../models/adjustment.ts';
import { testConfig } from '../support/app.ts';
import { csv } from '../support/imports.ts';
import { aDesk, type Desk, emptyWorld, layGround } from '../support/world.ts';

const columns = ['商户名称', '类别', '街道', '地址'];

describe('npm run import', function () {
  this.timeout(60_000);
  let folder: string;
  let desk: Desk;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mingdan-import-command-'));
    await emptyWorld();
    await layGround();
    desk = await aDesk();
  });

  after(() => rm(folder, { recursive: true, force: true }));

  const run = (...args: string[]) =>
    new Promise<{ code: number; said: string }>((resolve) => {
      const { jwtSecret = '', signingKey = '' } = testConfig();
      const keys = { JWT_SECRET: jwtSecret, SIGNING_KEY: signingKey };
      const folders = { DATA_DIR: join(folder, 'data'), UPLOADS_DIR: join(folder, 'uploads') };
      const command = ['--import', 'tsx', 'server/commands/import.ts', ...args];
      execFile(
        process.execPath,
        command,
        { env: { ...process.env, ...keys, ...folders } },
        (error, out, wrong) => {
          resolve({ code: error ? Number(error.code) : 0, said: out + wrong });
        },
      );
    });

  it('tells what a file would change, submits it for approval, and leaves the file alone', async () => {
    const file = join(folder, 'list.csv');
    const text = csv(columns, [
      ['新店', 'pharmacy', '靖宇', '靖宇街1号'],
      ['坏行', 'nothing', '靖宇', '靖宇街2号'],
    ]);
    await writeFile(file, text);
    const { code, said } = await run(file, '--as', desk.staff.user.username, '--submit', '--reason', '换发');
    expect(said).to.include('2 rows: 1 added, 0 changed, 0 removed, 0 unchanged, 1 refused, 0 conflicts');
    expect(said).to.include('row 3 坏行: Category: There is no "nothing"');
    expect(code).to.equal(0);
    expect(await readFile(file, 'utf8')).to.equal(text);
    const submitted = await AdjustmentModel.findOne({ kind: 'import' }).lean();
    expect(submitted).to.deep.include({ state: 'submitted', reason: '换发', count: 1 });
  });

  it('waits for a large one to be submitted, and says how far it is', async () => {
    const count = 2_010;
    const file = join(folder, 'large.csv');
    const rows = Array.from({ length: count }, (_, i) => [`店${i}`, 'pharmacy', '靖宇', `靖宇街${i}号`]);
    await writeFile(file, csv(columns, rows));
    const { code, said } = await run(file, '--as', desk.staff.user.username, '--submit');
    expect(said).to.match(/^\d+ of 2010 shops submitted$/m);
    const submitted = await AdjustmentModel.findOne({ kind: 'import', count }).lean();
    expect(submitted).to.include({ state: 'submitted' });
    expect(said).to.include(`Submitted as adjustment ${submitted?._id ?? ''}: an approver decides on it.`);
    expect(code).to.equal(0);
  });

  it('says what is wrong in one line', async () => {
    const file = join(folder, 'list.xls');
    await writeFile(file, Buffer.from('d0cf11e0a1b11ae1', 'hex'));
    const old = await run(file, '--as', desk.staff.user.username);
    expect(old).to.deep.include({ code: 1 });
    expect(old.said).to.match(/^This is an old \.xls file.*\n$/);
    const approver = await run(file, '--as', desk.approver.user.username);
    expect(approver).to.deep.include({ code: 1 });
    expect((await run()).said).to.match(/^npm run import -- FILE/);
  });
});
