// How an import and its rows are shown: in words of the caller's language.
import {
  type Import,
  type ImportChange,
  type ImportNote,
  importModes,
  type ImportRow,
  importRowKinds,
  importStates,
} from '../models/import.ts';
import { adjustmentStates } from '../models/adjustment.ts';
import type { Actor } from '../server/domain/actor.ts';
import { failureText, type Fault, faultText } from '../server/domain/import-words.ts';
import { importAbilities } from '../server/domain/import-submission.ts';
import { type ImportView, linesOfImport } from '../server/domain/imports.ts';
import { columnKeys } from '../server/domain/list-columns.ts';
import { ByShape, Can, closed, Instant, nullable, oneOf, Type } from '../server/http/schema.ts';
import type { Language } from '../server/lib/problem.ts';
import { enactmentOf, enactmentPhases } from './adjustments.present.ts';
import { presentBy } from './by.present.ts';

const importPhases = ['reading', 'submitting', ...enactmentPhases] as const;
const columnOrNone = nullable(oneOf(columnKeys));
const noteShape = closed({ column: columnOrNone, code: Type.String(), message: Type.String() });
const countsShape = closed({
  added: Type.Integer(),
  changed: Type.Integer(),
  removed: Type.Integer(),
  unchanged: Type.Integer(),
  refused: Type.Integer(),
  conflicts: Type.Integer(),
});

export const importShape = closed({
  id: Type.String(),
  file: Type.String(),
  bytes: Type.Integer(),
  mode: oneOf(importModes),
  selector: nullable(closed({ where: Type.Unknown(), except: Type.Optional(Type.Unknown()) })),
  state: oneOf(importStates),
  failure: nullable(closed({ code: Type.String(), message: Type.String() })),
  progress: closed({
    phase: oneOf(importPhases),
    rows: Type.Integer(),
    of: nullable(Type.Integer()),
  }),
  sheet: nullable(Type.String()),
  columns: Type.Array(closed({ header: Type.String(), column: columnOrNone })),
  counts: countsShape,
  warnings: Type.Integer(),
  rows: Type.String(),
  adjustment: nullable(closed({ id: Type.String(), state: oneOf(adjustmentStates) })),
  by: ByShape,
  at: Instant,
  readyAt: nullable(Instant),
  can: Can,
});

export function presentImport(actor: Actor, { one, adjustment }: ImportView, language: Language) {
  const { _id, file, bytes, mode, selector, failure, sheet, columns, counts, warnings } = one;
  return {
    id: _id,
    file,
    bytes,
    mode,
    selector,
    state: stateOf(one, adjustment),
    failure: failure && { code: failure.code, message: failureText(one, failure, language) },
    progress: progressOf(one, adjustment),
    sheet,
    columns: columns.map(({ header, column }) => ({ header, column })),
    counts,
    warnings,
    rows: `/api/v1/imports/${_id}/rows`,
    adjustment: adjustment && { id: adjustment._id, state: adjustment.state },
    by: presentBy(one.by),
    at: one.at,
    readyAt: one.readyAt,
    can: importAbilities(actor, one),
  };
}

/** Once it is an adjustment it goes on as that one does. */
function stateOf({ state }: Import, adjustment: ImportView['adjustment']): Import['state'] {
  return adjustment?.state === 'enacted' || adjustment?.state === 'enacting' ? adjustment.state : state;
}

/** Of reading the file; then, where it is large, of submitting and of enacting it. */
function progressOf(one: Import, adjustment: ImportView['adjustment']) {
  const { rows, of } = one.progress;
  if (one.state === 'submitting')
    return { phase: 'submitting' as const, rows: one.submission?.written ?? 0, of: linesOfImport(one) };
  return (adjustment && enactmentOf(adjustment)) ?? { phase: 'reading' as const, rows, of };
}

export const importRowShape = closed({
  id: Type.String(),
  row: nullable(Type.Integer()),
  kind: oneOf(importRowKinds),
  merchant: nullable(Type.String()),
  name: Type.String(),
  reasons: Type.Array(noteShape),
  warnings: Type.Array(noteShape),
  changes: Type.Array(closed({ column: Type.String(), before: Type.Unknown(), after: Type.Unknown() })),
});

export function presentImportRow(row: ImportRow, language: Language) {
  const told = (note: ImportNote) => ({
    column: note.column,
    code: note.code,
    message: faultText(note as Fault, language),
  });
  return {
    id: row._id,
    row: row.row,
    kind: row.kind,
    merchant: row.merchant,
    name: row.name,
    reasons: row.reasons.map(told),
    warnings: row.warnings.map(told),
    changes: changesOf(row),
  };
}

/** Those of a new shop are all that it begins with. */
function changesOf({ kind, line, changes }: ImportRow): ImportChange[] {
  if (kind !== 'added' || !line?.facts)
    return changes.map(({ column, before, after }) => ({ column, before, after }));
  const { name: _name, ...facts } = line.facts;
  const contact = { contactName: line.contact?.name, contactPhone: line.contact?.phone };
  return Object.entries({ status: line.to, ...facts, ...contact }).flatMap(([column, after]) =>
    after === null || after === undefined || after === '' ? [] : [{ column, before: null, after }],
  );
}
