// What a draft still lacks before it can be sealed. Mirrors the server's judgement of a visit, and is stricter: every item is
// answered and every fault has a fix. Pure.
import type { Checklist, ChecklistItem, Draft, DraftAnswer, DraftSection, Lack } from './contract.ts';

type Judged = 'pass' | 'fail' | 'na';

export function lacksOf({ noEntry, answers, sections }: Draft, { items }: Pick<Checklist, 'items'>): Lack[] {
  const alone: Lack[] = sections && sections.length < 2 ? [{ item: '', what: 'partner' }] : [];
  if (noEntry) return alone;
  if (!sections) return lacksOfAnswers(answers, items);
  return [...alone, ...sections.flatMap(lacksOfSection)];
}

function lacksOfSection({ taskForce, answers, checklist }: DraftSection): Lack[] {
  return lacksOfAnswers(answers, checklist.items).map((lack) => ({ ...lack, section: taskForce }));
}

function lacksOfAnswers(answers: Draft['answers'], items: ChecklistItem[]): Lack[] {
  return items.flatMap((item) =>
    lacksOfItem(item, answers[item.key]).map((what) => ({ item: item.key, what })),
  );
}

function lacksOfItem(item: ChecklistItem, answer: DraftAnswer | undefined): Lack['what'][] {
  const outcome = answer ? outcomeOf(item, answer) : null;
  if (!answer || outcome === null) return [isRuled(item) ? 'value' : 'answer'];
  if (outcome === 'na') return [];
  const lacks: Lack['what'][] = [];
  const needsPhoto = outcome === 'fail' ? item.photo !== 'never' : item.photo === 'always';
  if (needsPhoto && answer.photos.length === 0) lacks.push('photo');
  if (outcome === 'fail' && !answer.fix) lacks.push('fix');
  if (outcome === 'fail' && answer.fix?.kind === 'on-site' && answer.fix.photos.length === 0)
    lacks.push('photo-after');
  return lacks;
}

/** What an answer says, or null while it says nothing yet. Of a number or a choice the value decides, not the inspector. */
export function outcomeOf(item: ChecklistItem, { outcome, value }: DraftAnswer): Judged | null {
  if (outcome === 'na') return 'na';
  if (isRuled(item)) return value === undefined ? null : outcomeOfValue(item, value);
  return outcome === 'pass' || outcome === 'fail' ? outcome : null;
}

/** Items written before there were thresholds and options have none: there the inspector alone judges. */
export const isRuled = ({ number, options }: ChecklistItem): boolean =>
  number !== undefined || options !== undefined;

/** Null where the value does not fit the item. */
function outcomeOfValue({ number, options }: ChecklistItem, value: number | string): 'pass' | 'fail' | null {
  if (!number) {
    const option = options?.find(({ key }) => key === value);
    return option ? (option.fails ? 'fail' : 'pass') : null;
  }
  const { min = -Infinity, max = Infinity, passes } = number;
  if (typeof value !== 'number' || !Number.isFinite(value) || value < min || value > max) return null;
  const { above = -Infinity, atLeast = -Infinity, atMost = Infinity, below = Infinity } = passes;
  return value > above && value >= atLeast && value <= atMost && value < below ? 'pass' : 'fail';
}
