// A visit's parts: itself, or the sections of a joint one (联合巡查), each of which reads like a visit of its own. Pure.
import type { Visit, VisitBody } from '../../models/visit.ts';
import type { ProblemPart } from '../lib/problem.ts';

/** `at` is the part's place in the body it was taken from, as a JSON pointer. */
export type VisitPart = { key: string; at: string; taskForce: string | null; body: VisitBody };

/** The parts of a visit, in order. One that is not joint is a single part called `main`. */
export function partsOf(body: VisitBody): VisitPart[] {
  const { sections, ...whole } = body;
  if (!sections) return [{ key: 'main', at: '', taskForce: null, body }];
  return sections.map(({ key, taskForce, checklist = body.checklist, answers }, index) => ({
    key,
    at: `/sections/${index}`,
    taskForce,
    body: { ...whole, checklist, answers },
  }));
}

/** What a visit says now: its last amendment, or what was sealed. */
export function presentBody({ body, amendments }: Pick<Visit, 'body' | 'amendments'>): VisitBody {
  return amendments.at(-1)?.body ?? body;
}

/** The same visit with the answers of all its parts in one list. */
export function wholeOf(body: VisitBody): VisitBody {
  return { ...body, answers: partsOf(body).flatMap((part) => part.body.answers) };
}

/** What is wrong with the sections as such: a joint visit has one for each of two task forces at least, made by its inspectors. */
export function faultsOfSections(body: VisitBody): ProblemPart[] {
  const { kind, sections, answers, inspectors = [] } = body;
  if (kind !== 'joint')
    return sections
      ? [{ path: '/sections', message: '只有联合巡查分部分 / only a joint visit has sections' }]
      : [];
  if (!sections || sections.length < 2)
    return [
      {
        path: '/sections',
        message: '联合巡查至少两个专班，各填一部分 / one for each of two task forces at least',
      },
    ];
  const wrong: ProblemPart[] = [];
  const say = (path: string, message: string) => wrong.push({ path, message });
  if (answers.length > 0)
    say('/answers', '联合巡查的检查项填在各部分 / the answers of a joint visit stand in its sections');
  sections.forEach((section, index) => {
    const at = `/sections/${index}`;
    const earlier = sections.slice(0, index);
    if (section.key === 'main') say(`${at}/key`, '“main”不可用 / is taken');
    if (earlier.some(({ key }) => key === section.key)) say(`${at}/key`, '重复 / used twice');
    if (earlier.some(({ taskForce }) => taskForce === section.taskForce))
      say(`${at}/taskForce`, '每个专班一部分 / one section for each task force');
    section.inspectors.forEach((id, place) => {
      if (!inspectors.includes(id))
        say(`${at}/inspectors/${place}`, '须列入 inspectors / must be among the visit’s inspectors');
    });
  });
  return wrong;
}
