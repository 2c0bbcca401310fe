// Text tables: comma, semicolon, tab or bar between the cells, quotation marks where a cell holds one of them.
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { CsvError, type Options, parse } from 'csv-parse';
import { parse as parseAtOnce } from 'csv-parse/sync';
import { type Encoding, encodingOf, textOf } from './encoding.ts';
import {
  countedRows,
  mostColumns,
  mostRows,
  type OpenTable,
  rowCharacters,
  type Sheet,
  type SheetRow,
} from './sheet.ts';
import { Unreadable } from './unreadable.ts';

const delimiters = [',', '\t', ';', '|', '，', '；'] as const;
export type Delimiter = (typeof delimiters)[number];

/** What a delimiter is found by. */
const sampleCharacters = 65_536;
const sampleRows = 40;

const loose = {
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: false,
  record_delimiter: ['\r\n', '\n', '\r'],
  // A quotation mark that is never closed takes in all that follows.
  max_record_size: rowCharacters,
} as const satisfies Options;

export async function openCsv(path: string, name: string): Promise<OpenTable> {
  const { size } = await stat(path);
  const encoding = await encodingOf(path);
  const { text, isAll } = await sampleOf(path, encoding);
  if (/^\s*<(!doctype|html|\?xml|table|meta|head)/i.test(text)) throw new Unreadable('web-page');
  const announced = /^sep=(.)\r?\n/i.exec(text);
  const known = delimiters.find((one) => one === announced?.[1]);
  const delimiter = known ?? delimiterOf(isAll ? text : text.slice(0, text.lastIndexOf('\n') + 1));
  const source = { path, encoding, delimiter, size, skipped: announced ? 1 : 0 };
  const sheet: Sheet = {
    name,
    isDelimited: true,
    rows: () => countedRows((onRead) => readRows(source, onRead)),
  };
  return { sheets: [sheet], close: () => Promise.resolve() };
}

async function sampleOf(path: string, encoding: Encoding): Promise<{ text: string; isAll: boolean }> {
  let text = '';
  for await (const piece of textOf(path, encoding)) {
    text += piece;
    if (text.length >= sampleCharacters) return { text: text.slice(0, sampleCharacters), isAll: false };
  }
  return { text, isAll: true };
}

/** The one that gives most rows the same number of cells, and more than one; a comma where none does. */
export function delimiterOf(sample: string): Delimiter {
  const scored = delimiters.map((delimiter) => ({ delimiter, score: scoreOf(sample, delimiter) }));
  const best = scored.reduce((one, other) => (other.score > one.score ? other : one));
  return best.delimiter;
}

function scoreOf(sample: string, delimiter: Delimiter): number {
  let rows: string[][];
  try {
    rows = parseAtOnce(sample, { ...loose, delimiter, to: sampleRows });
  } catch {
    return 0;
  }
  const widths = new Map<number, number>();
  for (const row of rows) if (row.length > 1) widths.set(row.length, (widths.get(row.length) ?? 0) + 1);
  // Cells that line up: so many rows of the commonest width, times what is between their cells.
  return Math.max(0, ...[...widths].map(([width, count]) => (width - 1) * count));
}

/** Rows of a sheet in Excel, which writes all of them as commas where somebody has formatted them. */
const sheetRows = 1_048_576;
/** Empty lines one after the other: no table has so many, and each would be read as a row. */
const mostBlankLines = 10_000;

async function* withoutLongGaps(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let breaks = 0;
  for await (const piece of pieces) {
    for (const character of piece) {
      if (character === '\n' || character === '\r') breaks += 1;
      else if (character !== ' ') breaks = 0;
      // Two characters may end a line.
      if (breaks > 2 * mostBlankLines)
        throw new Unreadable('too-many-blank-lines', { limit: mostBlankLines });
    }
    yield piece;
  }
}

type Source = { path: string; encoding: Encoding; delimiter: Delimiter; size: number; skipped: number };

async function* readRows(
  { path, encoding, delimiter, size, skipped }: Source,
  onRead: (share: number) => void,
): AsyncGenerator<SheetRow> {
  const pieces = textOf(path, encoding, (count) => {
    onRead(count / size);
  });
  const input = Readable.from(withoutLongGaps(pieces), { objectMode: true });
  const parser = parse({ ...loose, delimiter });
  input.on('error', (error) => parser.destroy(error));
  input.pipe(parser);
  let number = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      number += 1;
      const isBlank = record.every((cell) => cell.trim() === '');
      if (number > (isBlank ? sheetRows : mostRows))
        throw new Unreadable('too-many-rows', { limit: mostRows });
      if (number <= skipped || isBlank) continue;
      if (record.length > mostColumns && record.slice(mostColumns).some((cell) => cell.trim() !== ''))
        throw new Unreadable('too-wide', { limit: mostColumns });
      yield { number, cells: record.map((text) => ({ kind: 'text', text })) };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const isQuote = /QUOTE|RECORD_SIZE/.test(error.code);
    throw new Unreadable(isQuote ? 'open-quote' : 'damaged', { row: number + 1 });
  } finally {
    input.destroy();
    parser.destroy();
  }
}
