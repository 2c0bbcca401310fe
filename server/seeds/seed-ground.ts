// The ground of the demonstration: areas, task forces, categories, sites and the checklist.
import { type Area, type AreaLevel, AreaModel } from '../../models/area.ts';
import { CategoryModel } from '../../models/category.ts';
import { type ChecklistItem, ChecklistModel } from '../../models/checklist.ts';
import { SiteModel } from '../../models/site.ts';
import { TaskForceModel } from '../../models/task-force.ts';
import { clock } from '../lib/clock.ts';
import areaData from './data/areas.json' with { type: 'json' };
import categoryData from './data/categories.json' with { type: 'json' };
import checklistData from './data/checklists.json' with { type: 'json' };
import taskForceData from './data/task-forces.json' with { type: 'json' };
import type { DemoDistrict } from './places.ts';
import type { Random } from './random.ts';
import { generateSites } from './sites.ts';

type AreaRow = {
  code: string;
  name: string;
  level: string;
  kind?: string | null;
  parent: string | null;
  mapCentre?: number[];
};

/** Writes the reference data. Answers the id of each site by district and key. */
export async function seedGround(random: Random): Promise<Map<string, string>> {
  const areas = areasFrom(areaData.areas);
  await AreaModel.insertMany(areas);
  await TaskForceModel.insertMany(
    taskForceData.taskForces.map(({ key, name, example }) => ({ _id: key, name, example })),
  );
  const categories = categoryData.categories.map(({ key, name, gbt4754, leadDepartment, taskForce }) => ({
    _id: key,
    name,
    gbt4754,
    leadDepartment,
    taskForce,
  }));
  await CategoryModel.insertMany(categories);
  await ChecklistModel.insertMany(
    checklistData.checklists.map(({ key, version, title, items }) => ({
      _id: `${key}/${version}`,
      key,
      version,
      title,
      items: items as ChecklistItem[],
      createdAt: clock.now(),
    })),
  );
  const pathOf = new Map(areas.map(({ _id, path }) => [_id, path]));
  const siteIds = new Map<string, string>();
  for (const district of ['daowai', 'second'] satisfies DemoDistrict[]) {
    const sites = generateSites(random.fork(district), district).map(
      ({ key, kind, name, subdistrict, address, point }) => {
        const path = pathOf.get(subdistrict) ?? [];
        siteIds.set(`${district}/${key}`, `${path[2] ?? ''}-${key}`);
        const place = { type: 'Point' as const, coordinates: point };
        return {
          _id: `${path[2] ?? ''}-${key}`,
          district: path[2] ?? '',
          areas: path,
          kind,
          name,
          subdistrict,
          address,
          point: place,
        };
      },
    );
    await SiteModel.insertMany(sites);
  }
  return siteIds;
}

function areasFrom(rows: AreaRow[]): Area[] {
  const parentOf = new Map(rows.map(({ code, parent }) => [code, parent]));
  const pathOf = (code: string): string[] => {
    const parent = parentOf.get(code);
    return parent == null ? [code] : [...pathOf(parent), code];
  };
  return rows.map(({ code, name, level, kind, parent, mapCentre }) => {
    const [lng, lat] = mapCentre ?? [];
    const centre: [number, number] | null = lng === undefined || lat === undefined ? null : [lng, lat];
    return {
      _id: code,
      name,
      level: level as AreaLevel,
      kind: kind ?? null,
      parent,
      path: pathOf(code),
      centre,
    };
  });
}
