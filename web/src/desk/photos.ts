// Pictures of evidence: fetched with the right to see them, and shown from memory while somebody looks.
import { onUnmounted, ref, watch } from 'vue';
import { getBytes } from './server.ts';

export type PhotoSize = '320' | '1600' | 'original';

/** An object URL of a photo, made anew when it is another one; given back when the page is left. */
export function usePhoto(sha256: () => string, size: () => PhotoSize) {
  const url = ref<string | null>(null);
  const failed = ref(false);
  const forget = () => {
    if (url.value !== null) URL.revokeObjectURL(url.value);
    url.value = null;
  };
  watch(
    [sha256, size],
    async ([sha, wanted], _before, onCleanup) => {
      const stop = new AbortController();
      onCleanup(() => {
        stop.abort();
      });
      forget();
      failed.value = false;
      try {
        const picture = await getBytes(`/photos/${sha}?size=${wanted}`);
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
