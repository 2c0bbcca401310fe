// Reference data is written whole, by an admin or an operator: areas, task forces, categories, sites. Nothing is deleted.
import { type Area, type AreaLevel, AreaModel, areaLevels } from '../../models/area.ts';
import { type Category, CategoryModel } from '../../models/category.ts';
import { type Site, SiteModel } from '../../models/site.ts';
import { type TaskForce, TaskForceModel } from '../../models/task-force.ts';
import type { Words } from '../../models/words.ts';
import { Problem, type ProblemPart } from '../lib/problem.ts';
import type { Actor } from './actor.ts';
import { inOneStep, type Put, put, unknown } from './reference-record.ts';

export type AreaParts = Pick<Area, 'name' | 'level' | 'parent'> &
  Partial<Pick<Area, 'kind' | 'centre' | 'outline'>>;
export type TaskForceParts = { name: Words; example?: boolean };
export type CategoryParts = Omit<Category, '_id'>;
export type SiteParts = Pick<Site, 'kind' | 'name' | 'subdistrict' | 'address' | 'point'>;

/** Digits of a code by GB/T 2260, and of the statistical codes below it. */
const digitsOf: Record<AreaLevel, number> = {
  province: 2,
  city: 4,
  district: 6,
  subdistrict: 9,
  community: 12,
};

/**
 * Throws `unknown-reference` for a parent that is not on file, `invalid-request` where code, level and parent do not fit. No list
 * of areas tells their outlines, so an area that is written without one keeps its own; null takes it away.
 */
export function putArea(actor: Actor, code: string, parts: AreaParts): Promise<Put<Area>> {
  const { name, level, kind = null, parent: parentCode, centre = null } = parts;
  return inOneStep(async () => {
    const parent = parentCode === null ? null : await AreaModel.findById(parentCode).lean<Area>();
    if (parentCode !== null && !parent) throw unknown('parent', parentCode);
    const wrong = misfits(code, level, parent);
    if (wrong.length > 0) throw new Problem('invalid-request', {}, { errors: wrong });
    const path = [...(parent?.path ?? []), code];
    const outline = parts.outline ?? (parts.outline === undefined ? await outlineOf(code) : null);
    const area: Area = { _id: code, name, level, kind, parent: parentCode, path, centre, outline };
    // Level, parent and path follow from the code, so that a change never moves what lies in the area.
    return put(actor, 'area', AreaModel, area, { areas: path });
  });
}

async function outlineOf(code: string): Promise<Area['outline']> {
  const known = await AreaModel.findById(code, { outline: 1 }).lean<Pick<Area, 'outline'>>();
  return known?.outline ?? null;
}

/** The path of every record holds one code of each level, so none may be passed over. */
function misfits(code: string, level: AreaLevel, parent: Area | null): ProblemPart[] {
  const wrong: ProblemPart[] = [];
  const digits = digitsOf[level];
  const around = areaLevels[areaLevels.indexOf(level) - 1];
  if (code.length !== digits)
    wrong.push({ path: '/level', message: `${level} 代码应为 ${digits} 位 / its code has ${digits} digits` });
  if (parent?.level !== around)
    wrong.push({
      path: '/parent',
      message:
        around === undefined ? '省级没有上级 / a province has none' : `须为 ${around} / must be a ${around}`,
    });
  if (parent && !code.startsWith(parent._id))
    wrong.push({ path: '/parent', message: '代码须以上级代码开头 / the code must begin with its code' });
  return wrong;
}

export function putTaskForce(
  actor: Actor,
  key: string,
  { name, example = false }: TaskForceParts,
): Promise<Put<TaskForce>> {
  return inOneStep(() => put(actor, 'task-force', TaskForceModel, { _id: key, name, example }));
}

/** Throws `unknown-reference` for a task force that is not on file, `in-use` for another one once merchants are in the category. */
export function putCategory(actor: Actor, key: string, parts: CategoryParts): Promise<Put<Category>> {
  const { name, gbt4754, leadDepartment, taskForce } = parts;
  return inOneStep(async () => {
    if (!(await TaskForceModel.exists({ _id: taskForce }))) throw unknown('taskForce', taskForce);
    const category: Category = { _id: key, name, gbt4754, leadDepartment, taskForce };
    return put(actor, 'category', CategoryModel, category, {
      stays: { fields: ['taskForce'], where: { category: key } },
    });
  });
}

/** Throws `unknown-reference` for a subdistrict that is not on file, `in-use` for another one or another kind once merchants belong to the site. */
export function putSite(actor: Actor, id: string, parts: SiteParts): Promise<Put<Site>> {
  const { kind, name, subdistrict, address, point } = parts;
  return inOneStep(async () => {
    const area = await AreaModel.findOne({ _id: subdistrict, level: 'subdistrict' }).lean<Area>();
    if (!area) throw unknown('subdistrict', subdistrict);
    const areas = area.path;
    const district = areas[2] ?? '';
    const site: Site = { _id: id, district, areas, kind, name, subdistrict, address, point };
    return put(actor, 'site', SiteModel, site, {
      areas,
      stays: { fields: ['kind', 'subdistrict'], where: { site: id } },
    });
  });
}
