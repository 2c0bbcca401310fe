// What the values of a rule's fields are called.
import { computed } from 'vue';
import { inLanguage } from '../../shared/language.ts';
import { type StatusKey, statusWord } from '../../shared/status.ts';
import type { AnswerOf } from '../../shared/server/types.ts';
import { terms } from '../../shared/vocabulary.ts';
import { count, moment } from '../figures.ts';
import { useAnswer, useReference } from '../queries.ts';
import { useZones } from '../zones.ts';
import type { Condition, SelectorField } from './condition.ts';
import { words } from './rule-words.ts';

export function useConditionWords() {
  const { areaName, categoryName, taskForceName } = useReference();
  const { zoneName } = useZones();
  const sites = useAnswer<AnswerOf<'getSites'>>('/sites', {}, { staleSeconds: 3600 });
  const siteNames = computed(() => new Map(sites.data.value?.items.map(({ id, name }) => [id, name])));

  const known = (names: Record<string, string>, value: string): string => names[value] ?? value;
  const valueWord: Record<SelectorField, (value: string) => string> = {
    area: areaName,
    subdistrict: areaName,
    zone: zoneName,
    category: categoryName,
    taskForce: taskForceName,
    status: (value) => (value in statusWord ? inLanguage(statusWord[value as StatusKey]) : value),
    mode: (value) => known(terms.value.mode, value),
    'site.kind': (value) => known(terms.value.siteKind, value),
    site: (value) => siteNames.value.get(value) ?? value,
    risk: (value) => words.value.values.risk(value),
    hasOpenOrders: (value) => (value === 'true' ? words.value.values.yes : words.value.values.no),
    lastVisit: (value) =>
      value === 'never' ? words.value.values.never : known(terms.value.visitResult, value),
    notVisitedSince: moment,
    visitedSince: moment,
    uscc: (value) => value,
    doorCode: (value) => value,
    id: (value) => value,
  };

  /** 门类：餐饮、药店 */
  function token(condition: Condition, field: SelectorField): string {
    const values = condition[field] ?? [];
    const { fields, colon, comma, values: says } = words.value;
    const said =
      field === 'id'
        ? says.shops(count(values.length))
        : values.map((one) => valueWord[field](one)).join(comma);
    return `${fields[field]}${colon}${said}`;
  }
  return { token, word: (field: SelectorField, value: string) => valueWord[field](value) };
}
