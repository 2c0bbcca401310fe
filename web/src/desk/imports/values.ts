// What stands in a column of the list, in words.
import { inLanguage } from '../../shared/language.ts';
import { type StatusKey, statusWord } from '../../shared/status.ts';
import type { AnswerOf } from '../../shared/server/types.ts';
import { terms } from '../../shared/vocabulary.ts';
import { conditionFrom, fieldsOf } from '../adjustments/condition.ts';
import { words as ruleWords } from '../adjustments/rule-words.ts';
import { useAnswer, useReference } from '../queries.ts';
import { words as frame } from '../words.ts';
import type { Import } from './import.ts';
import { words } from './words.ts';

export function useValues() {
  const { areaName, categoryName } = useReference();
  const sites = useAnswer<AnswerOf<'getSites'>>('/sites', {}, { staleSeconds: 3600 });

  function valueText(column: string, value: unknown): string {
    if (value === null || value === undefined || value === '') return words.value.nothing;
    const text = textOf(value);
    switch (column) {
      case 'category':
        return categoryName(text);
      case 'subdistrict':
      case 'area':
        return areaName(text);
      case 'site':
        return sites.data.value?.items.find(({ id }) => id === text)?.name ?? text;
      case 'status':
        return inLanguage(statusWord[text as StatusKey]);
      case 'mode':
        return frame.value.listed([value].flat().map((mode) => modeText(textOf(mode))));
      case 'point':
        return (value as { coordinates: number[] }).coordinates.join(', ');
      default:
        return text;
    }
  }

  const sideText = (side: unknown): string => {
    const condition = conditionFrom(side);
    const parts = fieldsOf(condition).map((field) => {
      const values = (condition[field] ?? []).map((value) => valueText(field, value));
      return `${ruleWords.value.fields[field]}${ruleWords.value.colon}${frame.value.listed(values)}`;
    });
    return frame.value.listed(parts);
  };

  /** The part of the list that a file replaces. */
  function partText({ where, except }: NonNullable<Import['selector']>): string {
    return except === undefined ? sideText(where) : words.value.partBut(sideText(where), sideText(except));
  }

  return { valueText, partText };
}

const modeText = (mode: string): string => (terms.value.mode as Record<string, string>)[mode] ?? mode;
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
