// Exports: the list as a file, within one's scope; read again it changes nothing.
import { buffer } from 'node:stream/consumers';
import { expect } from 'chai';
import { fromBufferPromise } from 'yauzl';
import { AuditRecordModel } from '../../models/audit-record.ts';
import type { Merchant } from '../../models/merchant.ts';
import { submitVisit } from '../../server/domain/visits.ts';
import { livesScore } from '../../server/domain/lives-export.ts';
import { isProblem } from '../support/app.ts';
import { exported } from '../support/exports.ts';
import { imported } from '../support/imports.ts';
import { textsIn } from '../support/sheets.ts';
import { aVisit } from '../support/visits.ts';
import {
  adjust,
  aDesk,
  aPerson,
  type Desk,
  emptyWorld,
  layGround,
  listedMerchants,
  merchantsLike,
  type Person,
} from '../support/world.ts';

async function filesIn(zip: Buffer): Promise<Record<string, string[][]>> {
  const files: Record<string, string[][]> = {};
  const opened = await fromBufferPromise(zip, { lazyEntries: true });
  for await (const entry of opened.eachEntry())
    files[entry.fileName] = await textsIn(await buffer(await opened.openReadStreamPromise(entry)));
  return files;
}

describe('an export of the list', () => {
  let desk: Desk;
  let shops: Merchant[];

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
    shops = await listedMerchants(desk, [
      { name: '=1+1', address: '靖宇街1号，"临街"\t甲' },
      { name: '+86 药店', address: '@靖宇街2号', uscc: null, registerNumber: '-0123（2022）' },
      { name: "'引号药店", mode: ['in-store', 'delivery'], capacity: 0, site: 'market-1' },
      { name: '无位置药店', point: null, uscc: null, gbt4754: null, contact: null },
      {
        name: '远处药店',
        subdistrict: '230104005',
        category: 'supermarket',
        contact: { name: '李四', phone: '' },
      },
    ]);
    await adjust(desk, shops[3]?._id ?? '', 'suspended');
    await listedMerchants(await aDesk(['230199']), [{ subdistrict: '230199001', name: '别区药店' }]);
  });

  for (const format of ['csv', 'xlsx'])
    for (const language of ['zh', 'en'])
      it(`as ${format} in ${language} is read again and changes nothing`, async () => {
        const bytes = await exported(desk.staff, `format=${format}`, language);
        const one = await imported(desk.staff, bytes);
        expect(one.failure).to.equal(null);
        expect(one.counts).to.deep.equal({
          added: 0,
          changed: 0,
          removed: 0,
          unchanged: 5,
          refused: 0,
          conflicts: 0,
        });
        expect(one.columns.filter(({ column }) => column === null)).to.deep.equal([]);
      });

  it('says its columns in the reader’s language, and marks its text as UTF-8 for Excel', async () => {
    const zh = await exported(desk.staff, 'format=csv');
    expect([...zh.subarray(0, 3)]).to.deep.equal([0xef, 0xbb, 0xbf]);
    expect((await textsIn(zh))[0]?.slice(0, 5)).to.deep.equal([
      '编号',
      '版本',
      '门牌码',
      '商户名称',
      '统一社会信用代码',
    ]);
    const en = await textsIn(await exported(desk.staff, 'format=csv', 'en'));
    expect(en[0]?.slice(0, 5)).to.deep.equal(['Id', 'Revision', 'Door code', 'Name', 'USCC']);
  });

  it('begins no formula', async () => {
    for (const format of ['csv', 'xlsx'])
      for (const row of await textsIn(await exported(desk.staff, `format=${format}`)))
        for (const cell of row) expect(cell).to.not.match(/^[=+\-@\t]/);
  });

  it('takes the filters of the list', async () => {
    const idsIn = async (query: string) =>
      (await textsIn(await exported(desk.staff, `format=csv&${query}`))).slice(1).map(([id]) => id);
    expect(await idsIn('status=suspended')).to.deep.equal([shops[3]?._id]);
    expect(await idsIn('subdistrict=230104005')).to.deep.equal([shops[4]?._id]);
    expect(await idsIn(`q=${encodeURIComponent('远处')}`)).to.deep.equal([shops[4]?._id]);
    expect(await idsIn('asOf=2022-01-01T00:00:00Z')).to.deep.equal([]);
    expect(await idsIn(`asOf=${new Date().toISOString()}&status=listed`)).to.have.length(4);
    await desk.staff.api.get('/merchants/export').expect(isProblem(400, 'invalid-request'));
    await desk.staff.api.get('/merchants/export?format=pdf').expect(isProblem(400, 'invalid-request'));
    await desk.staff.api
      .get('/merchants/export?format=lives&asOf=2022-01-01T00:00:00Z')
      .expect(isProblem(400, 'invalid-request'));
  });

  it('shows contacts to those who call, and masks them for the others', async () => {
    const phones = async (person: Person) =>
      (await textsIn(await exported(person, 'format=csv&status=listed'))).slice(1).map((row) => row.at(-1));
    expect(await phones(desk.staff)).to.include('10000001234');
    expect(await phones(await aPerson('auditor'))).to.include('100****1234');
  });

  it('as NDJSON is one shop a line, as the interface shows it', async () => {
    const lines = (await exported(desk.staff, 'format=ndjson')).toString().trimEnd().split('\n');
    const parsed = lines.map(
      (line) => JSON.parse(line) as { id: string; status: string; contact: object | null },
    );
    expect(parsed.map(({ id }) => id)).to.have.members(shops.map(({ _id }) => _id));
    const { body } = await desk.staff.api.get('/merchants?limit=200').expect(200);
    const listed = (body as { items: { id: string }[] }).items;
    expect(parsed.map(({ contact: _contact, ...shown }) => shown)).to.deep.equal(listed);
  });

  it('as NDJSON of an instant is one shop a line, as the list of then shows it', async () => {
    const asOf = `asOf=${new Date().toISOString()}`;
    const lines = (await exported(desk.staff, `format=ndjson&${asOf}`)).toString().trimEnd().split('\n');
    const { body } = await desk.staff.api.get(`/merchants?limit=200&${asOf}`).expect(200);
    const { items } = body as { items: { id: string }[] };
    expect(lines).to.have.length(5);
    expect(lines.map((line) => JSON.parse(line) as object)).to.have.deep.members(items);
  });

  it('stands in the audit trail, with what was asked for', async () => {
    await exported(desk.staff, 'format=csv&status=listed');
    const trail = await AuditRecordModel.find({ action: 'merchants.exported' })
      .sort({ at: -1, _id: -1 })
      .lean();
    expect(trail[0]).to.deep.include({ areas: ['23', '2301', '230104'] });
    expect(trail[0]?.after).to.deep.include({ format: 'csv', count: 4 });
    const { body } = await (await aPerson('auditor')).api.get('/audit?noun=merchants').expect(200);
    expect((body as { items: unknown[] }).items).to.not.have.length(0);
  });

  it('as LIVES scores each inspection from a hundred, and says how', async () => {
    const inspector = await aPerson('inspector');
    const [clean, faulty] = shops;
    if (!clean || !faulty) throw new Error('no shops');
    const photos = ['f'.repeat(64)];
    const unfixed = (item: string) => ({
      item,
      outcome: 'fail' as const,
      photos,
      fix: { kind: 'timed' as const },
    });
    await submitVisit(inspector.actor, aVisit(clean._id));
    await submitVisit(
      inspector.actor,
      aVisit(faulty._id, { answers: [unfixed('mask'), unfixed('entrance')] }),
    );
    await submitVisit(inspector.actor, aVisit(clean._id, { noEntry: 'closed', answers: [] }));
    const files = await filesIn(await exported(desk.staff, 'format=lives', 'en'));
    expect(Object.keys(files)).to.deep.equal([
      'businesses.csv',
      'inspections.csv',
      'violations.csv',
      'legend.csv',
      'feed_info.csv',
    ]);
    expect(files['businesses.csv']).to.have.length(6);
    expect(files['inspections.csv']?.slice(1).map(([id, score]) => [id, score])).to.have.deep.members([
      [clean._id, '100'],
      [faulty._id, '93'],
    ]);
    expect(files['violations.csv']?.slice(1).map(([id, , code]) => [id, code])).to.deep.equal([
      [faulty._id, 'mask'],
      [faulty._id, 'entrance'],
    ]);
    expect(files['legend.csv']?.[1]?.[2]).to.include('100 - 10 x critical - 5 x major - 2 x minor');
    expect(files['feed_info.csv']?.[1]?.[2]).to.equal('道外区');
    expect(livesScore(Array.from({ length: 11 }, () => ({ severity: 'critical' as const })))).to.equal(0);
  });

  it('of a long list is whole', async () => {
    const [example] = shops;
    if (example) await merchantsLike(example, 1_500);
    for (const format of ['csv', 'xlsx'])
      expect(await textsIn(await exported(desk.staff, `format=${format}`))).to.have.length(1_506);
  });
});
