// Values of a visit's answers: of the item's kind, within its range, and in agreement with the outcome stated. Pure.
import type { ChecklistItem, NumberRule } from '../../models/checklist.ts';
import type { VisitAnswer } from '../../models/visit.ts';
import type { ProblemPart } from '../lib/problem.ts';

/**
 * What is wrong with an answer's value, under the answer's own path `at`. A device computes the outcome from the value, so
 * that only a broken one contradicts itself. `na` and `unchecked` need no value.
 */
export function faultsOfValue(
  { outcome, value }: VisitAnswer,
  item: ChecklistItem,
  at: string,
): ProblemPart[] {
  if (!item.number && !item.options) return [];
  const judged = outcome === 'pass' || outcome === 'fail';
  if (value === undefined || value === null)
    return judged
      ? [{ path: `${at}/value`, message: `${asked(item).zh} / needs a value: ${asked(item).en}` }]
      : [];
  const expected = outcomeOfValue(item, value);
  if (expected === null)
    return [{ path: `${at}/value`, message: `${asked(item).zh} / the value must be ${asked(item).en}` }];
  if (!judged || expected === outcome) return [];
  return [
    {
      path: `${at}/outcome`,
      message: `按检查表“${value}”为${expected === 'fail' ? '不合格' : '合格'}，outcome 须填 ${expected} / by the checklist ${value} is a ${expected}: send outcome "${expected}"`,
    },
  ];
}

/** The outcome that a value means by the item's threshold or options; null where the value does not fit the item. */
export function outcomeOfValue(
  { number, options }: Pick<ChecklistItem, 'number' | 'options'>,
  value: number | string,
): 'pass' | 'fail' | null {
  if (number) {
    if (typeof value !== 'number' || !isWithin(number, value)) return null;
    return passes(number, value) ? 'pass' : 'fail';
  }
  const option = options?.find(({ key }) => key === value);
  return option ? (option.fails ? 'fail' : 'pass') : null;
}

function isWithin({ min = -Infinity, max = Infinity }: NumberRule, value: number): boolean {
  return Number.isFinite(value) && value >= min && value <= max;
}

function passes({ passes: { above, atLeast, atMost, below } }: NumberRule, value: number): boolean {
  return (
    (above === undefined || value > above) &&
    (atLeast === undefined || value >= atLeast) &&
    (atMost === undefined || value <= atMost) &&
    (below === undefined || value < below)
  );
}

function asked({ number, options = [] }: ChecklistItem): { zh: string; en: string } {
  if (!number) {
    const keys = options.map(({ key }) => key).join(', ');
    return { zh: `须填选项之一：${keys}`, en: `one of ${keys}` };
  }
  const { unit, min, max } = number;
  const from = min === undefined ? { zh: '', en: '' } : { zh: `，不小于 ${min}`, en: `, ${min} or more` };
  const to = max === undefined ? { zh: '', en: '' } : { zh: `，不大于 ${max}`, en: `, ${max} or less` };
  return { zh: `须填数值（${unit.zh}）${from.zh}${to.zh}`, en: `a number in ${unit.en}${from.en}${to.en}` };
}
