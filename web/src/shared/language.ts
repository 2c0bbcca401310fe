// In which language the pages speak: Chinese unless this phone was told otherwise, or its owner reads English and not Chinese.
import { computed, ref, watchEffect } from 'vue';

export type Language = 'zh' | 'en';
export const htmlLanguage: Record<Language, string> = { zh: 'zh-CN', en: 'en' };

const key = 'mingdan.language';

export const language = ref<Language>(stored() ?? preferred(navigator.languages));
watchEffect(() => {
  document.documentElement.lang = htmlLanguage[language.value];
});

export function switchLanguage(): void {
  language.value = language.value === 'zh' ? 'en' : 'zh';
  localStorage.setItem(key, language.value);
}

/** For the server's problems, so that they come in the language of the page. */
export const acceptLanguage = (): string => htmlLanguage[language.value];

/** Words of the register come in both. */
export const inLanguage = (words: { zh: string; en: string }): string => words[language.value];

/** Names, streets and what people wrote stay Chinese in the English page, and say so. */
export const chinese = computed(() => (language.value === 'zh' ? undefined : 'zh-CN'));

function stored(): Language | undefined {
  const found = localStorage.getItem(key);
  return found === 'zh' || found === 'en' ? found : undefined;
}

function preferred(languages: readonly string[]): Language {
  const first = languages.find((one) => /^(zh|en)\b/i.test(one));
  return first?.toLowerCase().startsWith('en') ? 'en' : 'zh';
}
