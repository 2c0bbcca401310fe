// Whether somebody is in the middle of something that a reload would disturb.
import { computed, ref } from 'vue';

const keeping = ref(0);

/** Set by the page of a visit while it is open. */
export const draftOpen = ref(false);
export const prefersNoUpdate = computed(() => draftOpen.value || keeping.value > 0);

/** Counts as busy until `work` is done. */
export async function whileKeeping<T>(work: Promise<T>): Promise<T> {
  keeping.value += 1;
  try {
    return await work;
  } finally {
    keeping.value -= 1;
  }
}
