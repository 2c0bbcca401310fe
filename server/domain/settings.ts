// What an area sets: time limits, distances, who may verify. What it does not set it takes from the area around it. Every
// process keeps all settings in memory and follows changes within a second, so that a visit costs no read more.
import { type Area, AreaModel } from '../../models/area.ts';
import { type AreaSettings, AreaSettingsModel, type Settings } from '../../models/settings.ts';
import { standardLimits } from '../lib/deadlines.ts';
import { followed } from '../lib/followed.ts';
import { Problem } from '../lib/problem.ts';
import type { Actor } from './actor.ts';
import { inOneStep, type Put, put } from './reference-record.ts';

export const standardSettings: Settings = {
  ...standardLimits,
  verifierMayBeIssuer: true,
  farMeters: 500,
  clockSkewMinutes: 10,
  photosLostAfterDays: 7,
  objectionDays: 15,
  objectionDecisionWorkingDays: 5,
  failedVisits: 3,
  failedVisitsDays: 30,
  closedVisits: 3,
  unvisitedDays: 0,
};

/** What areas set themselves. */
const own = followed(new Map<string, Partial<Settings>>(), async () => {
  const all = await AreaSettingsModel.find().sort({ _id: 1 }).lean<AreaSettings[]>();
  return new Map(all.map(({ _id, values }) => [_id, values]));
});

/** Reads what every process holds in memory. */
export const followSettings = own.follow;

/** What holds where a record lies: `areas` is its path, widest first, and the narrowest area that says something is heard. */
export function settingsOf(areas: readonly string[]): Settings {
  return layered(areas.map((area) => own.now().get(area)));
}

/** Each layer upon those before it, all upon the standard. */
function layered(layers: (Partial<Settings> | undefined)[]): Settings {
  return layers.reduce<Settings>((settings, values) => ({ ...settings, ...values }), standardSettings);
}

export type ShownSettings = {
  area: string;
  /** What the area sets itself. */
  own: Partial<Settings>;
  /** What would hold there if it set nothing. */
  inherited: Settings;
  /** What holds there, with what it takes from around. */
  effective: Settings;
};

/** Throws `not-found` for an area that is not on file. */
export async function findSettings(area: string): Promise<ShownSettings> {
  const { path } = await findArea(area);
  const records = await AreaSettingsModel.find({ _id: { $in: path } }).lean<AreaSettings[]>();
  const found = path.map((code) => records.find(({ _id }) => _id === code)?.values ?? {});
  return {
    area,
    own: found.at(-1) ?? {},
    inherited: layered(found.slice(0, -1)),
    effective: layered(found),
  };
}

/** Sets what an area sets itself, whole: what is left out it takes from around. Orders keep the limits they were counted by. */
export async function putSettings(
  actor: Actor,
  area: string,
  values: Partial<Settings>,
): Promise<Put<ShownSettings>> {
  const { outcome } = await inOneStep(async () => {
    const { path } = await findArea(area);
    return put<AreaSettings>(actor, 'settings', AreaSettingsModel, { _id: area, values }, { areas: path });
  });
  await followSettings();
  return { record: await findSettings(area), outcome };
}

async function findArea(code: string): Promise<Pick<Area, 'path'>> {
  const area = await AreaModel.findById(code, { path: 1 }).lean<Pick<Area, 'path'>>();
  if (!area) throw new Problem('not-found');
  return area;
}
