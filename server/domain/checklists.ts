// Checklists: versions never change, so one that was read once need not be read again.
import { type Checklist, ChecklistModel } from '../../models/checklist.ts';
import { Problem } from '../lib/problem.ts';

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
