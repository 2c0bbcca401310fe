// Writing a text table while it is read: as Excel opens it rightly, and so that no cell begins a formula.
import { Readable } from 'node:stream';
import { neutralised } from './formulas.ts';
import type { Value } from './xlsx-write.ts';

/** Tells Excel that the text is UTF-8. */
const mark = '\uFEFF';
const pieceCharacters = 65_536;

/** `isMarked` for people who open it in Excel; programs take a mark for a part of the first name. */
export function csvStream(
  header: readonly string[],
  rows: AsyncIterable<readonly Value[]>,
  { isMarked = true } = {},
): Readable {
  return Readable.from(piecesOf(isMarked ? mark : '', header, rows), { objectMode: false });
}

async function* piecesOf(
  start: string,
  header: readonly string[],
  rows: AsyncIterable<readonly Value[]>,
): AsyncGenerator<Buffer> {
  let piece = start + lineOf(header);
  for await (const row of rows) {
    piece += lineOf(row);
    if (piece.length < pieceCharacters) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  if (piece !== '') yield Buffer.from(piece);
}

/** One row (RFC 4180). A negative number is a number, and stays one. */
export function lineOf(row: readonly Value[]): string {
  const cells = row.map((value) => (typeof value === 'string' ? quoted(neutralised(value)) : (value ?? '')));
  return `${cells.join(',')}\r\n`;
}

function quoted(text: string): string {
  return /[",\r\n;\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
