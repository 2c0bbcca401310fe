// Light or dark: as the system has it, until somebody chooses on this device.
import { ref, watchEffect } from 'vue';

const key = 'mingdan.theme';
const stored = localStorage.getItem(key);
const system = matchMedia('(prefers-color-scheme: dark)');

export const theme = ref<'light' | 'dark'>(
  stored === 'light' || stored === 'dark' ? stored : system.matches ? 'dark' : 'light',
);
watchEffect(() => {
  document.documentElement.dataset.theme = theme.value;
});
system.addEventListener('change', ({ matches }) => {
  if (localStorage.getItem(key) === null) theme.value = matches ? 'dark' : 'light';
});

export function switchTheme(): void {
  theme.value = theme.value === 'dark' ? 'light' : 'dark';
  localStorage.setItem(key, theme.value);
}
