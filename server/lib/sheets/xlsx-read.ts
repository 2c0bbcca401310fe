// Workbooks (.xlsx, .xlsm): their visible sheets row by row, each cell with its text and how it was typed.
import { posix } from 'node:path';
import {
  blank,
  type Cell,
  countedRows,
  mostColumns,
  mostRows,
  type OpenTable,
  rowCharacters,
  type Sheet,
  type SheetRow,
} from './sheet.ts';
import { StringTable } from './string-table.ts';
import { Unreadable } from './unreadable.ts';
import { attributeOf, type XmlListener, XmlTokens } from './xml-tokens.ts';
import { ZipParts } from './zip-parts.ts';

/** Sheets of one workbook that are looked at. */
const mostSheets = 50;
/** All the texts of a workbook together, which are kept at hand while it is read. */
const mostTextBytes = 268_435_456;
const mostTexts = 16_777_216;
/** Excel makes a hundredth of so many styles, and of so many links. */
const mostStyles = 1_000_000;
const mostLinks = 10_000;
/** Excel takes no longer format of a number. */
const formatCharacters = 255;

const ignore = () => undefined;
type Book = {
  parts: ZipParts;
  texts: StringTable;
  /** Whether a cell of this style shows a date. */
  dateStyles: boolean[];
  /** Day 0 in this workbook. */
  epoch: number;
};
type Listed = { name: string; part: string };

export async function openXlsx(path: string): Promise<OpenTable> {
  const parts = await ZipParts.open(path);
  try {
    const main = await mainPart(parts);
    const folder = main.slice(0, main.lastIndexOf('/') + 1);
    const links = await linksOf(parts, `${folder}_rels/${main.slice(folder.length)}.rels`, folder);
    const { listed, is1904 } = await readWorkbook(parts, main, links);
    const partOf = (ending: string) =>
      [...links.values()].find((name) => name.endsWith(ending)) ?? `${folder}${ending}`;
    const book: Book = {
      parts,
      texts: await readTexts(parts, partOf('sharedStrings.xml')),
      dateStyles: await readStyles(parts, partOf('styles.xml')),
      epoch: is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30),
    };
    const sheets = listed.map((one): Sheet => ({
      name: one.name,
      isDelimited: false,
      rows: () => countedRows((onRead) => readRows(book, one.part, onRead)),
    }));
    return { sheets, close: () => parts.close() };
  } catch (error) {
    await parts.close();
    throw error;
  }
}

/** Where the workbook begins. Throws for a ZIP that is something else: another office's file, a folder of photos. */
async function mainPart(parts: ZipParts): Promise<string> {
  if (!parts.has('[Content_Types].xml')) throw new Unreadable('other-workbook');
  const links = await linksOf(parts, '_rels/.rels', '');
  const found = [...links.values(), 'xl/workbook.xml'].find(
    (name) => /workbook\w*[.]xml$/.test(name) && parts.has(name),
  );
  if (found === undefined) throw new Unreadable('other-workbook');
  return found;
}

async function listen(pieces: AsyncIterable<string>, listener: Partial<XmlListener>): Promise<void> {
  const tokens = new XmlTokens({ open: ignore, close: ignore, text: ignore, ...listener });
  for await (const piece of pieces) tokens.write(piece);
}

/** Relationship id → the part it names. */
async function linksOf(parts: ZipParts, name: string, folder: string): Promise<Map<string, string>> {
  const links = new Map<string, string>();
  await listen(parts.text(name), {
    open(element, attributes) {
      if (element !== 'Relationship' || attributeOf(attributes, 'TargetMode') === 'External') return;
      if (links.size >= mostLinks) throw new Unreadable('unpacks-too-large');
      const target = attributeOf(attributes, 'Target') ?? '';
      const place = target.startsWith('/') ? target.slice(1) : `${folder}${target}`;
      links.set(attributeOf(attributes, 'Id') ?? '', posix.normalize(place));
    },
  });
  return links;
}

async function readWorkbook(
  parts: ZipParts,
  main: string,
  links: Map<string, string>,
): Promise<{ listed: Listed[]; is1904: boolean }> {
  const listed: Listed[] = [];
  let is1904 = false;
  await listen(parts.text(main), {
    open(element, attributes) {
      if (element === 'workbookPr') is1904 = /^(1|true)$/.test(attributeOf(attributes, 'date1904') ?? '');
      if (element !== 'sheet' || (attributeOf(attributes, 'state') ?? 'visible') !== 'visible') return;
      const id = /\s\w+:id\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1] ?? '';
      const part = links.get(id);
      if (part !== undefined && parts.has(part) && listed.length < mostSheets)
        listed.push({ name: attributeOf(attributes, 'name') ?? '', part });
    },
  });
  return { listed, is1904 };
}

/** The texts that cells refer to by number. Readings above Chinese characters are no part of them. */
async function readTexts(parts: ZipParts, name: string): Promise<StringTable> {
  const texts = new StringTable();
  let text = '';
  let isText = false;
  let isReading = false;
  await listen(parts.text(name), {
    open(element) {
      if (element === 'si') text = '';
      if (element === 'rPh') isReading = true;
      isText = element === 't' && !isReading;
    },
    text(piece) {
      if (isText && text.length <= rowCharacters) text += piece;
    },
    close(element) {
      isText = false;
      if (element === 'rPh') isReading = false;
      if (element !== 'si') return;
      texts.push(unescaped(text));
      if (texts.size > mostTextBytes || texts.length > mostTexts) throw new Unreadable('unpacks-too-large');
    },
  });
  return texts;
}

/** Numbers of the built-in formats that show a date or a time, those of Chinese editions included. */
const isBuiltInDate = (id: number) =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

async function readStyles(parts: ZipParts, name: string): Promise<boolean[]> {
  const dateFormats = new Set<number>();
  const styles: boolean[] = [];
  let isInCells = false;
  await listen(parts.text(name), {
    open(element, attributes) {
      if (element === 'numFmt' && dateFormats.size < mostStyles) {
        // Literal text and colours in a format say nothing about what it shows.
        const written = (attributeOf(attributes, 'formatCode') ?? '').slice(0, formatCharacters);
        const code = written.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '');
        if (/[ymdhs年月日时分秒]/i.test(code)) dateFormats.add(Number(attributeOf(attributes, 'numFmtId')));
      }
      if (element === 'cellXfs') isInCells = true;
      if (element !== 'xf' || !isInCells) return;
      if (styles.length >= mostStyles) throw new Unreadable('unpacks-too-large');
      const format = Number(attributeOf(attributes, 'numFmtId') ?? 0);
      styles.push(isBuiltInDate(format) || dateFormats.has(format));
    },
    close(element) {
      if (element === 'cellXfs') isInCells = false;
    },
  });
  return styles;
}

async function* readRows(
  book: Book,
  part: string,
  onRead: (share: number) => void,
): AsyncGenerator<SheetRow> {
  const size = Math.max(1, book.parts.sizeOf(part));
  const reader = new RowReader(book);
  const tokens = new XmlTokens(reader);
  const pieces = book.parts.text(part, (count) => {
    onRead(count / size);
  });
  for await (const piece of pieces) {
    tokens.write(piece);
    yield* reader.taken();
  }
}

/** Turns the tokens of a sheet into its rows. What a row or a cell does not say about its place follows from the one before. */
class RowReader implements XmlListener {
  private readonly book: Book;
  private rows: SheetRow[] = [];
  private number = 0;
  private above = 0;
  private cells: Cell[] = [];
  private characters = 0;
  private column = -1;
  private type = 'n';
  private style = 0;
  private value = '';
  private isValue = false;
  private isReading = false;

  constructor(book: Book) {
    this.book = book;
  }

  taken(): SheetRow[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  open(name: string, attributes: string): void {
    this.isValue = (name === 'v' || name === 't') && !this.isReading;
    if (name === 'row') {
      this.number = Number(attributeOf(attributes, 'r') ?? this.number + 1);
      this.cells = [];
      this.characters = 0;
      this.column = -1;
    } else if (name === 'c') {
      const place = attributeOf(attributes, 'r');
      this.column = place === null ? this.column + 1 : columnOf(place);
      this.type = attributeOf(attributes, 't') ?? 'n';
      this.style = Number(attributeOf(attributes, 's') ?? 0);
      this.value = '';
    } else if (name === 'rPh') this.isReading = true;
  }

  text(text: string): void {
    if (this.isValue && this.value.length <= rowCharacters) this.value += text;
  }

  close(name: string): void {
    this.isValue = false;
    if (name === 'c') this.place(this.cell());
    else if (name === 'rPh') this.isReading = false;
    else if (name === 'row') this.end();
  }

  private place(cell: Cell): void {
    if (cell.text.trim() === '') return;
    if (this.column >= mostColumns || this.column < 0)
      throw new Unreadable('too-wide', { limit: mostColumns });
    this.characters += cell.text.length;
    if (this.characters > rowCharacters)
      throw new Unreadable('row-too-long', { row: this.number, limit: rowCharacters });
    while (this.cells.length < this.column) this.cells.push(blank);
    this.cells[this.column] = cell;
  }

  private end(): void {
    if (this.cells.length === 0) return;
    if (this.number > mostRows) throw new Unreadable('too-many-rows', { limit: mostRows });
    if (!(this.number > this.above)) throw new Unreadable('damaged');
    this.above = this.number;
    this.rows.push({ number: this.number, cells: this.cells });
  }

  private cell(): Cell {
    const { value } = this;
    switch (this.type) {
      case 's':
        return { kind: 'text', text: value === '' ? '' : this.book.texts.at(Number(value)) };
      case 'inlineStr':
      case 'str':
        return { kind: 'text', text: unescaped(value) };
      case 'b':
        return { kind: 'text', text: value === '1' ? 'TRUE' : 'FALSE' };
      case 'e':
        return { kind: 'error', text: value };
      case 'd':
        return { kind: 'date', text: value };
      default:
        return this.numeric();
    }
  }

  private numeric(): Cell {
    const { value } = this;
    const number = Number(value);
    if (value.trim() === '' || !Number.isFinite(number)) return { kind: 'text', text: value };
    if (!this.book.dateStyles[this.style]) return { kind: 'number', text: String(number) };
    const at = new Date(this.book.epoch + Math.round(number * 86_400_000));
    const text = Number.isNaN(at.getTime()) ? value : at.toISOString().slice(0, 19).replace('T00:00:00', '');
    return { kind: 'date', text };
  }
}

/** `AB12` → 27. */
function columnOf(place: string): number {
  let column = 0;
  for (const letter of place.toUpperCase()) {
    if (letter < 'A' || letter > 'Z') break;
    column = column * 26 + letter.charCodeAt(0) - 64;
    if (column > 99_999) break;
  }
  return column - 1;
}

/** Control characters are written as `_x000D_` in workbooks. What was cut off stays too long for a row. */
function unescaped(text: string): string {
  if (!text.includes('_x') || text.length > rowCharacters) return text;
  return text.replace(/_x([0-9A-F]{4})_/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
