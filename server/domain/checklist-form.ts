// A checklist as an admin writes it: its normal form, what is wrong with it in words, how it differs from the present one. Pure.
import { isDeepStrictEqual } from 'node:util';
import type { Checklist, ChecklistItem, NumberRule, Passes } from '../../models/checklist.ts';
import type { Words } from '../../models/words.ts';
import type { ProblemPart } from '../lib/problem.ts';

type NewItem = Omit<ChecklistItem, 'guidance' | 'number'> & {
  guidance?: Words | null;
  number?: { unit: Words; min?: number | null; max?: number | null; passes: Passes };
};
export type NewChecklist = { key: string; title: Words; categories?: string[]; items: NewItem[] };
/** What one version of a list says, without its number and time. */
export type ChecklistContent = Pick<Checklist, 'title' | 'categories' | 'items'>;

export type FieldChange = { field: string; before: unknown; after: unknown };
/** Items by key. `fields` are the list's own. */
export type ChecklistDifference = {
  fields: FieldChange[];
  added: string[];
  removed: string[];
  changed: { item: string; fields: FieldChange[] }[];
  reordered: boolean;
};

export function contentOf({ title, categories, items }: ChecklistContent): ChecklistContent {
  return { title, ...(categories && { categories }), items };
}

/** Words without blanks around them, categories sorted, nothing there that says nothing: equal lists are equal data. */
export function normalized({ title, categories = [], items }: NewChecklist): ChecklistContent {
  return {
    title: trimmed(title),
    ...(categories.length > 0 && { categories: [...new Set(categories)].sort() }),
    items: items.map(({ key, text, guidance, kind, severity, photo, number, options }) => ({
      key,
      text: trimmed(text),
      guidance: guidance && (guidance.zh.trim() || guidance.en.trim()) ? trimmed(guidance) : null,
      kind,
      severity,
      photo,
      ...(number && { number: normalNumber(number) }),
      ...(options && {
        options: options.map((option) => ({ ...option, text: trimmed(option.text) })),
      }),
    })),
  };
}

const trimmed = ({ zh, en }: Words): Words => ({ zh: zh.trim(), en: en.trim() });

function normalNumber({ unit, min, max, passes }: NonNullable<NewItem['number']>): NumberRule {
  return {
    unit: trimmed(unit),
    ...(typeof min === 'number' && { min }),
    ...(typeof max === 'number' && { max }),
    passes,
  };
}

/** What stands in the way of a list, as paths into it. `earlier` are the versions before it. */
export function problemsOf(
  list: ChecklistContent,
  earlier: Pick<Checklist, 'version' | 'items'>[],
): ProblemPart[] {
  return [
    ...untranslated('/title', list.title),
    ...repeated(list.items, (index) => `/items/${index}/key`),
    ...list.items.flatMap((item, index) => problemsOfItem(item, `/items/${index}`)),
    ...list.items.flatMap((item, index) => changedMeaning(item, `/items/${index}`, earlier)),
  ];
}

function problemsOfItem({ text, guidance, kind, number, options }: ChecklistItem, at: string): ProblemPart[] {
  const wrong = [...untranslated(`${at}/text`, text)];
  if (guidance) wrong.push(...untranslated(`${at}/guidance`, guidance));
  if (number) wrong.push(...untranslated(`${at}/number/unit`, number.unit));
  if (number && kind === 'number') wrong.push(...problemsOfNumber(number, `${at}/number`));
  if (options && kind === 'choice') wrong.push(...problemsOfOptions(options, `${at}/options`));
  const parts = { number, options };
  for (const [part, of] of [
    ['number', 'number'],
    ['options', 'choice'],
  ] as const) {
    const path = `${at}/${part}`;
    if (kind === of && !parts[part])
      wrong.push({ path, message: `kind 为 ${of} 时必填 / is needed where kind is ${of}` });
    if (kind !== of && parts[part])
      wrong.push({ path, message: `仅用于 kind 为 ${of} 的项 / only goes with kind ${of}` });
  }
  return wrong;
}

/** A threshold has to let something pass and something fail of what may be entered. */
function problemsOfNumber(
  { min = -Infinity, max = Infinity, passes }: NumberRule,
  at: string,
): ProblemPart[] {
  const { above, atLeast, atMost, below } = passes;
  const path = `${at}/passes`;
  if (min > max)
    return [{ path: `${at}/min`, message: '最小值大于最大值 / the least is more than the most' }];
  if ([above, atLeast, atMost, below].every((bound) => bound === undefined))
    return [{ path, message: '至少写明一个阈值 / needs at least one bound' }];
  if (above !== undefined && atLeast !== undefined)
    return [{ path, message: 'above 与 atLeast 只能选一 / either above or atLeast' }];
  if (below !== undefined && atMost !== undefined)
    return [{ path, message: 'below 与 atMost 只能选一 / either below or atMost' }];
  const lower = Math.max(min, above ?? atLeast ?? -Infinity);
  const upper = Math.min(max, below ?? atMost ?? Infinity);
  if (lower > upper || (lower === upper && (above === lower || below === upper)))
    return [{ path, message: '没有能合格的数值 / no value could pass' }];
  const allAbove = above === undefined ? min >= (atLeast ?? -Infinity) : min > above;
  const allBelow = below === undefined ? max <= (atMost ?? Infinity) : max < below;
  return allAbove && allBelow ? [{ path, message: '没有会不合格的数值 / no value could fail' }] : [];
}

function problemsOfOptions(options: NonNullable<ChecklistItem['options']>, at: string): ProblemPart[] {
  const wrong = options.flatMap(({ text }, index) => untranslated(`${at}/${index}/text`, text));
  wrong.push(...repeated(options, (index) => `${at}/${index}/key`));
  if (options.every(({ fails }) => !fails))
    wrong.push({ path: at, message: '没有不合格的选项 / no option fails' });
  if (options.every(({ fails }) => fails))
    wrong.push({ path: at, message: '没有合格的选项 / no option passes' });
  return wrong;
}

/** Answers of all versions are counted by key: what a key once asked it must go on asking. */
function changedMeaning(
  item: ChecklistItem,
  at: string,
  earlier: Pick<Checklist, 'version' | 'items'>[],
): ProblemPart[] {
  for (const { version, items } of earlier) {
    const before = items.find(({ key }) => key === item.key);
    if (!before) continue;
    const say = (path: string) => [
      {
        path: `${at}/${path}`,
        message: `第 ${version} 版中另有所指，请另取 key / means something else in version ${version}: take another key`,
      },
    ];
    if (before.kind !== item.kind) return say('kind');
    if (before.number && item.number && !isDeepStrictEqual(before.number.unit, item.number.unit))
      return say('number/unit');
    const turned = item.options?.findIndex(({ key, fails }) =>
      before.options?.some((option) => option.key === key && option.fails !== fails),
    );
    if (turned !== undefined && turned >= 0) return say(`options/${turned}/fails`);
  }
  return [];
}

function untranslated(path: string, { zh, en }: Words): ProblemPart[] {
  return [
    ...(zh === '' ? [{ path: `${path}/zh`, message: '缺中文 / the Chinese is missing' }] : []),
    ...(en === '' ? [{ path: `${path}/en`, message: '缺英文 / the English is missing' }] : []),
  ];
}

function repeated(parts: { key: string }[], pathOf: (index: number) => string): ProblemPart[] {
  return parts.flatMap(({ key }, index) =>
    parts.findIndex((other) => other.key === key) === index
      ? []
      : [{ path: pathOf(index), message: '重复 / used twice' }],
  );
}

/** How `after` differs from `before`, which is null for a first version. */
export function differenceOf(before: ChecklistContent | null, after: ChecklistContent): ChecklistDifference {
  const old = before?.items ?? [];
  const keysOf = (items: ChecklistItem[], others: ChecklistItem[], shared: boolean) =>
    items.map(({ key }) => key).filter((key) => others.some((other) => other.key === key) === shared);
  const changed = after.items.flatMap((item) => {
    const same = old.find(({ key }) => key === item.key);
    const fields = same ? changesOf(same, item) : [];
    return fields.length > 0 ? [{ item: item.key, fields }] : [];
  });
  return {
    fields: changesOf(headOf(before), headOf(after)),
    added: keysOf(after.items, old, false),
    removed: keysOf(old, after.items, false),
    changed,
    reordered: !isDeepStrictEqual(keysOf(old, after.items, true), keysOf(after.items, old, true)),
  };
}

const headOf = (list: ChecklistContent | null) => ({
  title: list?.title ?? null,
  categories: list?.categories ?? [],
});

function changesOf(before: Record<string, unknown>, after: Record<string, unknown>): FieldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((field) =>
    isDeepStrictEqual(before[field], after[field])
      ? []
      : [{ field, before: before[field] ?? null, after: after[field] ?? null }],
  );
}
