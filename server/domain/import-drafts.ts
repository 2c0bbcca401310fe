// Drafting what the rows of an import amount to: lines of any number, written before their adjustment is there.
import {
  type Adjustment,
  type AdjustmentLine,
  AdjustmentLineModel,
  AdjustmentModel,
  type Remark,
} from '../../models/adjustment.ts';
import {
  type Import,
  type ImportLine,
  ImportModel,
  type ImportRow,
  ImportRowModel,
} from '../../models/import.ts';
import type { Status } from '../../models/merchant.ts';
import { Problem } from '../lib/problem.ts';
import type { Actor } from './actor.ts';
import { blankDraft } from './adjustment-drafts.ts';
import { recordAudit } from './audit.ts';
import { inBatches } from './batches.ts';
import { linesFrom } from './draft-lines.ts';
import { together } from './draft-sum.ts';
import { sealedContact } from './line-contacts.ts';
import { remarksOnNew } from './look-alikes.ts';
import { announceLines, takeLines } from './lines-ahead.ts';
import { SetHash } from './set-hash.ts';

/** Lines that are written at once while an import is drafted. */
const linesAtOnce = 500;

/** Which adjustment it becomes, and why; `say` is told how many of its lines are written. */
export type Drafting = Pick<Adjustment, 'reason' | 'notice'> & {
  adjustment: string;
  say?: (written: number) => Promise<void>;
};

/**
 * Drafts what the rows of an import amount to, of any number: its lines are written before it is there, those that an earlier
 * attempt wrote are kept, and `submit` makes it in one transaction with what it does. Where it fails its lines stay. Throws
 * `import-state` where somebody was faster, `import-expired` where rows of it are gone by time.
 */
export async function draftImport(
  actor: Actor,
  one: Import,
  drafting: Drafting,
  submit: (make: () => Promise<Adjustment>) => Promise<Adjustment>,
): Promise<Adjustment> {
  const { reason, notice } = drafting;
  const rows = { import: one._id, attempt: one.attempt, line: { $ne: null } };
  const targets = await ImportRowModel.distinct('line.to', rows);
  const { district, lineAreas: areas, lineTaskForces: taskForces, counts } = one;
  const request = { kind: 'import', ground: 'import', reason, notice, to: null } as const;
  const draft: Adjustment = {
    ...blankDraft(drafting.adjustment, request, one.by),
    district: district ?? '',
    areas,
    taskForces,
    to: targets.length === 1 ? (targets[0] as Status | null) : null,
    basis: { kind: 'import', id: one._id },
    passedOver: { already: counts.unchanged, excepted: 0, conflicts: counts.refused + counts.conflicts },
  };
  await announceLines(draft._id, one._id);
  Object.assign(draft, await writeImportLines(actor, draft, rows, drafting.say));
  if (draft.count !== counts.added + counts.changed + counts.removed) throw new Problem('import-expired');
  return submit(async () => {
    await takeImport(one, draft);
    await takeLines(draft._id);
    await AdjustmentModel.create(draft);
    await recordAudit(actor, 'adjustment.drafted', draft._id, { of: draft, after: { count: draft.count } });
    return draft;
  });
}

/** In the state in which it was found, and by the same attempt to submit it. */
async function takeImport(
  { _id, state, submission }: Import,
  { _id: adjustment }: Adjustment,
): Promise<void> {
  const taken = await ImportModel.updateOne(
    { _id, state, ...(submission && { 'submission.attempt': submission.attempt }) },
    { $set: { state: 'submitted', failure: null, submission: null, adjustment } },
  );
  if (taken.matchedCount === 0) throw new Problem('import-state', { state: 'submitted' });
}

async function writeImportLines(
  actor: Actor,
  draft: Adjustment,
  rows: Record<string, unknown>,
  say?: Drafting['say'],
): Promise<Pick<Adjustment, 'count' | 'merchant' | 'setHash' | 'contactsFrom' | 'remarks'>> {
  const hash = new SetHash(draft);
  let count = 0;
  let merchant: string | null = null;
  let contacts: Pick<Adjustment, 'contactsFrom'> = {};
  let remarks: Remark[] = [];
  const take = async (lines: AdjustmentLine[]) => {
    for (const line of lines) hash.add(line);
    count += lines.length;
    merchant = lines[0]?.merchant ?? merchant;
    if (lines.some(({ contact }) => contact !== null)) contacts = { contactsFrom: 0 };
    remarks = together(remarks, await remarksOnNew(actor, draft.district, lines));
  };
  for await (const lines of linesFrom(draft._id)) await take(lines);
  const cursor = ImportRowModel.find(rows, { line: 1 })
    .sort({ index: 1 })
    .skip(count)
    .lean<ImportRow[]>()
    .cursor({ batchSize: linesAtOnce });
  for await (const batch of inBatches<ImportRow>(cursor as never, linesAtOnce)) {
    const lines = batch.flatMap(({ line }, place): AdjustmentLine[] =>
      line ? [lineOfImport(draft._id, count + place, line)] : [],
    );
    await AdjustmentLineModel.insertMany(lines, { lean: true });
    await take(lines);
    await say?.(count);
  }
  return { count, merchant: count === 1 ? merchant : null, setHash: hash.digest(), remarks, ...contacts };
}

function lineOfImport(adjustment: string, index: number, { contact, ...line }: ImportLine): AdjustmentLine {
  const _id = `${adjustment}/${index}`;
  return { _id, adjustment, index, cancels: [], ...line, ...sealedContact(contact) };
}
