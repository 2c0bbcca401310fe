// One cell of a table as a value of the list: cleaned, checked, or the reason why it cannot be taken.
import type { Mode, Status } from '../../models/merchant.ts';
import { isDoorCode, normalizeDoorCode } from '../lib/door-code.ts';
import { restored } from '../lib/sheets/formulas.ts';
import type { Cell } from '../lib/sheets/sheet.ts';
import { explainUscc, normalizeUscc } from '../lib/uscc.ts';
import type { Fault } from './import-words.ts';
import { type ColumnKey, keyOfWord, modeWords, statusWords } from './list-columns.ts';

/** Says that what stands there is to be taken away. */
export const clearing = '∅';

export type RowValues = Partial<{
  id: string;
  rev: number;
  doorCode: string;
  name: string;
  uscc: string | null;
  outlet: number;
  registerNumber: string | null;
  category: string;
  subdistrict: string;
  subdistrictName: string;
  address: string;
  lng: number | null;
  lat: number | null;
  site: string | null;
  mode: Mode[];
  gbt4754: string | null;
  capacity: number | null;
  status: Status;
  contactName: string;
  contactPhone: string;
}>;

type Taken<T> = { value: T } | { fault: Omit<Fault, 'column'> };
type Reader<K extends keyof RowValues> = (text: string) => Taken<NonNullable<RowValues[K]>>;

const fault = (code: Fault['code'], facts?: Fault['facts']): { fault: Omit<Fault, 'column'> } => ({
  fault: { code, ...(facts && { facts }) },
});
/** As much of a cell as tells which one it is. */
const toldCharacters = 64;
const told = (text: string): string => text.slice(0, toldCharacters);

/** Codes of which Excel keeps fifteen digits, and no leading zero, once they are numbers. */
const codeColumns: ColumnKey[] = ['uscc', 'registerNumber', 'doorCode'];
/** Digits that a number cell holds exactly. */
const exactDigits = 15;
/** A name may hold an asterisk of its own. */
const neverMasked: ColumnKey[] = ['name'];
const clearable: Partial<RowValues> = {
  uscc: null,
  registerNumber: null,
  lng: null,
  lat: null,
  site: null,
  gbt4754: null,
  capacity: null,
  contactName: '',
  contactPhone: '',
};

/** Blanks of any kind at the ends, line breaks and marks that nobody sees. */
export function tidied(text: string): string {
  return restored(text)
    .replace(/[\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF\0]|\p{Surrogate}/gu, '')
    .replace(/[\r\n\t\v\f]+/g, ' ')
    .trim();
}

const plain = (text: string) => text.normalize('NFKC').trim();
/** Digits and letters alone: what else is wide in a Chinese number belongs to it. */
const narrow = (text: string) =>
  text.replace(/[０-９Ａ-Ｚａ-ｚ－\u3000]/g, (wide) => wide.normalize('NFKC')).trim();

const ofLength =
  (most: number, tidy: (text: string) => string = (text) => text) =>
  (text: string): Taken<string> => {
    const value = tidy(text);
    return value.length <= most ? { value } : fault('too-long', { most });
  };

const whole =
  (least: number, most: number) =>
  (text: string): Taken<number> => {
    const value = Number(plain(text).replace(/,(?=\d{3}\b)/g, ''));
    return Number.isInteger(value) && value >= least && value <= most
      ? { value }
      : fault('not-a-number', { least, most });
  };

const degrees =
  (most: number) =>
  (text: string): Taken<number> => {
    const value = Number(plain(text).replace(/°$/, ''));
    return Number.isFinite(value) && Math.abs(value) <= most ? { value } : fault('not-degrees', { most });
  };

const readers: { [K in keyof RowValues]-?: Reader<K> } = {
  id: (text) => {
    const value = plain(text).toLowerCase();
    return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value) ? { value } : fault('not-an-id');
  },
  rev: whole(0, 1_000_000_000),
  doorCode: (text) => {
    const value = normalizeDoorCode(text);
    return isDoorCode(value) ? { value } : fault('wrong-door-code');
  },
  name: ofLength(128),
  uscc: (text) => {
    const value = normalizeUscc(text).replace(/[\s\p{Dash}]/gu, '');
    const why = explainUscc(value);
    return why === 'ok' ? { value } : fault(`uscc-${why}`);
  },
  outlet: whole(1, 99_999),
  registerNumber: ofLength(64, narrow),
  category: ofLength(128),
  subdistrict: ofLength(64, plain),
  subdistrictName: ofLength(64),
  address: ofLength(256),
  lng: degrees(180),
  lat: degrees(90),
  site: ofLength(128),
  mode: (text) => {
    const words = text.split(/[、,，;；/|+]/).flatMap((word) => word.trim() || []);
    const value = words.flatMap((word) => keyOfWord(modeWords, word) ?? []);
    return value.length === words.length && value.length > 0
      ? { value: [...new Set(value)] }
      : fault('unknown-word', { word: told(text) });
  },
  gbt4754: ofLength(8, (text) => plain(text).toUpperCase()),
  capacity: whole(0, 1_000_000),
  status: (text) => {
    const value = keyOfWord(statusWords, text);
    return value === null ? fault('unknown-word', { word: told(text) }) : { value };
  },
  contactName: ofLength(64),
  contactPhone: ofLength(32, (text) => narrow(text).replace(/\s+/g, ' ')),
};

/** Columns that are written for people and read by nobody. */
const unread: ColumnKey[] = ['since'];

/** The values of one row; a column that is not there, empty or masked is left out, and so changes nothing. */
export function readRow(
  cells: Cell[],
  columns: (ColumnKey | null)[],
): { values: RowValues; faults: Fault[] } {
  const values: RowValues = {};
  const faults: Fault[] = [];
  columns.forEach((column, index) => {
    const cell = cells[index];
    if (column === null || cell === undefined || unread.includes(column)) return;
    const read = readCell(column as keyof RowValues, cell);
    if (read === null) return;
    if ('fault' in read) faults.push({ column, ...read.fault });
    else Object.assign(values, { [column]: read.value });
  });
  return { values, faults };
}

function readCell(column: keyof RowValues, cell: Cell): Taken<unknown> | null {
  const text = tidied(cell.text);
  if (text === '') return null;
  if (text === clearing)
    return column in clearable ? { value: clearable[column] } : fault('cannot-be-cleared');
  if (!neverMasked.includes(column) && /[*＊]/.test(text)) return null;
  if (cell.kind === 'error') return fault('formula-error', { text: told(text) });
  if (isNumberInPlaceOfCode(column, cell, text)) return fault('code-as-number');
  // Excel makes a day of "3-5" while somebody types it.
  if (cell.kind === 'date') return fault('became-a-date', { text: told(text) });
  return readers[column](text);
}

function isNumberInPlaceOfCode(column: ColumnKey, { kind }: Cell, text: string): boolean {
  // As Excel shows a long number, and saves it in a text table.
  const isRounded = /^\d[.]\d+e\+\d+$/i.test(text);
  if (codeColumns.includes(column)) return kind === 'number' || isRounded;
  return column === 'contactPhone' && (isRounded || (kind === 'number' && text.length > exactDigits));
}

/** A text of the list as its cell would be read: two that are read alike say the same. */
export function readAgain(column: keyof RowValues, text: string): unknown {
  const read = readers[column](tidied(text));
  return 'value' in read ? read.value : text;
}
