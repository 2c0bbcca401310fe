// Where an actor works now, as a record that he makes carries it: whoever answers for all of that may see the record.
import { type Area, AreaModel } from '../../models/area.ts';
import { clock } from '../lib/clock.ts';
import { scopesAt } from './abilities.ts';
import type { Actor } from './actor.ts';

/** The scopes held now, without their dates. */
export const undatedScopes = (actor: Actor) =>
  scopesAt(actor, clock.now()).map(({ areas, taskForce }) => [areas, taskForce] as const);

/** What he may reach, as a text that changes with it. */
export const reachKeyOf = (actor: Actor): string => JSON.stringify(undatedScopes(actor));

/** What all his scopes share. */
export async function placeOfActor(actor: Actor): Promise<{ areas: string[]; taskForces: string[] }> {
  const scopes = scopesAt(actor, clock.now());
  const codes = [...new Set(scopes.flatMap(({ areas }) => areas))];
  const areas = await AreaModel.find({ _id: { $in: codes } }, { path: 1 }).lean<Pick<Area, 'path'>[]>();
  const [first, ...rest] = areas.map(({ path }) => path);
  const [taskForce, ...others] = new Set(scopes.map((scope) => scope.taskForce));
  return {
    areas: (first ?? []).filter((code) => rest.every((path) => path.includes(code))),
    taskForces: taskForce == null || others.length > 0 ? [] : [taskForce],
  };
}
