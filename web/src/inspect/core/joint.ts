// Joint visits (联合巡查): who may make one with whom, and the sections that come of it, one for each task force. Pure.
import type { Checklist, Colleague, DraftAnswer, DraftSection, Pack, Partner, Shop } from './contract.ts';

type Parted = { answers: Record<string, DraftAnswer>; sections?: DraftSection[] | undefined };

/** Every answer of a draft, whichever section it is in. */
export const allAnswers = ({ answers, sections = [] }: Parted): DraftAnswer[] =>
  [answers, ...sections.map((section) => section.answers)].flatMap((record) => Object.values(record));

/** Inspectors of the area of this shop; somebody without a task force may speak for each. */
export function partnersFor(
  { colleagues = [], taskForces = [] }: Pick<Pack, 'colleagues' | 'taskForces'>,
  shop: Pick<Shop, 'subdistrict'>,
): Partner[] {
  const all = taskForces.map(({ key }) => key);
  return colleagues.flatMap((one) =>
    taskForcesOf(one, shop, all).map((taskForce) => ({ id: one.id, name: one.name, taskForce })),
  );
}

function taskForcesOf({ scopes }: Colleague, { subdistrict }: Pick<Shop, 'subdistrict'>, all: string[]) {
  // The code of an area begins with the codes of those around it (GB/T 2260).
  const here = scopes.filter(({ areas }) => areas.some((area) => subdistrict.startsWith(area)));
  return [...new Set(here.flatMap(({ taskForce }) => (taskForce === null ? all : [taskForce])))];
}

/** A joint visit takes oneself and at least one other person of another task force. */
export function mayBeJoint(partners: readonly Partner[], self: string): boolean {
  return partners.some(
    (own) => own.id === self && partners.some((one) => one.id !== self && one.taskForce !== own.taskForce),
  );
}

/** Joins the section of his task force, or begins it with this checklist. */
export function withPartner(
  sections: readonly DraftSection[],
  { id, name, taskForce }: Partner,
  checklist: Checklist,
): DraftSection[] {
  const others = withoutInspector(sections, id, taskForce);
  const inspector = { id, name };
  if (!others.some((section) => section.taskForce === taskForce))
    return [...others, { taskForce, inspectors: [inspector], checklist, answers: {} }];
  return others.map((section) =>
    section.taskForce === taskForce
      ? { ...section, inspectors: [...section.inspectors, inspector] }
      : section,
  );
}

/** Leaves the visit. A section that nobody is left in goes with its answers, but for the task force that is named. */
export function withoutInspector(
  sections: readonly DraftSection[],
  id: string,
  kept?: string,
): DraftSection[] {
  return sections
    .map((section) => ({ ...section, inspectors: section.inspectors.filter((one) => one.id !== id) }))
    .filter(({ inspectors, taskForce }) => inspectors.length > 0 || taskForce === kept);
}
