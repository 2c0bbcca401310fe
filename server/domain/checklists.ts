// Checklists: versions never change, so one that was read once need not be read again.
import { isDeepStrictEqual } from 'node:util';
import { type Checklist, type ChecklistItem, ChecklistModel } from '../../models/checklist.ts';
import type { Words } from '../../models/words.ts';
import { clock } from '../lib/clock.ts';
import { Problem } from '../lib/problem.ts';
import { inTransaction, isDuplicateKey } from '../lib/transaction.ts';
import type { Actor } from './actor.ts';
import { recordAudit } from './audit.ts';

export type NewChecklist = {
  key: string;
  title: Words;
  items: (Omit<ChecklistItem, 'guidance'> & { guidance?: Words | null })[];
};

const known = new Map<string, Checklist>();

/** A version of a checklist. Throws `unknown-reference` where there is none. */
export async function findChecklist(key: string, version: number): Promise<Checklist> {
  const id = `${key}/${version}`;
  const found = known.get(id) ?? (await ChecklistModel.findById(id).lean<Checklist>());
  if (!found)
    throw new Problem(
      'unknown-reference',
      { field: 'checklist' },
      { errors: [{ path: '/checklist', message: id }] },
    );
  known.set(id, found);
  return found;
}

/** The newest version of every checklist, by key. */
export async function listChecklists(): Promise<Checklist[]> {
  const all = await ChecklistModel.find().sort({ key: 1, version: -1 }).limit(1_000).lean<Checklist[]>();
  return all.filter(({ key }, index) => all.findIndex((other) => other.key === key) === index);
}

async function newestVersion(key: string): Promise<Checklist | null> {
  return ChecklistModel.findOne({ key }).sort({ version: -1 }).lean<Checklist>();
}

/** The next version of a checklist, or its first. Throws `duplicate` when somebody else adds one at the same moment. */
export async function addChecklist(actor: Actor, { key, title, items }: NewChecklist): Promise<Checklist> {
  requireOwnKeys(items);
  const newest = await newestVersion(key);
  const version = (newest?.version ?? 0) + 1;
  const checklist: Checklist = {
    _id: `${key}/${version}`,
    key,
    version,
    title,
    items: completed(items),
    createdAt: clock.now(),
  };
  try {
    return await inTransaction(async () => {
      await ChecklistModel.create(checklist);
      await recordAudit(actor, 'checklist.added', checklist._id, {
        before: newest && contentOf(newest),
        after: contentOf(checklist),
      });
      return checklist;
    });
  } catch (error) {
    if (isDuplicateKey(error)) throw new Problem('duplicate', { field: 'version' });
    throw error;
  }
}

/** Whether this is what the newest version says already. */
export async function isNewestVersion({ key, title, items }: NewChecklist): Promise<boolean> {
  const newest = await newestVersion(key);
  return newest !== null && isDeepStrictEqual(contentOf(newest), { title, items: completed(items) });
}

const contentOf = ({ title, items }: Checklist) => ({ title, items });

function completed(items: NewChecklist['items']): ChecklistItem[] {
  return items.map((item) => ({ ...item, guidance: item.guidance ?? null }));
}

function requireOwnKeys(items: NewChecklist['items']): void {
  const errors = items.flatMap(({ key }, index) =>
    items.findIndex((other) => other.key === key) === index
      ? []
      : [{ path: `/items/${index}/key`, message: '重复 / used twice' }],
  );
  if (errors.length > 0) throw new Problem('invalid-request', {}, { errors });
}
