// 强光: black on white with thick edges, for a screen in the sun. Remembered on this device.
import { ref, watchEffect } from 'vue';

const key = 'mingdan.sun';

export const sun = ref(localStorage.getItem(key) === 'on');
watchEffect(() => {
  const { dataset } = document.documentElement;
  if (sun.value) dataset.contrast = 'more';
  else delete dataset.contrast;
});

export function switchSun(): void {
  sun.value = !sun.value;
  localStorage.setItem(key, sun.value ? 'on' : 'off');
}
