// Files as offices really send them: each is understood, or refused with what to do.
import { expect } from 'chai';
import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import { makeUscc } from '../../server/lib/uscc.ts';
import { csv, imported, reasonsIn, rowsOf, type ShownImport } from '../support/imports.ts';
import { workbookOf, zipOf } from '../support/sheets.ts';
import { aDesk, type Desk, emptyWorld, layGround } from '../support/world.ts';

const header = ['商户名称', '统一社会信用代码', '类别', '所属街道', '经营地址'];
let serial = 0;
const shop = (more: Partial<Record<'name' | 'uscc' | 'category' | 'street' | 'address', string>> = {}) => {
  serial += 1;
  const { name = `店${serial}`, uscc = makeUscc('92', '230104', 900_000 + serial) } = more;
  const { category = 'pharmacy', street = '靖宇街道', address = `靖宇街${serial}号` } = more;
  return [name, uscc, category, street, address];
};
const textTable = (rows: string[][]) => csv(header, rows);

type Fill = (book: ExcelJS.Workbook) => void;
async function workbook(fill: Fill): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  fill(book);
  return Buffer.from(await book.xlsx.writeBuffer());
}
const sheetOf = (book: ExcelJS.Workbook, rows: unknown[][], name = '名单') => {
  const sheet = book.addWorksheet(name);
  sheet.addRows([header, ...rows]);
  return sheet;
};

type Outcome = Partial<ShownImport['counts']> | string;
type Mess = {
  name: string;
  bytes: () => Promise<Buffer> | Buffer | string;
  outcome: Outcome;
  reasons?: object;
};

const messes: Mess[] = [
  {
    name: 'a title over merged cells and a note above the header',
    bytes: () =>
      workbook((book) => {
        const sheet = book.addWorksheet('名单');
        sheet.addRow(['道外区保供商户登记表']);
        sheet.mergeCells('A1:E1');
        sheet.addRow(['填表单位：靖宇街道', '', '2022年11月']);
        sheet.addRow([]);
        sheet.addRows([header, shop(), shop()]);
      }),
    outcome: { added: 2, refused: 0 },
  },
  {
    name: 'headers with remarks, line breaks and wide letters',
    bytes: () => csv(['商户名称（必填）', 'ＵＳＣＣ', ' 类 别 ', '所属\n街道', '经营地址*'], [shop()]),
    outcome: { added: 1 },
  },
  {
    name: 'wide digits, lower-case codes and blanks around',
    bytes: () => {
      const [name = '', uscc = '', ...rest] = shop();
      const wide = uscc.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
      return textTable([[`  ${name}\u3000`, ` ${wide.toLowerCase()} `, ...rest.map((cell) => `${cell}  `)]]);
    },
    outcome: { added: 1, refused: 0 },
  },
  {
    name: 'a credit code that became a number',
    bytes: () =>
      workbook((book) => {
        const [name, , ...rest] = shop();
        sheetOf(book, [[name, 912301040000000000, ...rest]]);
      }),
    outcome: { added: 0, refused: 1 },
    reasons: { 2: ['code-as-number'] },
  },
  {
    name: 'a credit code that was saved as it was shown',
    bytes: () => textTable([shop({ uscc: '9.12301E+17' })]),
    outcome: { refused: 1 },
    reasons: { 2: ['code-as-number'] },
  },
  {
    name: 'a street number that became a day',
    bytes: () =>
      workbook((book) => {
        const sheet = sheetOf(book, [[...shop().slice(0, 4), new Date('2022-03-05T00:00:00Z')]]);
        sheet.getCell('E2').numFmt = 'm"月"d"日"';
      }),
    outcome: { refused: 1 },
    reasons: { 2: ['became-a-date'] },
  },
  {
    name: 'a formula that failed',
    bytes: () =>
      workbook((book) => {
        sheetOf(book, [[...shop().slice(0, 4), { error: '#REF!' }]]);
      }),
    outcome: { refused: 1 },
    reasons: { 2: ['formula-error'] },
  },
  {
    name: 'a category over merged cells, which only the first row has',
    bytes: () =>
      workbook((book) => {
        const sheet = sheetOf(book, [shop(), shop({ category: '' })]);
        sheet.mergeCells('C2:C3');
      }),
    outcome: { added: 1, refused: 1 },
    reasons: { 3: ['missing'] },
  },
  {
    name: 'a sheet of notes before the list, and a hidden copy of it',
    bytes: () =>
      workbook((book) => {
        book.addWorksheet('填表说明').addRows([['一、本表由街道填写。'], ['二、请勿修改表头。']]);
        sheetOf(book, [shop()]);
        sheetOf(book, [shop()], '备份').state = 'hidden';
      }),
    outcome: { added: 1 },
  },
  {
    name: 'two sheets that both are a list',
    bytes: () =>
      workbook((book) => {
        sheetOf(book, [shop()], '一月');
        sheetOf(book, [shop()], '二月');
      }),
    outcome: 'two-sheets',
  },
  {
    name: 'rows of nothing at the end, and between',
    bytes: () => `${textTable([shop(), ['', '', '', '', ''], shop()])}\r\n${',,,,\r\n'.repeat(5_000)}`,
    outcome: { added: 2, refused: 0 },
  },
  {
    name: 'a hundred thousand formatted rows of nothing',
    bytes: () => {
      const cells = (row: string[]) =>
        row.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('');
      const empty = '<row s="1"><c s="1"/><c s="1"/><c s="1"/></row>'.repeat(100_000);
      return workbookOf({ 名单: `<row>${cells(header)}</row><row>${cells(shop())}</row>${empty}` });
    },
    outcome: { added: 1, refused: 0 },
  },
  {
    name: 'semicolons and GBK',
    bytes: () => iconv.encode(textTable([shop(), shop()]).replaceAll('","', '";"'), 'gbk'),
    outcome: { added: 2 },
  },
  {
    name: 'Unicode text, as Excel calls it',
    bytes: () => iconv.encode(textTable([shop()]).replaceAll('","', '"\t"'), 'utf-16le', { addBOM: true }),
    outcome: { added: 1 },
  },
  {
    name: 'its delimiter in the first line',
    bytes: () => `sep=;\r\n${textTable([shop()]).replaceAll('","', '";"')}`,
    outcome: { added: 1 },
  },
  {
    name: 'rows with a cell too many and a cell too few',
    bytes: () => textTable([shop(), [...shop(), '多'], shop().slice(1), [...shop(), '', '']]),
    outcome: { added: 2, refused: 2 },
    reasons: { 3: ['ragged'], 4: ['ragged'] },
  },
  {
    name: 'a quotation mark that is never closed',
    bytes: () => `${textTable([shop(), shop()])}\r\n"坏行,1,2\r\n`,
    outcome: 'open-quote',
  },
  {
    name: 'one column twice',
    bytes: () => csv([...header, '住所'], [[...shop(), '别处']]),
    outcome: 'doubled-column',
  },
  { name: 'a header and no row', bytes: () => textTable([]), outcome: 'no-rows' },
  { name: 'numbers and no header', bytes: () => csv(['1', '2'], [['3', '4']]), outcome: 'no-header' },
  {
    name: 'an old workbook, or one with a password',
    bytes: () => Buffer.from('d0cf11e0a1b11ae10000', 'hex'),
    outcome: 'old-workbook',
  },
  {
    name: 'a web page that is called .xls',
    bytes: () => `<html><body><table><tr><td>${header.join('</td><td>')}</td></tr></table></body></html>`,
    outcome: 'web-page',
  },
  {
    name: 'a document of another kind',
    bytes: () => zipOf({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w:document/>' }),
    outcome: 'other-workbook',
  },
  {
    name: 'longitude and latitude swapped, and half a point',
    bytes: () =>
      csv(
        [...header, '经度', '纬度'],
        [
          [...shop(), '45.78', '126.64'],
          [...shop(), '126.64', ''],
          [...shop(), '126.64', '45.78'],
        ],
      ),
    outcome: { added: 1, refused: 2 },
    reasons: { 2: ['not-degrees'], 3: ['half-a-point'] },
  },
  {
    name: 'telephone numbers as numbers',
    bytes: () =>
      workbook((book) => {
        const sheet = book.addWorksheet('名单');
        sheet.addRow([...header, '联系电话']);
        sheet.addRow([...shop(), 10000001234]);
        sheet.addRow([...shop(), 4510000123451000]);
      }),
    outcome: { added: 1, refused: 1 },
    reasons: { 3: ['code-as-number'] },
  },
  {
    name: 'words that nobody knows, and what a new shop lacks',
    bytes: () =>
      textTable([
        shop({ category: '杂货' }),
        shop({ street: '某某街道' }),
        shop({ name: '' }),
        shop({ address: '　' }),
        shop({ name: 'x'.repeat(200) }),
      ]),
    outcome: { added: 0, refused: 5 },
    reasons: {
      2: ['unknown-word'],
      3: ['unknown-word'],
      4: ['missing'],
      5: ['missing'],
      6: ['too-long'],
    },
  },
];

describe('a messy file', () => {
  let desk: Desk;

  before(async () => {
    await emptyWorld();
    await layGround();
    desk = await aDesk();
  });

  for (const { name, bytes, outcome, reasons } of messes)
    it(`is understood or refused: ${name}`, async () => {
      const one = await imported(desk.staff, await bytes());
      if (typeof outcome === 'string') {
        expect(one.failure?.code, JSON.stringify(one)).to.equal(outcome);
        expect(one.failure?.message).to.match(/\S+ .*[.)]$/);
        return;
      }
      const found = JSON.stringify(await rowsOf(desk.staff, one));
      expect(one.failure).to.equal(null);
      expect(one.counts, found).to.include(outcome);
      if (reasons) expect(await reasonsIn(desk.staff, one)).to.deep.equal(reasons);
    });
});
