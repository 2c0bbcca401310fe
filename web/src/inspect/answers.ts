// What an answer means, and what a checklist asks first. Pure.
import type { ChecklistItem, Draft, DraftAnswer, KeptPhoto, Lack, Outcome } from './core/contract.ts';
import { allAnswers } from './core/joint.ts';

/** 防疫三宝: the three that every visit begins with. */
const first = ['mask', 'scan', 'temperature'];

export function mainAndRest(items: ChecklistItem[]): { main: ChecklistItem[]; rest: ChecklistItem[] } {
  const main = first.flatMap((key) => items.filter((item) => item.key === key && item.kind === 'outcome'));
  return { main, rest: items.filter((item) => !main.includes(item)) };
}

/** Of a number or a choice; undefined where the value says nothing. */
export function outcomeOfValue(
  item: ChecklistItem,
  value: number | string | undefined,
): 'pass' | 'fail' | undefined {
  if (item.kind === 'choice') {
    const option = item.options?.find(({ key }) => key === value);
    return option && (option.fails ? 'fail' : 'pass');
  }
  if (item.kind !== 'number' || typeof value !== 'number' || !item.number) return undefined;
  const { passes } = item.number;
  const kept =
    (passes.above === undefined || value > passes.above) &&
    (passes.atLeast === undefined || value >= passes.atLeast) &&
    (passes.atMost === undefined || value <= passes.atMost) &&
    (passes.below === undefined || value < passes.below);
  return kept ? 'pass' : 'fail';
}

/** "≤ 100 %", "36 … 37.2 °C": when a number passes. */
export function passesText({ passes }: NonNullable<ChecklistItem['number']>, unit: string): string {
  const signs: [keyof typeof passes, string][] = [
    ['above', '>'],
    ['atLeast', '≥'],
    ['below', '<'],
    ['atMost', '≤'],
  ];
  const known = signs.flatMap(([key, sign]) => (passes[key] === undefined ? [] : [`${sign} ${passes[key]}`]));
  return `${known.join(', ')} ${unit}`.trim();
}

export const emptyAnswer = (): DraftAnswer => ({ photos: [], fix: null });

/** The answer with another outcome. What hangs on a failure goes when it is none; photos stay. */
export function withOutcome(answer: DraftAnswer, outcome: Outcome, now: string): DraftAnswer {
  if (outcome !== 'fail') return { ...answer, outcome, fix: null };
  return { ...answer, outcome, fix: answer.fix ?? { kind: 'on-site', photos: [], at: now } };
}

/** Items that still have no answer and can be passed by one tap: a value has to be read by somebody. */
export function unanswered(items: ChecklistItem[], { answers }: Pick<Draft, 'answers'>): ChecklistItem[] {
  return items.filter(({ key, kind }) => kind === 'outcome' && answers[key]?.outcome === undefined);
}

export function countLacks(lacks: Lack[]): { items: number; photos: number } {
  const ofPhotos = lacks.filter(({ what }) => what === 'photo' || what === 'photo-after');
  const items = new Set(
    lacks.filter((lack) => !ofPhotos.includes(lack)).map(({ section = '', item }) => `${section}/${item}`),
  );
  return { items: items.size, photos: ofPhotos.length };
}

export function photosInUse(draft: Draft): Set<string> {
  return new Set(allAnswers(draft).flatMap(({ photos, fix }) => [...photos, ...(fix?.photos ?? [])]));
}

/** Photos of the visit itself, such as of a closed door. */
export function loosePhotos(draft: Draft): KeptPhoto[] {
  const used = photosInUse(draft);
  return draft.photos.filter(({ sha256 }) => !used.has(sha256));
}
