// A checklist while its next version is written. Pure.
import type { AnswerOf, BodyOf, ItemOf } from '../../shared/server/types.ts';

export type Checklist = ItemOf<'getChecklists'>;
export type Draft = Pick<BodyOf<'postChecklists'>, 'key' | 'title' | 'items'> & { categories: string[] };
export type Item = Draft['items'][number];
export type Part = { path: string; message: string };
export type Preview = AnswerOf<'postChecklistsPreview'>;

const blank = () => ({ zh: '', en: '' });

export const emptyDraft = (): Draft => ({ key: '', title: blank(), categories: [], items: [] });

/** All of a version that the next one may say otherwise; a copy, so that nobody else's list changes with it. */
export function draftOf({ key, title, categories = [], items }: Checklist): Draft {
  return structuredClone({ key, title, categories, items });
}

/** Whether the next version would be the present one once more. */
export const isSame = ({ fields, added, removed, changed, reordered }: Preview['difference']): boolean =>
  fields.length + added.length + removed.length + changed.length === 0 && !reordered;

export const freshItem = (): Item => ({
  key: '',
  text: blank(),
  guidance: null,
  kind: 'outcome',
  severity: 'minor',
  photo: 'on-failure',
});

/** With the parts that its kind of answer needs, and none of another kind's. */
export function withKind(item: Item, kind: Item['kind']): Item {
  const { number, options, ...rest } = item;
  return {
    ...rest,
    kind,
    ...(kind === 'number' && { number: number ?? { unit: blank(), passes: {} } }),
    ...(kind === 'choice' && { options: options ?? [freshOption(1, false), freshOption(2, true)] }),
  };
}

export const freshOption = (n: number, fails: boolean) => ({ key: `option-${n}`, text: blank(), fails });

export function moved<T>(list: T[], from: number, to: number): T[] {
  const [one] = list.slice(from, from + 1);
  const rest = list.toSpliced(from, 1);
  return one === undefined || to < 0 || to > rest.length ? list : rest.toSpliced(to, 0, one);
}

/** Items of every list by key, each once, that this one does not have yet. */
export function sharedItems(lists: Checklist[], draft: Draft): Item[] {
  const all = new Map(lists.flatMap(({ items }) => items.map((item) => [item.key, item])));
  return [...all.values()].filter(({ key }) => !draft.items.some((item) => item.key === key));
}

/** What is wrong at one place, or anywhere below it. */
export const problemsAt = (parts: Part[], path: string): Part[] =>
  parts.filter((part) => part.path === path || part.path.startsWith(`${path}/`));
