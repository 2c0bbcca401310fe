// Reading and writing tables: encodings, delimiters, workbooks of other programs, bombs, and text that would be a formula.
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import iconv from 'iconv-lite';

import { delimiterOf } from '../../server/lib/sheets/csv-read.ts';
import { csvStream } from '../../server/lib/sheets/csv-write.ts';
import { neutralised, restored } from '../../server/lib/sheets/formulas.ts';
import { StringTable } from '../../server/lib/sheets/string-table.ts';
import { type Value, xlsxStream } from '../../server/lib/sheets/xlsx-write.ts';
import { each, refusalOf, rowsIn, textsIn, workbookOf, xlsxOf, zipOf } from '../support/sheets.ts';

const list = [
  ['商户名称', '地址'],
  ['康宁药店', '靖宇街1号，临街'],
  ['鼎丰超市', 'No. 2, "A" Street'],
];
const quotedCell = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const csvOf = (rows: string[][], delimiter = ',') =>
  rows.map((row) => row.map(quotedCell).join(delimiter)).join('\r\n');

describe('a text table', () => {
  for (const [name, bytes] of [
    ['UTF-8', Buffer.from(csvOf(list))],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${csvOf(list)}`)],
    ['GBK', iconv.encode(csvOf(list), 'gbk')],
    ['GB18030', iconv.encode(csvOf(list), 'gb18030')],
    ['UTF-16, as Excel writes "Unicode text"', iconv.encode(csvOf(list, '\t'), 'utf-16le', { addBOM: true })],
    [
      'GBK after a hundred thousand rows of ASCII',
      iconv.encode(`${'a,b\n'.repeat(50_000)}${csvOf(list)}`, 'gbk'),
    ],
  ] as const)
    it(`is read in ${name}`, async () => {
      expect((await textsIn(bytes)).slice(-3)).to.deep.equal(list);
    });

  for (const delimiter of [',', ';', '\t', '|', '；'])
    it(`is read with ${JSON.stringify(delimiter)} between its cells`, async () => {
      expect(await textsIn(csvOf(list, delimiter))).to.deep.equal(list);
    });

  it('takes the delimiter that lines its cells up, not the one that occurs most', () => {
    expect(delimiterOf('name;address\na;x, y, z\nb;p, q\n')).to.equal(';');
    expect(delimiterOf('only one column\nof, text\n')).to.equal(',');
  });

  it('numbers its rows as a spreadsheet does: cells of several lines are one row, blank rows count', async () => {
    const rows = await rowsIn('a,b\r\n"x\r\ny",1\r\n\r\n,\r\nz,2\r\n');
    expect(rows.map(({ number }) => number)).to.deep.equal([1, 2, 5]);
  });

  it('is not read to the end of millions of blank lines', async () => {
    expect(await refusalOf(`a,b\n1,2\n${'\n'.repeat(2_000_000)}3,4`)).to.equal('too-many-blank-lines');
    expect(await textsIn(`a,b\n1,2\n${'\r\n'.repeat(9_000)}3,4`)).to.have.length(3);
  });

  it('ends its lines in any way, even in several', async () => {
    expect(await textsIn('a,b\r\n1,2\n3,4\r5,6')).to.have.length(4);
  });

  it('announces its delimiter in the first line, as Excel takes it', async () => {
    expect(await textsIn('sep=;\na;b,c\n')).to.deep.equal([['a', 'b,c']]);
  });

  it('is refused where a quotation mark is never closed', async () => {
    expect(await refusalOf(`a,b\n"x,${'y\n'.repeat(100_000)}`)).to.equal('open-quote');
    expect(await refusalOf('a,b\nx,1\n"y,2\n')).to.equal('open-quote');
  });
});

describe('what is no table', () => {
  const refusals: [string, Buffer | string, string][] = [
    ['nothing at all', '', 'empty'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'old-workbook'],
    [
      'a web page that calls itself a workbook',
      '<html><table><tr><td>a</td></tr></table></html>',
      'web-page',
    ],
    ['a PDF', '%PDF-1.7 …', 'not-a-table'],
    ['a photo', Buffer.from('ffd8ffe000104a464946', 'hex'), 'not-a-table'],
    ['bytes', Buffer.from('abc\0\0def'), 'not-a-table'],
    ['text in no encoding', Buffer.from([0x61, 0xff, 0xff, 0x20, 0x80, 0x0a]), 'unknown-encoding'],
    ['half a workbook', Buffer.from('PK\x03\x04 and then the line broke'), 'damaged'],
  ];
  for (const [name, bytes, code] of refusals)
    it(`is refused: ${name}`, async () => {
      expect(await refusalOf(bytes)).to.equal(code);
    });

  it('is refused: an archive of something else', async () => {
    expect(
      await refusalOf(await zipOf({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet' })),
    ).to.equal('other-workbook');
    expect(
      await refusalOf(await zipOf({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w/>' })),
    ).to.equal('other-workbook');
  });
});

describe('a workbook', () => {
  /** Where the central directory says what its sheet unpacks to: 24 bytes into an entry, whose name stands at 46. */
  const sizeOfSheetIn = (bytes: Buffer) => bytes.lastIndexOf('xl/worksheets/sheet1.xml') - 46 + 24;
  const cell = (inside: string, more = '') => `<c ${more}>${inside}</c>`;

  it('is read as Excel writes it: shared texts, numbers, dates, formulas, gaps', async () => {
    const bytes = await workbookOf(
      {
        名单:
          '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row>' +
          '<row r="5"><c r="A5"><v>126.64</v></c><c r="B5" s="1"><v>44894</v></c><c r="C5" t="str"><f>1&amp;"a"</f><v>1a</v></c><c r="D5" t="e"><v>#REF!</v></c></row>',
      },
      {
        texts: [
          '<t>商户&amp;名称</t>',
          '<r><t>地</t></r><r><t xml:space="preserve">址 </t></r><rPh><t>dì</t></rPh>',
        ],
        styles: '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>',
      },
    );
    expect(await rowsIn(bytes)).to.deep.equal([
      {
        number: 2,
        cells: [
          { kind: 'text', text: '商户&名称' },
          { kind: 'text', text: '' },
          { kind: 'text', text: '地址 ' },
        ],
      },
      {
        number: 5,
        cells: [
          { kind: 'number', text: '126.64' },
          { kind: 'date', text: '2022-11-29' },
          { kind: 'text', text: '1a' },
          { kind: 'error', text: '#REF!' },
        ],
      },
    ]);
  });

  it('is read where its elements have a prefix, and cells say no place', async () => {
    const bytes = await workbookOf({
      a: `<x:row><x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c>${cell('<v>1</v>')}</x:row>`,
    });
    expect(await textsIn(bytes)).to.deep.equal([['a', '1']]);
  });

  it('is read as another library writes it', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('名单');
    sheet.addRow(['外区商户登记表']);
    sheet.mergeCells('A1:C1');
    sheet.addRow(['商户名称', '经度', '登记日']);
    sheet.addRow(['康宁 <药店> & "子"', 126.64, new Date('2022-11-29T00:00:00Z')]);
    sheet.getCell('C3').numFmt = 'yyyy"年"m"月"';
    const rows = await rowsIn(Buffer.from(await book.xlsx.writeBuffer()));
    expect(rows.at(-1)?.cells).to.deep.equal([
      { kind: 'text', text: '康宁 <药店> & "子"' },
      { kind: 'number', text: '126.64' },
      { kind: 'date', text: '2022-11-29' },
    ]);
  });

  it('of ours is read by another library, header and all', async () => {
    const book = new ExcelJS.Workbook();
    const bytes = await xlsxOf([
      ['商户名称', '经度'],
      ['=1+1 & <b>', 126.64],
      ['', null],
    ]);
    await book.xlsx.load(bytes as unknown as ArrayBuffer);
    const [sheet] = book.worksheets;
    expect(sheet?.getCell('A1').value).to.equal('商户名称');
    expect(sheet?.getCell('A2').value).to.equal("'=1+1 & <b>");
    expect(sheet?.getCell('B2').value).to.equal(126.64);
    expect(sheet?.getCell('A3').value).to.equal(null);
  });

  it('with a million empty rows is read in a few seconds', async () => {
    const empty = '<row r="2" spans="1:3" s="1"/>'.repeat(1_000_000);
    const bytes = await workbookOf({ a: `<row r="1">${cell('<v>1</v>')}</row>${empty}` });
    expect(await textsIn(bytes)).to.deep.equal([['1']]);
  }).timeout(30_000);

  it('is refused where it unpacks to too much, before it is unpacked', async () => {
    const large = await workbookOf({ a: '' });
    large.writeUInt32LE(0x7fffffff, sizeOfSheetIn(large));
    expect(await refusalOf(large)).to.equal('unpacks-too-large');
    const many = Object.fromEntries(Array.from({ length: 2_100 }, (_, i) => [`xl/media/${i}.png`, '']));
    expect(await refusalOf(await workbookOf({ a: '' }, { more: many }))).to.equal('unpacks-too-large');
  });

  it('is refused where a row holds more text than any list, however small the file is', async () => {
    const long = 'a'.repeat(60_000);
    const shared = '<c t="s"><v>0</v></c>';
    const twice = await workbookOf({ a: `<row>${shared.repeat(2)}</row>` }, { texts: [`<t>${long}</t>`] });
    expect(await refusalOf(twice)).to.equal('row-too-long');
    const pieces = `<r><t>${long}</t></r>`.repeat(2);
    const inline = `<row><c t="inlineStr"><is>${pieces}</is></c></row>`;
    expect(await refusalOf(await workbookOf({ a: inline }))).to.equal('row-too-long');
    const named = await workbookOf({ a: `<row>${shared}</row>` }, { texts: [pieces] });
    expect(await refusalOf(named)).to.equal('row-too-long');
    const escapes = `<t>${'_x0041_'.repeat(20_000)}</t>`;
    const escaped = await workbookOf({ a: `<row>${shared}</row>` }, { texts: [escapes] });
    expect(await refusalOf(escaped)).to.equal('row-too-long');
    const unnamed = await workbookOf({ a: `<row>${cell('<v>1</v>')}</row>` }, { texts: [pieces] });
    expect(await textsIn(unnamed)).to.deep.equal([['1']]);
  });

  it('keeps little of what no sheet has so many of: styles and links', async () => {
    const one = `<row>${cell('<v>1</v>')}</row>`;
    const styles = `<cellXfs>${'<xf/>'.repeat(1_100_000)}</cellXfs>`;
    expect(await refusalOf(await workbookOf({ a: one }, { styles }))).to.equal('unpacks-too-large');
    const links = Array.from({ length: 11_000 }, (_, i) => `<Relationship Id="${i}" Target="a"/>`).join('');
    const rels = { 'xl/_rels/workbook.xml.rels': `<Relationships>${links}</Relationships>` };
    expect(await refusalOf(await workbookOf({ a: one }, { more: rels }))).to.equal('unpacks-too-large');
  }).timeout(20_000);

  it('is read in time where its formats, links and attributes are made to be read slowly', async () => {
    const open = '['.repeat(4_000);
    const formats = `<numFmt numFmtId="170" formatCode="${open}"/>`.repeat(2_000);
    const link = `<Relationship Id="z" Target="${'a'.repeat(4_000)}"/>`.repeat(2_000);
    const styles = `<numFmts>${formats}</numFmts>`;
    const attributes = 'r'.repeat(900_000);
    const sheet = `<row><c ${attributes} r="A1"><v>1</v></c></row>`;
    const rels = `<Relationships>${link}<Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`;
    const bytes = await workbookOf({ a: sheet }, { styles, more: { 'xl/_rels/workbook.xml.rels': rels } });
    expect(await textsIn(bytes)).to.deep.equal([['1']]);
  }).timeout(20_000);

  it('is refused where a row stands before the one above it: it would be passed over, or told by a wrong number', async () => {
    const row = (r: string) => `<row r="${r}">${cell('<v>1</v>')}</row>`;
    for (const places of [
      ['5', '1'],
      ['2', '2'],
      ['x', '3'],
    ])
      expect(await refusalOf(await workbookOf({ a: places.map(row).join('') }))).to.equal('damaged');
  });

  it('is refused where a part is longer than its header says', async () => {
    const bytes = await workbookOf({ a: `<row>${cell('<v>1</v>').repeat(2_000)}</row>` });
    bytes.writeUInt32LE(100, sizeOfSheetIn(bytes));
    expect(await refusalOf(bytes)).to.equal('damaged');
  });

  it('is refused where it declares entities', async () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "x">]>';
    const bytes = await workbookOf({ a: '' }, { more: { 'xl/sharedStrings.xml': `${bomb}<sst/>` } });
    expect(await refusalOf(bytes)).to.equal('damaged');
  });
});

const someText = fc
  .string({ unit: 'binary', maxLength: 20 })
  .filter((text) => !/\p{Surrogate}|\0|\uFEFF/u.test(text));

describe('a table written and read again', () => {
  it('holds text that begins like a formula, harmless in between', () => {
    fc.assert(
      fc.property(someText, (text) => {
        expect(restored(neutralised(text))).to.equal(text);
        expect(neutralised(text)).to.not.match(/^[=+\-@＝＋－＠\t\r]/);
      }),
    );
    expect(restored("'90s Diner")).to.equal("'90s Diner");
  });

  const values = fc.array(fc.tuple(someText, someText, fc.double({ noNaN: true, noDefaultInfinity: true })), {
    minLength: 1,
    maxLength: 5,
  });
  const spoken = (rows: Value[][]) =>
    rows.map((row) => row.map(String)).filter((row) => row.some((cell) => cell.trim() !== ''));

  it('says the same as CSV', async () => {
    await fc.assert(
      fc.asyncProperty(values, async (rows) => {
        const bytes = await buffer(csvStream(['a', 'b', 'c'], each(rows)));
        const read = (await textsIn(bytes)).slice(1).map((row) => row.map(restored));
        expect(read).to.deep.equal(spoken(rows));
      }),
      { numRuns: 40 },
    );
  });

  it('says the same as a workbook', async () => {
    await fc.assert(
      fc.asyncProperty(values, async (rows) => {
        const read = (await textsIn(await xlsxOf([['a', 'b', 'c'], ...rows]))).slice(1);
        const texts = read.map((row) => row.map(restored));
        const shown = (text: string) => (text.trim() === '' ? '' : text);
        expect(texts.map((row) => row.map(shown))).to.deep.equal(spoken(rows).map((row) => row.map(shown)));
      }),
      { numRuns: 40 },
    );
  });
});

describe('a broken file', () => {
  /** A byte here and there is another, or the end is cut off. */
  const breaks = fc.record({
    places: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), { maxLength: 6 }),
    kept: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
  });
  const broken = (bytes: Buffer, { places, kept }: { places: [number, number][]; kept: number }) => {
    const copy = Buffer.from(bytes.subarray(0, Math.ceil(bytes.length * kept)));
    for (const [place, value] of places)
      if (copy.length > 0) copy[Math.floor(place * (copy.length - 1))] = value;
    return copy;
  };
  const wholes = {
    workbook: () => xlsxOf(list),
    'workbook of other texts': () =>
      workbookOf({ a: '<row><c t="s"><v>0</v></c></row>' }, { texts: ['<t>a</t>'] }),
    'UTF-8 table': () => Promise.resolve(Buffer.from(csvOf(list))),
    'GBK table': () => Promise.resolve(iconv.encode(csvOf(list), 'gbk')),
  };
  for (const [name, make] of Object.entries(wholes))
    it(`is read or refused, and nothing else, as a ${name}`, async () => {
      const whole = await make();
      // Anything but rows or a refusal is thrown on, and fails the property.
      await fc.assert(
        fc.asyncProperty(breaks, async (how) => {
          expect(await refusalOf(broken(whole, how))).to.be.a('string');
        }),
        { numRuns: 150 },
      );
    });

  it('is read or refused, and nothing else, whatever its bytes are', async () => {
    const starts = fc.constantFrom('', 'PK\x03\x04', 'sep=', '\uFEFF', '"', '<');
    await fc.assert(
      fc.asyncProperty(starts, fc.uint8Array({ maxLength: 400 }), async (start, bytes) => {
        expect(await refusalOf(Buffer.concat([Buffer.from(start), bytes]))).to.be.a('string');
      }),
      { numRuns: 300 },
    );
  });
}).timeout(120_000);

describe('a table that nobody reads on', () => {
  const make = {
    csv: (rows: AsyncIterable<Value[]>) => csvStream(['a', 'b'], rows),
    xlsx: (rows: AsyncIterable<Value[]>) =>
      xlsxStream('a', ['a', 'b'], rows, new Date('2022-11-29T00:00:00Z')),
  };
  for (const [format, stream] of Object.entries(make))
    it(`is made no further as ${format}`, async () => {
      let made = 0;
      const source = { isClosed: false };
      const rows = async function* (): AsyncGenerator<Value[]> {
        try {
          for (;;) {
            made += 1;
            yield await Promise.resolve([String(made), 'x'.repeat(100)]);
          }
        } finally {
          source.isClosed = true;
        }
      };
      const out = stream(rows());
      await once(out, 'readable');
      // It stands still once its buffers are full, however slow this machine is.
      let before = -1;
      while (made !== before && made < 100_000) {
        before = made;
        await pause(300);
      }
      expect(made).to.be.within(1, 99_999);
      out.destroy();
      for (let tries = 0; !source.isClosed && tries < 100; tries += 1) await pause(50);
      expect(source.isClosed).to.equal(true);
    });
});

describe('a table of strings', () => {
  it('gives back every one by its number', () => {
    fc.assert(
      fc.property(fc.array(someText), (texts) => {
        const table = new StringTable();
        texts.forEach((text) => {
          table.push(text);
        });
        expect(texts.map((_, index) => table.at(index))).to.deep.equal(texts);
        expect([table.at(-1), table.at(texts.length), table.at(0.5)]).to.deep.equal(['', '', '']);
      }),
    );
  });
});
