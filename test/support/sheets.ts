// Tables as files, and as their readers give them.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { openTable } from '../../server/lib/sheets/open-table.ts';
import type { SheetRow } from '../../server/lib/sheets/sheet.ts';
import { Unreadable } from '../../server/lib/sheets/unreadable.ts';
import { type Value, xlsxStream } from '../../server/lib/sheets/xlsx-write.ts';

let folder: string | undefined;
let serial = 0;

export async function fileOf(bytes: Buffer | string): Promise<string> {
  folder ??= await mkdtemp(join(tmpdir(), 'mingdan-sheets-'));
  const path = join(folder, String((serial += 1)));
  await writeFile(path, bytes);
  return path;
}

/** The rows of the first sheet of a file. */
export async function rowsIn(bytes: Buffer | string): Promise<SheetRow[]> {
  const table = await openTable(await fileOf(bytes), 'a file');
  try {
    const rows: SheetRow[] = [];
    for await (const row of table.sheets[0]?.rows() ?? []) rows.push(row);
    return rows;
  } finally {
    await table.close();
  }
}

export const textsIn = async (bytes: Buffer | string) =>
  (await rowsIn(bytes)).map(({ cells }) => cells.map(({ text }) => text));

/** Why a file cannot be read. */
export async function refusalOf(bytes: Buffer | string): Promise<string> {
  try {
    await rowsIn(bytes);
  } catch (error) {
    if (error instanceof Unreadable) return error.code;
    throw error;
  }
  return 'none';
}

export async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}

export function xlsxOf(rows: Value[][]): Promise<Buffer> {
  const [header = [], ...rest] = rows;
  const names = header.map(String);
  return buffer(xlsxStream('名单', names, each(rest), new Date('2022-11-29T00:00:00Z')));
}

/** A ZIP of these parts. */
export function zipOf(parts: Record<string, string | Buffer>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream);
}

/** A workbook as other programs write it: `sheets` are the insides of `sheetData`, by name. */
export function workbookOf(
  sheets: Record<string, string>,
  {
    texts = [],
    styles = '',
    more = {},
  }: { texts?: string[]; styles?: string; more?: Record<string, string> } = {},
): Promise<Buffer> {
  const names = Object.keys(sheets);
  const listed = names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`);
  const linked = names.map(
    (_, i) => `<Relationship Id="rId${i + 1}" Target="worksheets/sheet${i + 1}.xml"/>`,
  );
  return zipOf({
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': '<Relationships><Relationship Id="a" Target="xl/workbook.xml"/></Relationships>',
    'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${linked.join('')}</Relationships>`,
    'xl/sharedStrings.xml': `<sst>${texts.map((text) => `<si>${text}</si>`).join('')}</sst>`,
    'xl/styles.xml': `<styleSheet>${styles}</styleSheet>`,
    ...Object.fromEntries(
      names.map((name, i) => [
        `xl/worksheets/sheet${i + 1}.xml`,
        `<worksheet><sheetData>${sheets[name] ?? ''}</sheetData></worksheet>`,
      ]),
    ),
    ...more,
  });
}
