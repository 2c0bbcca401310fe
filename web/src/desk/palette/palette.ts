// The palette's door: open from anywhere by Ctrl K, and by `/` on pages without a field to search in.
import { ref } from 'vue';

export const isOpen = ref(false);

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

function onKey(event: KeyboardEvent): void {
  if (event.isComposing || document.querySelector('dialog[open]')) return;
  const isShortcut = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey;
  const isSlash =
    event.key === '/' &&
    !event.ctrlKey &&
    !event.metaKey &&
    !isTyping(event.target) &&
    !document.querySelector('#page input[type="search"]');
  if (!isShortcut && !isSlash) return;
  event.preventDefault();
  isOpen.value = true;
}

export function listen(): () => void {
  document.addEventListener('keydown', onKey);
  return () => {
    document.removeEventListener('keydown', onKey);
  };
}
