// Whether somebody is in the middle of something that a reload would disturb.
import { computed, onUnmounted, ref } from 'vue';

const keeping = ref(0);

const writing = ref(0);
export const prefersNoUpdate = computed(() => writing.value > 0 || keeping.value > 0);

/** For a page on which visits are written: busy while it is open. Of two pages the next one is there before the other has gone. */
export function busyWhileOpen(): void {
  writing.value += 1;
  onUnmounted(() => {
    writing.value -= 1;
  });
}

/** Counts as busy until `work` is done. */
export async function whileKeeping<T>(work: Promise<T>): Promise<T> {
  keeping.value += 1;
  try {
    return await work;
  } finally {
    keeping.value -= 1;
  }
}
