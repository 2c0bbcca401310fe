// Imports (导入): a file of the list, what it would change row by row, and the adjustment that it became.
import { defineModel, fixed } from './model.ts';
import type { Facts, Status } from './merchant.ts';
import { type By, by, mixed } from './words.ts';

export const importModes = ['merge', 'replace'] as const;
export type ImportMode = (typeof importModes)[number];
export const importStates = [
  'reading',
  'ready',
  'failed',
  'submitting',
  'submitted',
  'enacting',
  'enacted',
] as const;
export type ImportState = (typeof importStates)[number];
/** What becomes of a row. Those that change nothing are counted, and not kept. */
export const importRowKinds = ['added', 'changed', 'removed', 'refused', 'conflicts'] as const;
export type ImportRowKind = (typeof importRowKinds)[number];
export type ImportCounts = Record<ImportRowKind | 'unchanged', number>;

export type Import = {
  _id: string;
  /** Where its uploader could work then, and so who may see it. */
  areas: string[];
  taskForces: string[];
  by: By;
  at: Date;
  file: string;
  bytes: number;
  mode: ImportMode;
  selector: Record<string, unknown> | null;
  /** What was said by hand of its headers. */
  byHand: { header: string; column: string | null }[];
  /** What each header was taken for; empty until one is found. */
  columns: { header: string; column: string | null }[];
  sheet: string | null;
  state: ImportState;
  /** Why it cannot be read; of one that is `ready`, why its submission came to nothing. */
  failure: { code: string; facts: Record<string, string | number> } | null;
  /** `of` is an estimate until the file is read to its end. */
  progress: { rows: number; of: number | null };
  counts: ImportCounts;
  /** Rows that are taken, but should be looked at. */
  warnings: number;
  /** What all its lines share, as of an adjustment. */
  district: string | null;
  lineAreas: string[];
  lineTaskForces: string[];
  adjustment: string | null;
  /** Which attempt reads it, and since when nothing was heard of that one. */
  attempt: number;
  heardAt: Date | null;
  readyAt: Date | null;
  /** What its uploader could reach when its rows were judged. */
  readUnder: string | null;
  /** While it is `submitting`; absent or null before and after. */
  submission?: ImportSubmission | null;
};

/** The lines of a large one are written before its adjustment is there. */
export type ImportSubmission = {
  by: By;
  /** The request in which it was asked for, for the audit trail. */
  context: { requestId: string; address: string; userAgent: string } | null;
  reason: string;
  notice: string | null;
  /** The adjustment that it becomes. */
  adjustment: string;
  /** Lines that are written already. */
  written: number;
  /** Which attempt writes them, and when that one was heard of last. */
  attempt: number;
  heardAt: Date | null;
};

export const ImportModel = defineModel<Import>(
  'imports',
  {
    areas: { type: [String], required: true },
    taskForces: { type: [String], required: true },
    by: { type: by, required: true, immutable: true },
    at: fixed(Date),
    file: fixed(String),
    bytes: fixed(Number),
    mode: { type: String, enum: importModes, required: true, immutable: true },
    selector: { type: mixed, default: null },
    byHand: { type: [mixed], required: true },
    columns: { type: [mixed], required: true },
    sheet: { type: String, default: null },
    state: { type: String, enum: importStates, required: true },
    failure: { type: mixed, default: null },
    progress: { type: mixed, required: true },
    counts: { type: mixed, required: true },
    warnings: { type: Number, required: true },
    district: { type: String, default: null },
    lineAreas: { type: [String], required: true },
    lineTaskForces: { type: [String], required: true },
    adjustment: { type: String, default: null },
    attempt: { type: Number, required: true },
    heardAt: { type: Date, default: null },
    readyAt: { type: Date, default: null },
    readUnder: { type: String, default: null },
    submission: { type: mixed, default: null },
  },
  [
    { fields: { areas: 1, at: -1, _id: -1 }, serves: 'the imports of an area, newest first' },
    { fields: { 'by.id': 1, at: -1, _id: -1 }, serves: 'what somebody imported, wherever it lies' },
    {
      fields: { heardAt: 1 },
      partialFilterExpression: { state: 'reading' },
      serves: 'the sweep: files whose reading waits or was cut off',
    },
    {
      fields: { 'submission.heardAt': 1 },
      partialFilterExpression: { state: 'submitting' },
      serves: 'the sweep: submissions that wait or were cut off',
    },
    {
      fields: { adjustment: 1 },
      unique: true,
      partialFilterExpression: { adjustment: { $type: 'string' } },
      serves: 'the import that an adjustment came from',
    },
  ],
);

export type ImportNote = { column: string | null; code: string; facts?: Record<string, string | number> };
export type ImportChange = { column: string; before: unknown; after: unknown };
/** What a row would make of its shop: the line of an adjustment, but for its number. */
export type ImportLine = {
  merchant: string;
  rev: number;
  factsVersion: number;
  from: Status | null;
  to: Status | null;
  facts: Facts | null;
  contact: { name: string; phone: string } | null;
};

export type ImportRow = {
  _id: string;
  import: string;
  attempt: number;
  /** In the order of the file; what is to be removed comes after it. */
  index: number;
  /** As the file counts; null for a shop that is not in it. */
  row: number | null;
  kind: ImportRowKind;
  merchant: string | null;
  name: string;
  reasons: ImportNote[];
  warnings: ImportNote[];
  changes: ImportChange[];
  line: ImportLine | null;
  at: Date;
};

/** Rows hold what was written in the file, contacts among it. */
const keptSeconds = 30 * 86_400;

export const ImportRowModel = defineModel<ImportRow>(
  'importrows',
  {
    import: fixed(String),
    attempt: fixed(Number),
    index: fixed(Number),
    row: { type: Number, default: null },
    kind: { type: String, enum: importRowKinds, required: true },
    merchant: { type: String, default: null },
    name: { type: String, default: '' },
    reasons: { type: [mixed], required: true },
    warnings: { type: [mixed], required: true },
    changes: { type: [mixed], required: true },
    line: { type: mixed, default: null },
    at: fixed(Date),
  },
  [
    {
      fields: { import: 1, kind: 1, index: 1, _id: 1 },
      serves: 'the rows of an import by what becomes of them',
    },
    { fields: { import: 1, index: 1, _id: 1 }, serves: 'all rows of an import in their order' },
    { fields: { at: 1 }, expireAfterSeconds: keptSeconds, serves: 'rows go by themselves after thirty days' },
  ],
);

/** What somebody said by hand of a set of headers: taken again when it comes again. */
export type RememberedColumns = {
  _id: string;
  user: string;
  headers: string;
  byHand: Import['byHand'];
  at: Date;
};

export const RememberedColumnsModel = defineModel<RememberedColumns>(
  'rememberedcolumns',
  {
    user: fixed(String),
    headers: fixed(String),
    byHand: { type: [mixed], required: true },
    at: { type: Date, required: true },
  },
  [{ fields: { user: 1, at: -1 }, serves: 'what somebody said of the headers of earlier files' }],
);
