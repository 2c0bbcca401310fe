// Checklists: versions that never change, so one that was read once need not be read again; the next one is previewed, then written.
import { isDeepStrictEqual } from 'node:util';
import { AreaModel } from '../../models/area.ts';
import { CategoryModel } from '../../models/category.ts';
import { type Checklist, ChecklistModel } from '../../models/checklist.ts';
import { MerchantModel } from '../../models/merchant.ts';
import { clock } from '../lib/clock.ts';
import { Problem, type ProblemPart } from '../lib/problem.ts';
import { inTransaction, isDuplicateKey } from '../lib/transaction.ts';
import type { Actor } from './actor.ts';
import { recordAudit } from './audit.ts';
import {
  type ChecklistContent,
  type ChecklistDifference,
  contentOf,
  differenceOf,
  type NewChecklist,
  normalized,
  problemsOf,
} from './checklist-form.ts';

/** More lists, or versions of one, than any district writes. */
const atMost = 1_000;
/** The list for categories that have none of their own. */
const usualKey = 'essential';

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

/** The newest version of every checklist by key, or every version, newest first within a key. */
export async function listChecklists({ latest = true }: { latest?: boolean } = {}): Promise<Checklist[]> {
  if (!latest) return ChecklistModel.find().sort({ key: 1, version: -1 }).limit(atMost).lean<Checklist[]>();
  const newest = await ChecklistModel.aggregate<{ newest: Checklist }>([
    { $sort: { key: -1, version: -1 } },
    { $group: { _id: '$key', newest: { $first: '$$ROOT' } } },
    { $sort: { _id: 1 } },
    { $limit: atMost },
  ]);
  return newest.map((group) => group.newest);
}

/**
 * The list to visit a shop of this category with: the newest version that names the category, of several lists the one
 * written last, and where none does the usual one. Null where there is not even that.
 */
export async function checklistFor(category: string): Promise<Checklist | null> {
  return fittingList(await listChecklists(), category);
}

/** The same, of the newest versions at hand. */
export function fittingList(newest: Checklist[], category: string): Checklist | null {
  const [own] = newest
    .filter(({ categories }) => categories?.includes(category))
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  return own ?? newest.find(({ key, categories }) => key === usualKey && !categories) ?? null;
}

export type ChecklistPreview = {
  next: Checklist;
  /** The version it would follow. */
  present: number | null;
  problems: ProblemPart[];
  difference: ChecklistDifference;
  /** Listed shops of its categories. */
  merchants: number;
};

/** What `addChecklist` would write now, what stands in its way, and how it differs from the present version. Writes nothing. */
export async function previewChecklist(body: NewChecklist): Promise<ChecklistPreview> {
  const { next, present, problems, unknown } = await nextVersion(body);
  return {
    next,
    present: present?.version ?? null,
    problems: [...problems, ...unknown],
    difference: differenceOf(present, next),
    merchants: await countListed(next.categories),
  };
}

/**
 * The next version of a checklist, or its first. `expected` is the version that a preview showed. Throws `invalid-request`
 * with the problems of the preview, `unknown-reference` for a category that is not on file, and `duplicate` when somebody
 * else has added that version.
 */
export async function addChecklist(actor: Actor, body: NewChecklist, expected?: number): Promise<Checklist> {
  const { next, present, problems, unknown } = await nextVersion(body);
  if (problems.length > 0) throw new Problem('invalid-request', {}, { errors: problems });
  if (unknown.length > 0)
    throw new Problem('unknown-reference', { field: 'categories' }, { errors: unknown });
  if (expected !== undefined && expected !== next.version)
    throw new Problem('duplicate', { field: 'version' });
  try {
    return await inTransaction(async () => {
      await ChecklistModel.create(next);
      await recordAudit(actor, 'checklist.added', next._id, {
        before: present && contentOf(present),
        after: contentOf(next),
      });
      return next;
    });
  } catch (error) {
    if (isDuplicateKey(error)) throw new Problem('duplicate', { field: 'version' });
    throw error;
  }
}

/** Whether this is what the newest version says already. */
export async function isNewestVersion(body: NewChecklist): Promise<boolean> {
  const newest = await ChecklistModel.findOne({ key: body.key }).sort({ version: -1 }).lean<Checklist>();
  return newest !== null && isDeepStrictEqual(contentOf(newest), normalized(body));
}

async function nextVersion(body: NewChecklist) {
  const earlier = await ChecklistModel.find({ key: body.key })
    .sort({ version: -1 })
    .limit(atMost)
    .lean<Checklist[]>();
  const present = earlier[0] ?? null;
  const version = (present?.version ?? 0) + 1;
  const content = normalized(body);
  const next: Checklist = {
    _id: `${body.key}/${version}`,
    key: body.key,
    version,
    ...content,
    createdAt: clock.now(),
  };
  return { next, present, problems: problemsOf(content, earlier), unknown: await unknownCategories(content) };
}

async function unknownCategories({ categories = [] }: ChecklistContent): Promise<ProblemPart[]> {
  const onFile = await CategoryModel.find({ _id: { $in: categories } }, { _id: 1 }).lean();
  return categories
    .filter((category) => !onFile.some(({ _id }) => _id === category))
    .map((category) => ({ path: '/categories', message: `没有这一类别 / no such category: ${category}` }));
}

/** By province, since that is how the index of the list begins. */
async function countListed(categories: string[] | undefined): Promise<number> {
  const provinces = await AreaModel.find({ level: 'province' }, { _id: 1 }).limit(100).lean();
  return MerchantModel.countDocuments({
    areas: { $in: provinces.map(({ _id }) => _id) },
    status: 'listed',
    ...(categories && { category: { $in: categories } }),
  });
}
