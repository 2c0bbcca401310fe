// Imports: a file of the list, its dry run row by row, and the adjustment that it becomes.
import { importModes, importRowKinds } from '../models/import.ts';
import { createImport, findImport, listImportRows, listImports } from '../server/domain/imports.ts';
import { submitImport } from '../server/domain/import-submission.ts';
import type { MappedColumn } from '../server/domain/import-header.ts';
import { columnKeys } from '../server/domain/list-columns.ts';
import { defineRoute, Reply } from '../server/http/define-route.ts';
import {
  bodyValidator,
  closed,
  nullable,
  oneOf,
  pageOf,
  pageQuery,
  type Static,
  text,
  type TSchema,
  Type,
  Uuid,
} from '../server/http/schema.ts';
import { type Language, Problem } from '../server/lib/problem.ts';
import { importRowShape, importShape, presentImport, presentImportRow } from './imports.present.ts';
import { selectorShape } from './merchants.schema.ts';

const byId = closed({ id: Uuid });
const columnsShape = Type.Record(text(200), nullable(oneOf(columnKeys)), { maxProperties: 200 });

/** A list of six hundred thousand shops as text. */
const fileBytes = 134_217_728;

/** Reads a field of a form that holds JSON of a shape; null where it was left out. */
function jsonField<S extends TSchema>(name: string, shape: S) {
  const validate = bodyValidator(shape);
  return (json: string | undefined, language: Language): Static<S> | null => {
    if (json === undefined || json === '') return null;
    const value = valueOf(json);
    const errors = validate(value, language).map(({ path, message }) => ({
      path: `/${name}${path}`,
      message,
    }));
    if (errors.length > 0) throw new Problem('invalid-request', {}, { errors });
    // Safe: it has passed the very schema that types it.
    return value as Static<S>;
  };
}

function valueOf(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Problem('malformed-json');
  }
}

const selectorIn = jsonField('selector', selectorShape);
const columnsIn = jsonField('columns', columnsShape);

export const importRoutes = [
  defineRoute({
    method: 'post',
    path: '/imports',
    summary: 'Import a list (CSV or XLSX): read in the background, nothing changes yet',
    description:
      'merge changes and adds; replace removes besides what the file leaves out of the part that selector names. selector and columns ({header: column or null}) are JSON.',
    permission: 'import.make',
    upload: {
      field: 'file',
      maxFiles: 1,
      maxBytes: fileBytes,
      fields: ['mode', 'selector', 'columns'],
      required: true,
    },
    body: closed({
      mode: Type.Optional(oneOf(importModes)),
      selector: Type.Optional(text(20_000)),
      columns: Type.Optional(text(50_000)),
    }),
    keepsAnswer: false,
    answers: { 202: importShape },
    problems: ['too-many-imports'],
    handle: async ({ actor, body, photos, request: { language } }) => {
      const [file] = photos;
      if (!file) throw new Problem('malformed-upload', { why: '缺少文件 / no file' });
      const byHand = Object.entries(columnsIn(body.columns, language) ?? {}).map(
        ([header, column]): MappedColumn => ({ header, column }),
      );
      const selector = selectorIn(body.selector, language);
      const view = await createImport(actor, { file, mode: body.mode ?? 'merge', selector, byHand });
      return presentImport(actor, view, language);
    },
  }),
  defineRoute({
    method: 'get',
    path: '/imports',
    summary: 'Imports within my scope, newest first',
    permission: 'import.read',
    query: closed(pageQuery),
    answers: { 200: pageOf(importShape) },
    problems: ['invalid-cursor'],
    handle: async ({ actor, query, request: { language } }) => {
      const page = await listImports(actor, query);
      return { ...page, items: page.items.map((view) => presentImport(actor, view, language)) };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/imports/{id}',
    summary: 'One import: how far it is read, what it would change',
    permission: 'import.read',
    params: byId,
    answers: { 200: importShape },
    handle: async ({ actor, params, request: { language } }) =>
      presentImport(actor, await findImport(actor, params.id), language),
  }),
  defineRoute({
    method: 'get',
    path: '/imports/{id}/rows',
    summary: 'Its rows but for those that change nothing, each with its reasons',
    permission: 'import.read',
    params: byId,
    query: closed({
      ...pageQuery,
      kind: Type.Optional(Type.Array(oneOf(importRowKinds), { maxItems: 10 })),
      warned: Type.Optional(Type.Boolean({ description: 'only rows that should be looked at' })),
    }),
    answers: { 200: pageOf(importRowShape) },
    problems: ['invalid-cursor'],
    handle: async ({ actor, params, query, request: { language } }) => {
      const page = await listImportRows(actor, params.id, query);
      return { ...page, items: page.items.map((row) => presentImportRow(row, language)) };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/imports/{id}/submit',
    summary: 'Make one adjustment of what was taken, for another person to approve',
    description:
      'Of more than 2,000 shops it is made in the background: 202, and the import is submitting until it is submitted, or ready again with the reason in failure.',
    permission: 'import.submit',
    params: byId,
    body: closed({
      reason: Type.Optional(text(2_000)),
      notice: Type.Optional(nullable(text(128, { minLength: 1 }))),
    }),
    keepsAnswer: false,
    answers: { 200: importShape, 202: importShape },
    problems: ['import-state', 'import-incomplete', 'import-expired', 'adjustment-empty'],
    handle: async ({ actor, params, body, request: { language } }) => {
      const { reason = '', notice = null } = body;
      const view = await submitImport(actor, params.id, { reason, notice });
      return new Reply({
        status: view.one.state === 'submitting' ? 202 : 200,
        body: presentImport(actor, view, language),
      });
    },
  }),
];
