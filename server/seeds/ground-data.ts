// The demonstration's areas, task forces, categories and checklists as data: seeded with the list, or loaded without it.
import type { Area, AreaLevel } from '../../models/area.ts';
import areaData from './data/areas.json' with { type: 'json' };
import categoryData from './data/categories.json' with { type: 'json' };
import outlineData from './data/outline.json' with { type: 'json' };
import { demonstrationChecklists } from './checklist-data.ts';
import taskForceData from './data/task-forces.json' with { type: 'json' };

function outlineOf(code: string): Area['outline'] {
  const feature = outlineData.features.find(({ properties }) => properties.code === code);
  return (feature?.geometry.coordinates ?? null) as Area['outline'];
}

/** No sites: the parks are named in the source, but where each lies is made up. */
export function demonstrationGround() {
  return {
    areas: areaData.areas.map(({ code, name, level, kind, parent, centre }) => ({
      code,
      name,
      level: level as AreaLevel,
      kind,
      parent,
      centre: (centre ?? null) as Area['centre'],
      outline: outlineOf(code),
    })),
    taskForces: taskForceData.taskForces.map(({ key, name, example }) => ({ key, name, example })),
    categories: categoryData.categories.map(({ key, name, gbt4754, leadDepartment, taskForce }) => ({
      key,
      name,
      gbt4754,
      leadDepartment,
      taskForce,
    })),
    checklists: demonstrationChecklists(),
  };
}
