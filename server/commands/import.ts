// npm run import -- FILE --as USER …: an import from the operator's terminal, by the same rules as at the desk.
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { importModes, ImportRowModel } from '../../models/import.ts';
import { UserModel } from '../../models/user.ts';
import { actorFrom } from '../domain/accounts.ts';
import type { Actor } from '../domain/actor.ts';
import { requireRole } from '../domain/abilities.ts';
import { environment } from '../domain/environment.ts';
import { whenImportsAreRead } from '../domain/import-reading.ts';
import { failureText, type Fault, faultText } from '../domain/import-words.ts';
import { createImport, findImport, type ImportView, linesOfImport } from '../domain/imports.ts';
import { continueSubmissions, submitImport } from '../domain/import-submission.ts';
import { withDatabase } from './with-database.ts';

const usage = `npm run import -- FILE --as USER [--mode ${importModes.join('|')}] [--area CODE] [--submit --reason "TEXT"]
Reads FILE (CSV or XLSX) as USER, a member of staff, would at the desk, and says what it would change.
--mode replace removes what FILE leaves out of --area. --submit makes an adjustment of it, which an approver decides.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    as: { type: 'string' },
    mode: { type: 'string', default: 'merge' },
    area: { type: 'string' },
    submit: { type: 'boolean', default: false },
    reason: { type: 'string', default: '' },
  },
});
const [file] = positionals;
const mode = importModes.find((one) => one === values.mode);
/** Whoever reads the terminal wants the first of them; all are at the desk. */
const toldRows = 50;
const mostBytes = 2_147_483_648;

await withDatabase(async () => {
  if (file === undefined || values.as === undefined || mode === undefined) {
    console.error(usage);
    return 1;
  }
  const actor = await staffNamed(values.as);
  const staged = await environment().storage.stage(createReadStream(file), mostBytes);
  const selector = values.area === undefined ? null : { where: { area: values.area } };
  const made = await createImport(actor, {
    file: { ...staged, name: basename(file) },
    mode,
    selector,
    byHand: [],
  });
  const view = await readToEnd(actor, made.one._id);
  await tell(view);
  if (view.one.state !== 'ready') return 1;
  if (!values.submit) return 0;
  await submitImport(actor, view.one._id, { reason: values.reason, notice: null });
  const { one } = await submittedToEnd(actor, view.one._id);
  if (one.failure) {
    console.error(failureText(one, one.failure, 'en'));
    return 1;
  }
  console.log(`Submitted as adjustment ${one.adjustment ?? ''}: an approver decides on it.`);
  return 0;
});

async function staffNamed(username: string): Promise<Actor> {
  const user = await UserModel.findOne({ username, disabled: false }).lean();
  if (!user) throw new Error(`There is no user ${username}.`);
  const actor = actorFrom(user);
  requireRole(actor, 'import.make');
  return actor;
}

/** A running server may have begun to read it already. */
async function readToEnd(actor: Actor, id: string): Promise<ImportView> {
  for (;;) {
    await whenImportsAreRead();
    const view = await findImport(actor, id);
    if (view.one.state !== 'reading') return view;
    await pause(500);
  }
}

/** A large one is submitted here, or by a running server, and says every few seconds how far it is. */
async function submittedToEnd(actor: Actor, id: string): Promise<ImportView> {
  for (let told = -1; ;) {
    await continueSubmissions();
    const view = await findImport(actor, id);
    if (view.one.state !== 'submitting') return view;
    const { written = 0 } = view.one.submission ?? {};
    if (written > told) console.log(`${written} of ${linesOfImport(view.one)} shops submitted`);
    told = written;
    await pause(2_000);
  }
}

async function tell({ one }: ImportView): Promise<void> {
  const { _id, attempt, failure, counts, progress } = one;
  if (failure) {
    console.error(failureText(one, failure, 'en'));
    return;
  }
  const told = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`);
  console.log(`${progress.rows} rows: ${told.join(', ')}`);
  const hindered = await ImportRowModel.find({
    import: _id,
    attempt,
    kind: { $in: ['refused', 'conflicts'] },
  })
    .sort({ index: 1 })
    .limit(toldRows)
    .lean();
  for (const { row, name, reasons } of hindered)
    console.log(
      `row ${row ?? '-'} ${name}: ${reasons.map((one) => faultText(one as Fault, 'en')).join('; ')}`,
    );
}
