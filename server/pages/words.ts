// All words of the first screens, by language.
import type { Language } from '../lib/problem.ts';
import { en } from './words-en.ts';
import { type PageWords, zh } from './words-zh.ts';

export const wordsIn: Record<Language, PageWords> = { zh, en };
export type { PageWords };
