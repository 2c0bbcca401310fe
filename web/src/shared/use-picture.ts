// A picture that only a signed-in person may see: fetched with that right, and shown from memory while somebody looks.
import { onUnmounted, ref, watch } from 'vue';

/** An object URL of the picture at an address, made anew when that is another one; given back when the page is left. */
export function usePicture(address: () => string, fetched: (address: string) => Promise<Blob>) {
  const url = ref<string | null>(null);
  const failed = ref(false);
  const forget = () => {
    if (url.value !== null) URL.revokeObjectURL(url.value);
    url.value = null;
  };
  watch(
    address,
    async (wanted, _before, onCleanup) => {
      const stop = new AbortController();
      onCleanup(() => {
        stop.abort();
      });
      forget();
      failed.value = false;
      try {
        const picture = await fetched(wanted);
        if (!stop.signal.aborted) url.value = URL.createObjectURL(picture);
      } catch {
        if (!stop.signal.aborted) failed.value = true;
      }
    },
    { immediate: true },
  );
  onUnmounted(forget);
  return { url, failed };
}
