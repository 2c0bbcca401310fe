// Finding the header of somebody's table, and which of its columns is what: by their names, by hand, or as last time.
import type { Sheet, SheetRow } from '../lib/sheets/sheet.ts';
import { Unreadable } from '../lib/sheets/unreadable.ts';
import { type ColumnKey, columnNamed, foldedHeader } from './list-columns.ts';

/** What a header means; null where its column is passed over. */
export type MappedColumn = { header: string; column: ColumnKey | null };
/** What somebody said by hand. */
export type HandMapping = MappedColumn[];
export type Header = { row: number; columns: MappedColumn[] };

/** Titles, notes and blank lines may stand above a header, so many rows at most. */
const rowsAbove = 30;
/** A header names that many columns at least: a title above the table may happen to hold one of their names. */
const fewestNamed = 2;
const identifying: ColumnKey[] = ['id', 'doorCode', 'name', 'uscc', 'registerNumber'];

/** What a set of headers is remembered by, whatever their order. */
export function headerKey(headers: string[]): string {
  return [...new Set(headers.map(foldedHeader).filter((header) => header !== ''))].toSorted().join('|');
}

/** Which column each cell of a row heads. */
export function mapHeader(texts: string[], byHand: HandMapping): MappedColumn[] {
  const said = new Map(byHand.map(({ header, column }) => [foldedHeader(header), column]));
  return texts.map((header) => {
    const folded = foldedHeader(header);
    const column = said.has(folded) ? (said.get(folded) ?? null) : columnNamed(header);
    return { header: header.trim(), column: folded === '' ? null : column };
  });
}

const namedIn = (columns: MappedColumn[]): ColumnKey[] =>
  columns.flatMap(({ column }) => (column === null ? [] : [column]));

function isHeader(columns: MappedColumn[]): boolean {
  const named = new Set(namedIn(columns));
  const filled = columns.filter(({ header }) => header !== '').length;
  const enough = named.size >= fewestNamed || (named.size === 1 && filled === 1);
  return enough && identifying.some((key) => named.has(key));
}

/** The row that looks most like a header where none is recognised, for somebody to say what its columns are. */
export type Found = { header: Header | null; guess: Header | null };

/** Looks through the first rows. `remembered` gives what was said by hand of the same headers before. */
export function findHeader(
  rows: SheetRow[],
  byHand: HandMapping,
  remembered: (key: string) => HandMapping | undefined = () => undefined,
): Found {
  let guess: Header | null = null;
  for (const { number, cells } of rows.slice(0, rowsAbove)) {
    const texts = cells.map(({ text }) => text);
    const columns = mapHeader(texts, [...(remembered(headerKey(texts)) ?? []), ...byHand]);
    const header = { row: number, columns };
    if (isHeader(columns)) return { header, guess: header };
    const wider = filledIn(columns) > (guess === null ? 1 : filledIn(guess.columns));
    if (wider) guess = header;
  }
  return { header: null, guess };
}

const filledIn = (columns: MappedColumn[]): number => columns.filter(({ header }) => header !== '').length;

/** The sheet that has a header. Throws `Unreadable` where none or several have. `guess` is of the first sheet that has any row. */
export async function pickSheet(
  sheets: Sheet[],
  byHand: HandMapping,
  remembered: (key: string) => HandMapping | undefined,
): Promise<{ sheet: Sheet; header: Header } | { guess: Header | null }> {
  const picked: { sheet: Sheet; header: Header }[] = [];
  let guess: Header | null = null;
  for (const sheet of sheets) {
    const found = findHeader(await firstRows(sheet), byHand, remembered);
    if (found.header) picked.push({ sheet, header: found.header });
    guess ??= found.guess;
  }
  if (picked.length > 1)
    throw new Unreadable('two-sheets', { sheets: picked.map(({ sheet }) => sheet.name).join('、') });
  return picked[0] ?? { guess };
}

async function firstRows(sheet: Sheet): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const row of sheet.rows()) {
    rows.push(row);
    if (rows.length >= rowsAbove) break;
  }
  return rows;
}

/** A header that cannot be worked with, said before its rows are read. */
export function requireSound({ columns }: Header): void {
  const seen = new Map<ColumnKey, string>();
  for (const { header, column } of columns) {
    if (column === null) continue;
    const first = seen.get(column);
    if (first !== undefined) throw new Unreadable('doubled-column', { first, second: header });
    seen.set(column, header);
  }
}
