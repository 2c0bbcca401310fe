// Importing over HTTP, as the desk does: a file is sent, and looked at once it is read.
import { whenImportsAreRead } from '../../server/domain/import-reading.ts';
import { whenImportsAreSubmitted } from '../../server/domain/import-submission.ts';
import { makeUscc } from '../../server/lib/uscc.ts';
import type { Desk, Person } from './world.ts';

export type ShownImport = {
  id: string;
  state: string;
  failure: { code: string; message: string } | null;
  counts: Record<string, number>;
  columns: { header: string; column: string | null }[];
  progress: { phase: string; rows: number; of: number | null };
  warnings: number;
  adjustment: { id: string; state: string } | null;
  can: { submit: boolean };
};
export type ShownRow = {
  row: number | null;
  kind: string;
  merchant: string | null;
  name: string;
  reasons: { column: string | null; code: string; message: string }[];
  warnings: { column: string | null; code: string; message: string }[];
  changes: { column: string; before: unknown; after: unknown }[];
};

type More = { mode?: string; selector?: object; columns?: object; name?: string };

export function sendImport({ api }: Person, bytes: Buffer | string, more: More = {}) {
  const { mode, selector, columns, name = '名单.csv' } = more;
  const sending = api.post('/imports').set('Accept-Language', 'en');
  if (mode !== undefined) void sending.field('mode', mode);
  if (selector) void sending.field('selector', JSON.stringify(selector));
  if (columns) void sending.field('columns', JSON.stringify(columns));
  return sending.attach('file', Buffer.from(bytes), name);
}

/** Sent and read to its end. */
export async function imported(
  person: Person,
  bytes: Buffer | string,
  more: More = {},
): Promise<ShownImport> {
  const { body } = await sendImport(person, bytes, more).expect(202);
  await whenImportsAreRead();
  return shownImport(person, (body as ShownImport).id);
}

export async function shownImport({ api }: Person, id: string): Promise<ShownImport> {
  const { body } = await api.get(`/imports/${id}`).set('Accept-Language', 'en').expect(200);
  return body as ShownImport;
}

export async function rowsOf(
  { api }: Person,
  { id }: Pick<ShownImport, 'id'>,
  kind?: string,
): Promise<ShownRow[]> {
  const query = kind === undefined ? '' : `&kind=${kind}`;
  const path = `/imports/${id}/rows?limit=200${query}`;
  const { body } = await api.get(path).set('Accept-Language', 'en').expect(200);
  return (body as { items: ShownRow[] }).items;
}

/** Row number → codes of its reasons. */
export async function reasonsIn(person: Person, one: ShownImport): Promise<Record<string, string[]>> {
  const rows = [...(await rowsOf(person, one, 'refused')), ...(await rowsOf(person, one, 'conflicts'))];
  return Object.fromEntries(rows.map(({ row, reasons }) => [String(row), reasons.map(({ code }) => code)]));
}

/** Submitted to its end, of any size. */
export async function submittedImport(person: Person, { id }: Pick<ShownImport, 'id'>): Promise<ShownImport> {
  await person.api.post(`/imports/${id}/submit`).expect(202);
  await whenImportsAreSubmitted();
  return shownImport(person, id);
}

/** Submitted by its uploader and approved by the approver. */
export async function enactImport({ staff, approver }: Desk, { id }: ShownImport): Promise<ShownImport> {
  const { body } = await staff.api.post(`/imports/${id}/submit`).send({ reason: '换发名单' }).expect(200);
  const { adjustment } = body as ShownImport;
  const path = `/adjustments/${adjustment?.id ?? ''}`;
  const { setHash } = (await approver.api.get(path).expect(200)).body as { setHash: string };
  await approver.api.post(`${path}/approve`).send({ setHash }).expect(200);
  return shownImport(staff, id);
}

/** A text table of rows by column. */
export function csv(columns: string[], rows: (string | number | null | undefined)[][]): string {
  const cell = (value: string | number | null | undefined) =>
    `"${String(value ?? '').replaceAll('"', '""')}"`;
  return [columns, ...rows].map((row) => row.map(cell).join(',')).join('\r\n');
}

/** The columns of the rows that tests write. */
export const columns = ['编号', '版本', '商户名称', '统一社会信用代码', '类别', '街道', '地址', '联系电话'];

let serial = 0;
export const newUscc = () => makeUscc('92', '230104', 700_000 + (serial += 1));
/** A shop that is not on the list yet. */
export const newRow = (name: string) => [
  '',
  '',
  name,
  newUscc(),
  'pharmacy',
  '靖宇',
  `南勋街${serial}号`,
  '0451-88881234',
];
