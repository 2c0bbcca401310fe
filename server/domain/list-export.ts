// Exporting the list: the same rows as the list shows, as a stream of any size, and each export is in the audit trail.
import { Readable } from 'node:stream';
import { type MerchantPeriod, MerchantPeriodModel } from '../../models/merchant-period.ts';
import { type Merchant, MerchantModel, statuses } from '../../models/merchant.ts';
import { localDay } from '../lib/calendar.ts';
import { clock } from '../lib/clock.ts';
import { invalidPart, type Language, Problem } from '../lib/problem.ts';
import { csvStream } from '../lib/sheets/csv-write.ts';
import { mostSheetRows, type Value, xlsxStream } from '../lib/sheets/xlsx-write.ts';
import type { Filter } from './abilities.ts';
import type { Actor } from './actor.ts';
import { placeOfActor } from './actor-place.ts';
import { recordAudit } from './audit.ts';
import { columnKeys, columnTitles } from './list-columns.ts';
import {
  contactsOf,
  type Listed,
  listedNow,
  listedThen,
  periodsThen,
  presentMerchants,
  rowWriter,
} from './list-rows.ts';
import { livesZip } from './lives-export.ts';
import { asOfFilter, type MerchantQuery, presentFilter } from './merchants.ts';

export const exportFormats = ['csv', 'xlsx', 'ndjson', 'lives'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const exportMedia: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ndjson: 'application/x-ndjson',
  lives: 'application/zip',
};

export type ExportRequest = {
  format: ExportFormat;
  query: MerchantQuery;
  asOf: Date | null;
  language: Language;
  /** How the interface shows a merchant, now and as of an instant, for programs. */
  show: (merchant: Merchant) => object;
  showThen: (period: MerchantPeriod) => object;
};

/** The list as a file that is written while it is read. Throws `too-large` for more rows than a sheet holds. */
export async function exportList(
  actor: Actor,
  { format, query, asOf, language, show, showThen }: ExportRequest,
): Promise<{ name: string; stream: Readable }> {
  if (asOf && format === 'lives')
    throw invalidPart(
      '/query/asOf',
      '过去的名单不能导出为 lives / the list of then is exported as csv, xlsx or ndjson',
    );
  // With each status named an index gives the order, as it does for the list.
  const everyStatus = query.where.status === undefined ? [{ status: { $in: [...statuses] } }] : [];
  const present = asOf ? null : await presentFilter(actor, query, everyStatus);
  const filter = present?.filter ?? (await asOfFilter(actor, query, asOf ?? clock.now()));
  const count = present
    ? await MerchantModel.countDocuments(filter)
    : await MerchantPeriodModel.countDocuments(filter);
  if (format === 'xlsx' && count >= mostSheetRows)
    throw new Problem('too-large', { why: `xlsx < ${mostSheetRows} 行，请用 csv / rows: ask for csv` });
  await recordAudit(actor, 'merchants.exported', 'merchants', {
    of: await placeOfActor(actor),
    after: { format, count, asOf, query: plainly(query) },
  });
  const day = localDay(asOf ?? clock.now());
  const name = (ending: string) => `mingdan-${day}.${ending}`;
  const merchants = () => presentMerchants(present ?? { filter, isRare: false });
  const listed = () => (asOf ? listedThen(filter) : listedNow(actor, merchants()));
  const header = columnKeys.map((column) => columnTitles[column][language]);
  switch (format) {
    case 'csv':
      return { name: name('csv'), stream: csvStream(header, rowsOf(listed(), await rowWriter(language))) };
    case 'xlsx': {
      const rows = rowsOf(listed(), await rowWriter(language));
      const title = language === 'zh' ? '名单' : 'List';
      return { name: name('xlsx'), stream: xlsxStream(title, header, rows, clock.now()) };
    }
    case 'ndjson': {
      const lines = asOf ? linesThen(filter, showThen) : linesOf(actor, merchants(), show);
      return { name: name('ndjson'), stream: Readable.from(lines, { objectMode: false }) };
    }
    case 'lives':
      return { name: `lives-${day}.zip`, stream: await livesZip(actor, merchants, language) };
  }
}

/** The trail keeps what was asked for in the words of the interface. */
function plainly({ where, q, near, radiusMeters }: MerchantQuery) {
  return JSON.parse(JSON.stringify({ where: Object.entries(where), q, near, radiusMeters })) as object;
}

async function* rowsOf(
  batches: AsyncIterable<Listed[]>,
  write: (listed: Listed) => Value[],
): AsyncGenerator<Value[]> {
  for await (const batch of batches) for (const listed of batch) yield write(listed);
}

/** One JSON object a line, for programs; as of an instant without revision and contact. */
async function* linesThen(filter: Filter, show: (period: MerchantPeriod) => object): AsyncGenerator<Buffer> {
  for await (const periods of periodsThen(filter))
    yield Buffer.from(periods.map((period) => `${JSON.stringify(show(period))}\n`).join(''));
}

/** One JSON object a line, for programs. */
async function* linesOf(
  actor: Actor,
  batches: AsyncIterable<Merchant[]>,
  show: (merchant: Merchant) => object,
): AsyncGenerator<Buffer> {
  for await (const merchants of batches) {
    const contacts = await contactsOf(actor, merchants);
    const lines = merchants.map(
      (merchant) => `${JSON.stringify({ ...show(merchant), contact: contacts.get(merchant._id) ?? null })}\n`,
    );
    yield Buffer.from(lines.join(''));
  }
}
