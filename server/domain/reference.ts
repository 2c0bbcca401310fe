// Reference data: areas, categories, task forces, sites. Small, read as a whole.
import { type Area, AreaModel } from '../../models/area.ts';
import { type Category, CategoryModel } from '../../models/category.ts';
import { type Site, type SiteKind, SiteModel } from '../../models/site.ts';
import { type TaskForce, TaskForceModel } from '../../models/task-force.ts';

const atMost = 5_000;

/** Areas inside one area, or all of the levels down to subdistrict. */
export async function listAreas(parent: string | undefined): Promise<Area[]> {
  const filter = parent === undefined ? { level: { $ne: 'community' as const } } : { parent };
  return AreaModel.find(filter).sort({ _id: 1 }).limit(atMost).lean<Area[]>();
}

export async function listCategories(): Promise<Category[]> {
  return CategoryModel.find().sort({ _id: 1 }).limit(atMost).lean<Category[]>();
}

export async function listTaskForces(): Promise<TaskForce[]> {
  return TaskForceModel.find().sort({ _id: 1 }).limit(atMost).lean<TaskForce[]>();
}

export async function listSites({ area, kind }: { area?: string; kind?: SiteKind }): Promise<Site[]> {
  const filter = { ...(area !== undefined && { areas: area }), ...(kind !== undefined && { kind }) };
  return SiteModel.find(filter).sort({ _id: 1 }).limit(atMost).lean<Site[]>();
}
