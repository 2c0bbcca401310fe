// Words in both languages: how a page gets its own, and the few that every face shares.
import { computed, type ComputedRef } from 'vue';
import { type Language, language } from './language.ts';

/** The words of a page in the language that is set. English holds the same keys as Chinese: the compiler sees to it. */
export function wordsIn<T>(both: Record<Language, T>): ComputedRef<T> {
  return computed(() => both[language.value]);
}

/** English: 1 shop, 2 shops. The figure may be written already. */
export const countOf = (count: number | string, one: string, more = `${one}s`): string =>
  `${count} ${String(count) === '1' ? one : more}`;

type SharedWords = { cancel: string; undo: string };
const zh: SharedWords = { cancel: '取消', undo: '撤销' };
const en: SharedWords = { cancel: 'Cancel', undo: 'Undo' };

export const words = wordsIn({ zh, en });
