// Keys of one letter: a page names what each does. They are silent while somebody types or a dialog is open, and can be switched off.
import { onMounted, onUnmounted, ref } from 'vue';

const storage = 'mingdan.desk.keys';
/** Whoever dictates to the computer does not want its words taken for keys. */
export const keysOn = ref(localStorage.getItem(storage) !== 'off');

export function switchKeys(): void {
  keysOn.value = !keysOn.value;
  localStorage.setItem(storage, keysOn.value ? 'on' : 'off');
}

const typing = 'input:not([type=checkbox], [type=range]), textarea, select, [contenteditable]';

/** By `event.key`, letters in lower case. */
export function useKeys(acts: Record<string, () => void>): void {
  function press(event: KeyboardEvent): void {
    if (!keysOn.value || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (!(event.target instanceof Element) || event.target.closest(typing)) return;
    if (document.querySelector('dialog[open]')) return;
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }
  onMounted(() => {
    document.addEventListener('keydown', press);
  });
  onUnmounted(() => {
    document.removeEventListener('keydown', press);
  });
}
