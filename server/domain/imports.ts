// Imports (导入) as their callers see them: a file is taken in, read in the background, looked at, and becomes an adjustment.
import { type Adjustment, AdjustmentModel } from '../../models/adjustment.ts';
import {
  type Import,
  type ImportMode,
  ImportModel,
  type ImportRow,
  type ImportRowKind,
  ImportRowModel,
} from '../../models/import.ts';
import { clock } from '../lib/clock.ts';
import { ids } from '../lib/ids.ts';
import { invalidPart, Problem } from '../lib/problem.ts';
import { afterCommit, inTransaction } from '../lib/transaction.ts';
import { type Actor, byOf } from './actor.ts';
import { placeOfActor } from './actor-place.ts';
import { recordAudit } from './audit.ts';
import { environment } from './environment.ts';
import type { HandMapping } from './import-header.ts';
import { readWaitingImports } from './import-reading.ts';
import { listPage, orderBy, type Page, type PageRequest } from './lists.ts';
import type { Selector } from './selector.ts';
import { visibleTo } from './visible-to.ts';

export type NewImport = {
  file: { path: string; name: string; bytes: number };
  mode: ImportMode;
  selector: Selector | null;
  byHand: HandMapping;
};

/** An import with the adjustment that it became, if any. */
export type ImportView = { one: Import; adjustment: Adjustment | null };

/** Takes a staged file over; its reading begins at once, and its answer tells how it goes on. */
export async function createImport(
  actor: Actor,
  { file, mode, selector, byHand }: NewImport,
): Promise<ImportView> {
  if (mode === 'replace' && selector === null)
    throw invalidPart(
      '/selector',
      '替换时须说明替换名单的哪一部分 / replacing needs the part of the list that it replaces',
    );
  const place = await placeOfActor(actor);
  await requireFewWaiting(actor, place.areas);
  const one: Import = {
    _id: ids.uuid(),
    ...place,
    by: byOf(actor),
    at: clock.now(),
    file: file.name.slice(-200),
    bytes: file.bytes,
    mode,
    selector,
    byHand,
    columns: [],
    sheet: null,
    state: 'reading',
    failure: null,
    progress: { rows: 0, of: null },
    counts: { added: 0, changed: 0, removed: 0, unchanged: 0, refused: 0, conflicts: 0 },
    warnings: 0,
    district: null,
    lineAreas: [],
    lineTaskForces: [],
    adjustment: null,
    attempt: 0,
    heardAt: null,
    readyAt: null,
    readUnder: null,
  };
  await environment().importFiles.keep(one._id, file);
  try {
    await inTransaction(async () => {
      await ImportModel.create(one);
      await recordAudit(actor, 'import.made', one._id, {
        of: one,
        after: { file: one.file, mode, selector },
      });
    });
  } catch (error) {
    await environment().importFiles.remove(one._id);
    throw error;
  }
  await afterCommit(readWaitingImports);
  return { one, adjustment: null };
}

/** Files that wait to be read, or are read: of one person, and of all who work in one place. They are read one after the other. */
const mostOwnWaiting = 5;
const mostWaitingHere = 20;

/** A bound, not a promise: of two that come at once both may pass. Throws `too-many-imports`. */
async function requireFewWaiting(actor: Actor, areas: string[]): Promise<void> {
  const own = await ImportModel.countDocuments({ 'by.id': actor.id, state: 'reading' });
  if (own >= mostOwnWaiting) throw new Problem('too-many-imports', { limit: mostOwnWaiting });
  const here = await ImportModel.countDocuments({ areas, state: 'reading' });
  if (here >= mostWaitingHere) throw new Problem('too-many-imports', { limit: mostWaitingHere });
}

export async function listImports(actor: Actor, query: PageRequest): Promise<Page<ImportView>> {
  const filter = visibleTo(actor, ImportModel).within({});
  const page = await listPage<Import>(ImportModel, { filter, order: orderBy('-at', { at: 'at' }) }, query);
  return { ...page, items: await withAdjustments(page.items) };
}

export async function findImport(actor: Actor, id: string): Promise<ImportView> {
  const one = await visibleTo(actor, ImportModel).findById(id);
  if (!one) throw new Problem('not-found');
  const [view] = await withAdjustments([one]);
  return view ?? { one, adjustment: null };
}

async function withAdjustments(imports: Import[]): Promise<ImportView[]> {
  const named = imports.flatMap(({ adjustment }) => adjustment ?? []);
  const found = await AdjustmentModel.find({ _id: { $in: named } }).lean<Adjustment[]>();
  const byId = new Map(found.map((adjustment) => [adjustment._id, adjustment]));
  return imports.map((one) => ({ one, adjustment: byId.get(one.adjustment ?? '') ?? null }));
}

export type RowQuery = PageRequest & { kind?: ImportRowKind[]; warned?: boolean };

/** Rows that change something, are refused or stand against the list, in the order of the file. */
export async function listImportRows(actor: Actor, id: string, query: RowQuery): Promise<Page<ImportRow>> {
  const { one } = await findImport(actor, id);
  const { kind, warned } = query;
  const filter = {
    import: id,
    attempt: one.attempt,
    ...(kind && { kind: { $in: kind } }),
    ...(warned === true && { 'warnings.0': { $exists: true } }),
  };
  return listPage<ImportRow>(ImportRowModel, { filter, order: orderBy('index', { index: 'index' }) }, query);
}

/** How many shops the adjustment of an import would name. */
export const linesOfImport = ({ counts: { added, changed, removed } }: Pick<Import, 'counts'>): number =>
  added + changed + removed;
