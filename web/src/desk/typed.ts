// What is typed into a field to search by, once somebody pauses.
import { ref, watch } from 'vue';

const pauseMillis = 200;

/** `typed` is the field's, `text` what to search for. */
export function useTyped() {
  const typed = ref('');
  const text = ref('');
  watch(typed, (now, _before, onCleanup) => {
    const timer = setTimeout(() => (text.value = now.trim()), pauseMillis);
    onCleanup(() => {
      clearTimeout(timer);
    });
  });
  return { typed, text };
}
