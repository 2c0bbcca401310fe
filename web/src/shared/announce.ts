// One line at the foot of the page for some seconds: what was done, and for five seconds a way back.
import { readonly, ref } from 'vue';

type Message = { text: string; undo?: () => void };

const present = ref<Message | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;

export const message = readonly(present);

export function announce(text: string, undo?: () => void): void {
  clearTimeout(timer);
  present.value = undo ? { text, undo } : { text };
  timer = setTimeout(silence, undo ? 5_000 : 6_000);
}

export function silence(): void {
  clearTimeout(timer);
  present.value = null;
}
