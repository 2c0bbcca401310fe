// The ground of the demonstration: areas, task forces, categories, sites and checklists.
import { type Area, AreaModel } from '../../models/area.ts';
import { CategoryModel } from '../../models/category.ts';
import { ChecklistModel } from '../../models/checklist.ts';
import { SiteModel } from '../../models/site.ts';
import { TaskForceModel } from '../../models/task-force.ts';
import { normalized } from '../domain/checklist-form.ts';
import { clock } from '../lib/clock.ts';
import { demonstrationGround } from './ground-data.ts';
import type { DemoDistrict } from './places.ts';
import type { Random } from './random.ts';
import { generateSites } from './sites.ts';

/** Writes the reference data. Answers the id of each site by district and key. */
export async function seedGround(random: Random): Promise<Map<string, string>> {
  const ground = demonstrationGround();
  const areas = withPaths(ground.areas);
  await AreaModel.insertMany(areas);
  await TaskForceModel.insertMany(ground.taskForces.map(({ key, ...rest }) => ({ _id: key, ...rest })));
  await CategoryModel.insertMany(ground.categories.map(({ key, ...rest }) => ({ _id: key, ...rest })));
  await ChecklistModel.insertMany(
    ground.checklists.map((checklist) => ({
      _id: `${checklist.key}/1`,
      key: checklist.key,
      version: 1,
      ...normalized(checklist),
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

function withPaths(rows: ReturnType<typeof demonstrationGround>['areas']): Area[] {
  const parentOf = new Map(rows.map(({ code, parent }) => [code, parent]));
  const pathOf = (code: string): string[] => {
    const parent = parentOf.get(code);
    return parent == null ? [code] : [...pathOf(parent), code];
  };
  return rows.map(({ code, ...rest }) => ({ _id: code, ...rest, path: pathOf(code) }));
}
