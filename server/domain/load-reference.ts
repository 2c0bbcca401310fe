// Loads the reference data of a district from one file: what is there already stays as it is, what is wrong is named by its place.
import { Problem } from '../lib/problem.ts';
import type { Actor } from './actor.ts';
import type { NewChecklist } from './checklist-form.ts';
import { addChecklist, isNewestVersion } from './checklists.ts';
import {
  type AreaParts,
  type CategoryParts,
  putArea,
  putCategory,
  putSite,
  putTaskForce,
  type SiteParts,
  type TaskForceParts,
} from './reference-changes.ts';
import type { Outcome } from './reference-record.ts';

export type ReferenceData = {
  areas?: (AreaParts & { code: string })[];
  taskForces?: (TaskForceParts & { key: string })[];
  categories?: (CategoryParts & { key: string })[];
  sites?: (SiteParts & { id: string })[];
  checklists?: NewChecklist[];
};

type Counts = Record<Outcome, number>;
export type Loaded = {
  counts: Record<keyof ReferenceData, Counts>;
  /** `place` is where it stands in the data: `/areas/3`. */
  refusals: { place: string; id: string; problem: Problem }[];
};

/** Loads in the order of what refers to what. Each record stands for itself: a wrong one does not keep the others out. */
export async function loadReference(actor: Actor, data: ReferenceData): Promise<Loaded> {
  const refusals: Loaded['refusals'] = [];

  async function each<T>(
    part: keyof ReferenceData,
    records: T[] | undefined,
    idOf: (record: T) => string,
    load: (record: T) => Promise<{ outcome: Outcome }>,
  ): Promise<Counts> {
    const counts: Counts = { added: 0, changed: 0, unchanged: 0 };
    const seen = new Set<string>();
    for (const [index, record] of (records ?? []).entries()) {
      const id = idOf(record);
      try {
        // Two that differ under one id would change each other at every loading.
        if (seen.has(id)) throw new Problem('duplicate', { field: id });
        seen.add(id);
        counts[(await load(record)).outcome] += 1;
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        refusals.push({ place: `/${part}/${index}`, id, problem: error });
      }
    }
    return counts;
  }

  const areas = await each('areas', data.areas, byCode, ({ code, ...parts }) => putArea(actor, code, parts));
  const taskForces = await each('taskForces', data.taskForces, byKey, ({ key, ...parts }) =>
    putTaskForce(actor, key, parts),
  );
  const categories = await each('categories', data.categories, byKey, ({ key, ...parts }) =>
    putCategory(actor, key, parts),
  );
  const sites = await each('sites', data.sites, byId, ({ id, ...parts }) => putSite(actor, id, parts));
  const checklists = await each('checklists', data.checklists, byKey, async (checklist) => {
    if (await isNewestVersion(checklist)) return { outcome: 'unchanged' };
    await addChecklist(actor, checklist);
    return { outcome: 'added' };
  });
  return { counts: { areas, taskForces, categories, sites, checklists }, refusals };
}

const byCode = ({ code }: { code: string }) => code;
const byKey = ({ key }: { key: string }) => key;
const byId = ({ id }: { id: string }) => id;
