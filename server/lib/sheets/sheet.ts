// A table as its readers hand it on: rows of cells, each with its text and how it was typed. Rows without any text are left out.

/** How a cell was typed: Excel keeps 15 digits of a number only, and makes dates of what looks like one. */
export type CellKind = 'text' | 'number' | 'date' | 'error';
export type Cell = { kind: CellKind; text: string };

/** `number` as the user's own program shows it, from 1. */
export type SheetRow = { number: number; cells: Cell[] };

export type Sheet = {
  name: string;
  /** Whether every row says where it ends: a row of another length than the header is then a broken one. */
  isDelimited: boolean;
  /** From the first row on, each time anew. */
  rows(): SheetRows;
};

/** `read` is the share of the sheet that was read so far, from 0 to 1. */
export type SheetRows = AsyncIterable<SheetRow> & { readonly read: number };

/** Rows whose reader says of each piece which share of the sheet it was. */
export function countedRows(
  reader: (onRead: (share: number) => void) => AsyncGenerator<SheetRow>,
): SheetRows {
  let read = 0;
  const rows = reader((share) => (read += share));
  return {
    [Symbol.asyncIterator]: () => rows,
    get read() {
      return Math.min(1, read);
    },
  };
}

export type OpenTable = { sheets: Sheet[]; close(): Promise<void> };

export const mostColumns = 200;
export const mostRows = 1_000_000;
/** One row holds so much text at most: a small file could name the same long text very many times. */
export const rowCharacters = 100_000;

export const blank: Cell = { kind: 'text', text: '' };
