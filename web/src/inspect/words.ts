// The words of the pages in the language that is set.
import { computed } from 'vue';
import { language } from '../shared/language.ts';
import { en } from './words-en.ts';
import { type PageWords, zh } from './words-zh.ts';

const all: Record<typeof language.value, PageWords> = { zh, en };

export const words = computed(() => all[language.value]);
