// A file of a list, whatever program wrote it: told by its first bytes, never by its name.
import { open } from 'node:fs/promises';
import { openCsv } from './csv-read.ts';
import type { OpenTable } from './sheet.ts';
import { Unreadable } from './unreadable.ts';
import { openXlsx } from './xlsx-read.ts';

/** What is told by its beginning, and is no table. */
const otherKinds = ['%PDF', '\x89PNG', 'GIF8', '\xff\xd8\xff', '\x1f\x8b', 'Rar!', '7z\xbc\xaf', 'BM6'];

/** Opens a CSV or XLSX file. Throws `Unreadable` for anything else, with what to do about it. */
export async function openTable(path: string, name: string): Promise<OpenTable> {
  const start = await beginningOf(path);
  if (start === '') throw new Unreadable('empty');
  if (start.startsWith('\xd0\xcf\x11\xe0')) throw new Unreadable('old-workbook');
  if (start.startsWith('PK\x03\x04')) return openXlsx(path);
  if (start.startsWith('PK') || otherKinds.some((kind) => start.startsWith(kind)))
    throw new Unreadable('not-a-table');
  return openCsv(path, name);
}

async function beginningOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}
