// Files of imports: sent rightly, read by somebody, and gone when nobody needs them any more.
import { randomUUID } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect } from 'chai';
import { ImportModel } from '../../models/import.ts';
import { environment } from '../../server/domain/environment.ts';
import { sweepImportFiles, whenImportsAreRead } from '../../server/domain/import-reading.ts';
import { isProblem } from '../support/app.ts';
import { columns, csv, imported, newRow, rowsOf, sendImport, shownImport } from '../support/imports.ts';
import { zipOf } from '../support/sheets.ts';
import { aDesk, aPerson, type Desk, emptyWorld, layGround } from '../support/world.ts';

describe('the file of an import', () => {
  let desk: Desk;

  beforeEach(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
  });

  it('is begun anew where its reader was killed', async () => {
    const { id } = await imported(desk.staff, csv(columns, [newRow('新店')]));
    const path = environment().importFiles.pathOf(id);
    await writeFile(path, csv(columns, [newRow('新店'), newRow('新店二')]));
    const longAgo = new Date(Date.now() - 60_000);
    await ImportModel.updateOne({ _id: id }, { state: 'reading', heardAt: longAgo });
    await whenImportsAreRead();
    const one = await shownImport(desk.staff, id);
    expect(one).to.include({ state: 'ready' });
    expect(one.counts).to.include({ added: 2 });
    expect(await rowsOf(desk.staff, one)).to.have.length(2);
  });

  it('of something else is told in one sentence, and leaves no file behind', async () => {
    const one = await imported(desk.staff, Buffer.from('d0cf11e0a1b11ae1', 'hex'), { name: '名单.xls' });
    expect(one.failure?.message).to.match(/^This is an old \.xls file/);
    const archive = await imported(desk.staff, await zipOf({ 'a.txt': 'a' }));
    expect(archive.failure?.code).to.equal('other-workbook');
    expect(await readdir(dirname(environment().importFiles.pathOf('x')))).to.deep.equal([]);
  });

  it('whose file was left behind by a kill is swept, and one that waits to be read is not', async () => {
    const { id } = await imported(desk.staff, csv(columns, [newRow('新店')]));
    const pathOf = (name: string) => environment().importFiles.pathOf(name);
    for (const name of [id, 'nobody']) await writeFile(pathOf(name), 'a');
    await ImportModel.updateOne({ _id: id }, { state: 'reading', heardAt: new Date() });
    await sweepImportFiles(new Date(Date.now() - 60_000));
    expect(await readdir(dirname(pathOf('x')))).to.have.members([id, 'nobody']);
    await sweepImportFiles(new Date(Date.now() + 60_000));
    expect(await readdir(dirname(pathOf('x')))).to.deep.equal([id]);
    await environment().importFiles.remove(id);
  });

  it('that is sent wrongly is refused with a problem', async () => {
    const { api } = desk.staff;
    await api.post('/imports').send({}).expect(isProblem(415, 'unsupported-media'));
    await api.post('/imports').field('mode', 'merge').expect(isProblem(400, 'malformed-upload'));
    await sendImport(desk.staff, 'a', { mode: 'overwrite' }).expect(isProblem(400, 'invalid-request'));
    await sendImport(desk.staff, 'a', { selector: { where: { $where: 'x' } } }).expect(
      isProblem(400, 'invalid-request'),
    );
    await sendImport(desk.staff, 'a', { columns: { a: 'nothing' } }).expect(
      isProblem(400, 'invalid-request'),
    );
    await api
      .post('/imports')
      .field('selector', '{')
      .attach('file', Buffer.from('a'), 'a.csv')
      .expect(isProblem(400, 'malformed-json'));
    await api
      .post('/imports')
      .attach('photo', Buffer.from('a'), 'a.csv')
      .expect(isProblem(400, 'malformed-upload'));
    expect(await ImportModel.countDocuments()).to.equal(0);
  });

  it('waits in a short line: of files that nobody has read yet one person has a few, and a place some more', async () => {
    const { id } = await imported(desk.staff, csv(columns, []));
    const one = await ImportModel.findById(id).lean();
    const wait = (count: number, by: string) =>
      ImportModel.collection.insertMany(
        Array.from({ length: count }, () => ({
          ...one,
          _id: randomUUID() as never,
          by: { ...one?.by, id: by },
          state: 'reading',
          heardAt: new Date(),
        })),
      );
    await wait(4, desk.staff.user._id);
    await wait(15, 'another');
    await sendImport(desk.staff, csv(columns, [])).expect(202);
    await whenImportsAreRead();
    await wait(1, desk.staff.user._id);
    await sendImport(desk.staff, csv(columns, [])).expect(isProblem(409, 'too-many-imports'));
    const colleague = await aPerson('staff');
    await sendImport(colleague, csv(columns, [])).expect(isProblem(409, 'too-many-imports'));
    await sendImport(await aPerson('staff', { areas: ['230199'] }), csv(columns, [])).expect(202);
    await whenImportsAreRead();
  });
});
