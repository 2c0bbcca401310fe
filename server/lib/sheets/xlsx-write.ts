// Writing a workbook of one sheet while it is read: no row is kept, and nothing is made before somebody takes it.
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { neutralised } from './formulas.ts';

/** Text, a number that may be reckoned with, or an empty cell. */
export type Value = string | number | null;

/** Excel shows no more rows. */
export const mostSheetRows = 1_048_576;

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';
const media = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const fixedParts = {
  '[Content_Types].xml': `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${media}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${media}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${media}.styles+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
  // Style 1 is the header's, style 2 text: what is typed into such a cell later stays text, eighteen digits included.
  'xl/styles.xml': `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf fontId="1" xfId="0" applyFont="1"/><xf numFmtId="49" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`,
} as const;

/** The header stays in sight while the rows are scrolled. */
const sheetHead = `<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="99" width="16" style="2" customWidth="1"/></cols><sheetData>`;
const sheetFoot = '</sheetData></worksheet>';

/** A workbook as a stream, made as fast as it is read. */
export function xlsxStream(
  title: string,
  header: readonly string[],
  rows: AsyncIterable<readonly Value[]>,
  mtime: Date,
): Readable {
  const zip = new ZipFile();
  const out = zip.outputStream as Readable;
  const workbook = `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escaped(title)}" sheetId="1" r:id="rId1"/></sheets></workbook>`;
  const parts = { ...fixedParts, 'xl/workbook.xml': workbook };
  for (const [name, xml] of Object.entries(parts)) zip.addBuffer(Buffer.from(head + xml), name, { mtime });
  let sheet: Readable | undefined;
  zip.addReadStreamLazy('xl/worksheets/sheet1.xml', { mtime }, (give) => {
    sheet = Readable.from(sheetOf(header, rows), { objectMode: false });
    sheet.on('error', (error) => out.destroy(error));
    give(null, sheet);
  });
  zip.on('error', (error: Error) => out.destroy(error));
  out.once('close', () => sheet?.destroy());
  zip.end();
  return out;
}

async function* sheetOf(
  header: readonly string[],
  rows: AsyncIterable<readonly Value[]>,
): AsyncGenerator<Buffer> {
  let piece = `${head}${sheetHead}${rowOf(header, 1, 1)}`;
  let number = 1;
  for await (const row of rows) {
    number += 1;
    if (number > mostSheetRows) break;
    piece += rowOf(row, number, 2);
    if (piece.length < pieceCharacters) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  yield Buffer.from(piece + sheetFoot);
}

/** Handed on at once: a stream of single rows would cost more than making them. */
const pieceCharacters = 65_536;

function rowOf(values: readonly Value[], number: number, textStyle: number): string {
  const cells = values.map((value, index) => {
    if (value === null || value === '') return '';
    const place = `r="${columnName(index)}${number}"`;
    if (typeof value === 'number') return `<c ${place}><v>${value}</v></c>`;
    return `<c ${place} t="inlineStr" s="${textStyle}"><is><t xml:space="preserve">${escaped(neutralised(value))}</t></is></c>`;
  });
  return `<row r="${number}">${cells.join('')}</row>`;
}

/** 0 → `A`, 26 → `AA`. */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Characters that XML cannot hold are written as workbooks write them, and so is what would be read as one of those. */
function escaped(text: string): string {
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>"]/g, (one) => entities[one] ?? one)
    .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, (one) => (one === '\n' || one === '\t' ? one : escapedUnit(one)));
}

const escapedUnit = (one: string): string =>
  `_x${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
