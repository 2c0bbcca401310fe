// Reading an imported file in the background: row by row against the list, kept as a dry run. Begun anew where it was cut off.
import {
  type Import,
  ImportModel,
  type ImportRow,
  ImportRowModel,
  RememberedColumnsModel,
} from '../../models/import.ts';
import { type Merchant, MerchantModel } from '../../models/merchant.ts';
import { sha256 } from '../lib/canonical.ts';
import { clock } from '../lib/clock.ts';
import { logger } from '../lib/logger.ts';
import { SeenKeys } from '../lib/seen-keys.ts';
import { openTable } from '../lib/sheets/open-table.ts';
import type { Sheet, SheetRow } from '../lib/sheets/sheet.ts';
import { Unreadable, type UnreadableCode } from '../lib/sheets/unreadable.ts';
import { joined, scopeFilter } from './abilities.ts';
import { actorNow } from './accounts.ts';
import type { Actor } from './actor.ts';
import { reachKeyOf } from './actor-place.ts';
import { importLimit } from './adjustment-drafts.ts';
import { inBatches } from './batches.ts';
import { environment } from './environment.ts';
import { silentMillis, whileHeard } from './heartbeat.ts';
import { type JudgedRow, judgeBatch, type Reading, share } from './import-batch.ts';
import { type HandMapping, type Header, headerKey, pickSheet, requireSound } from './import-header.ts';
import { loadImportReference } from './import-reference.ts';
import { presentStretch } from './ledger-fold.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { Selector } from './selector.ts';
import { filterOf } from './zone-grounds.ts';

const rowsAtOnce = 300;
/** A file that broke its reader so often breaks the next one, too. */
const mostAttempts = 3;
const identifying = ['id', 'doorCode', 'name', 'uscc', 'registerNumber'] as const;
const isOnList = { status: { $in: ['listed', 'suspended'] as const } };

/** Somebody else reads this file by now. */
class Overtaken extends Error {}

const readings = oneAtATime(readAll);

/** Begins to read what waits, unless this process reads already. Answers at once: a long file holds nobody up. */
export const readWaitingImports = readings.begin;

/** For a command and for tests: when everything that waits is read. */
export const whenImportsAreRead = readings.whenDone;

/** Removes files that nobody will read: a kill came between a file and its import, or between its import and the file's end. */
export async function sweepImportFiles(before: Date): Promise<void> {
  const files = environment().importFiles;
  for (const id of await files.olderThan(before))
    if (!(await ImportModel.exists({ _id: id, state: 'reading' }))) await files.remove(id);
}

async function readAll(): Promise<void> {
  try {
    for (let one = await claimNext(); one; one = await claimNext()) await readAlive(one);
  } catch (error) {
    logger.error({ err: error }, 'imports cannot be read at the moment');
  }
}

/** One file that waits, or whose reader fell silent: whichever process comes first has it. */
async function claimNext(): Promise<Import | null> {
  const now = clock.now();
  const silent = { $lt: new Date(now.getTime() - silentMillis) };
  return ImportModel.findOneAndUpdate(
    { state: 'reading', $or: [{ heardAt: null }, { heardAt: silent }] },
    { $set: { heardAt: now }, $inc: { attempt: 1 } },
    { sort: { heardAt: 1 }, returnDocument: 'after' },
  ).lean<Import>();
}

function readAlive(one: Import): Promise<void> {
  const isOurs = { _id: one._id, attempt: one.attempt, state: 'reading' as const };
  const say = () => ImportModel.updateOne(isOurs, { $set: { heardAt: clock.now() } });
  return whileHeard(say, () => readImport(one));
}

async function readImport(one: Import): Promise<void> {
  try {
    if (one.attempt > mostAttempts) throw new Unreadable('damaged');
    await ImportRowModel.deleteMany({ import: one._id });
    await readFile(one);
  } catch (error) {
    if (error instanceof Overtaken) return;
    if (!(error instanceof Unreadable)) {
      logger.error({ err: error, import: one._id }, 'an import cannot be read');
      // Left to the next attempt, after a while.
      return;
    }
    await fail(one, error.code, error.facts);
  }
  await environment().importFiles.remove(one._id);
}

async function fail(
  one: Import,
  code: UnreadableCode,
  facts: Record<string, string | number>,
): Promise<void> {
  await tell(one, { state: 'failed', failure: { code, facts }, readyAt: clock.now() });
}

/** Writes what this attempt found. Throws `Overtaken` where it is no longer the one that reads. */
async function tell({ _id, attempt }: Import, changes: Partial<Import>): Promise<void> {
  const told = await ImportModel.updateOne(
    { _id, attempt, state: 'reading' },
    { $set: { ...changes, heardAt: clock.now() } },
  );
  if (told.matchedCount === 0) throw new Overtaken();
}

async function readFile(one: Import): Promise<void> {
  const table = await openTable(environment().importFiles.pathOf(one._id), one.file);
  try {
    const remembered = await rememberedBy(one);
    const byHand = one.byHand as HandMapping;
    const found = await pickSheet(table.sheets, byHand, (key) => remembered.get(key));
    if ('guess' in found) {
      await tell(one, { columns: found.guess?.columns ?? [] });
      throw new Unreadable('no-header');
    }
    const { sheet, header } = found;
    await tell(one, { columns: header.columns, sheet: table.sheets.length > 1 ? sheet.name : null });
    requireSound(header);
    const named = header.columns.map(({ column }) => column);
    if (!identifying.some((column) => named.includes(column))) throw new Unreadable('no-key');
    if (byHand.length > 0) await remember(one, header);
    await readRows(one, sheet, header);
  } finally {
    await table.close();
  }
}

async function rememberedBy({ by }: Import): Promise<Map<string, HandMapping>> {
  const found = await RememberedColumnsModel.find({ user: by.id }).sort({ at: -1 }).limit(200).lean();
  return new Map(found.map(({ headers, byHand }) => [headers, byHand as HandMapping]));
}

async function remember({ by, byHand }: Import, { columns }: Header): Promise<void> {
  const headers = headerKey(columns.map(({ header }) => header));
  await RememberedColumnsModel.updateOne(
    { _id: sha256(`${by.id}\n${headers}`) },
    { $set: { byHand, at: clock.now() }, $setOnInsert: { user: by.id, headers } },
    { upsert: true },
  );
}

async function readRows(one: Import, sheet: Sheet, header: Header): Promise<void> {
  const reading: Reading = {
    actor: await uploaderOf(one),
    columns: header.columns.map(({ column }) => column),
    isDelimited: sheet.isDelimited,
    reference: await loadImportReference(),
    seen: new SeenKeys(),
    named: new SeenKeys(),
    district: null,
    areas: null,
    taskForces: null,
  };
  const tally = new Tally(one);
  const rows = sheet.rows();
  let batch: SheetRow[] = [];
  let count = 0;
  const judge = async () => {
    if (batch.length === 0) return;
    count += batch.length;
    await tally.add(await judgeBatch(reading, batch));
    batch = [];
    const of = Math.max(count, Math.round(count / Math.max(rows.read, 0.001)));
    await tell(one, { progress: { rows: count, of }, counts: tally.counts, warnings: tally.warnings });
  };
  for await (const row of rows) {
    if (row.number <= header.row) continue;
    batch.push(row);
    if (batch.length >= rowsAtOnce) await judge();
  }
  await judge();
  if (count === 0) throw new Unreadable('no-rows');
  if (one.mode === 'replace') await addMissing(one, reading, tally);
  const { added, changed, removed } = tally.counts;
  if (added + changed + removed > importLimit)
    throw new Unreadable('too-many-changes', { count: added + changed + removed, limit: importLimit });
  await tell(one, {
    state: 'ready',
    progress: { rows: count, of: count },
    counts: tally.counts,
    warnings: tally.warnings,
    district: reading.district,
    lineAreas: reading.areas ?? [],
    lineTaskForces: reading.taskForces ?? [],
    readyAt: clock.now(),
    readUnder: reachKeyOf(reading.actor),
  });
}

/** With the scope that the uploader holds now, not the one he had when the file came. */
async function uploaderOf({ by }: Import): Promise<Actor> {
  const actor = await actorNow(by);
  if (!actor) throw new Unreadable('damaged');
  return actor;
}

/** Counts what becomes of rows, and keeps those that become something. */
class Tally {
  readonly counts: Import['counts'] = {
    added: 0,
    changed: 0,
    removed: 0,
    unchanged: 0,
    refused: 0,
    conflicts: 0,
  };
  warnings = 0;
  private index = 0;
  private readonly of: Import;

  constructor(of: Import) {
    this.of = of;
  }

  async add(judged: JudgedRow[]): Promise<void> {
    const at = clock.now();
    const { _id, attempt } = this.of;
    const kept: ImportRow[] = [];
    for (const { kind, ...row } of judged) {
      this.counts[kind] += 1;
      if (row.warnings.length > 0) this.warnings += 1;
      if (kind === 'unchanged') continue;
      const index = this.index++;
      kept.push({ _id: `${_id}/${attempt}/${index}`, import: _id, attempt, index, kind, ...row, at });
    }
    if (kept.length > 0) await ImportRowModel.insertMany(kept, { lean: true });
  }
}

const shopFields = { name: 1, rev: 1, district: 1, areas: 1, taskForces: 1, outlook: 1, status: 1 } as const;

/** What the file leaves out of its part of the list: to be removed. */
async function addMissing(one: Import, reading: Reading, tally: Tally): Promise<void> {
  const within = joined([
    await filterOf(one.selector as unknown as Selector),
    isOnList,
    scopeFilter(reading.actor, 'adjustment.draft', '_id'),
  ]);
  const now = clock.now();
  const missing = MerchantModel.find(within, shopFields).sort({ _id: 1 }).lean().cursor({ batchSize: 500 });
  for await (const shops of inBatches<ListedShop>(missing as never, rowsAtOnce)) {
    const left = shops.filter(({ _id }) => !reading.named.has(_id));
    await tally.add(left.flatMap((shop) => removalOf(shop, reading, now)));
  }
}

type ListedShop = Pick<Merchant, '_id' | keyof typeof shopFields>;

function removalOf(shop: ListedShop, reading: Reading, now: Date): JudgedRow[] {
  const present = presentStretch(shop.outlook, now);
  if (present?.status !== 'listed' && present?.status !== 'suspended') return [];
  const told = { row: null, merchant: shop._id, name: shop.name, warnings: [] };
  if (reading.district !== null && shop.district !== reading.district) {
    const reasons = [{ column: null, code: 'other-district' }];
    return [{ ...told, kind: 'refused', reasons, changes: [], line: null }];
  }
  share(reading, shop, null);
  const changes = [{ column: 'status', before: present.status, after: 'removed' }];
  const line = {
    merchant: shop._id,
    rev: shop.rev,
    factsVersion: present.facts,
    from: present.status,
    to: 'removed' as const,
    facts: null,
    contact: null,
  };
  return [{ ...told, kind: 'removed', reasons: [], changes, line }];
}
