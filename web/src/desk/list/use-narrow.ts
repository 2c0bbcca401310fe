// Whether the window is so narrow that rows become small cards.
import { onUnmounted, readonly, ref } from 'vue';

export function useNarrow() {
  const media = matchMedia('(max-width: 767px)');
  const isNarrow = ref(media.matches);
  const see = ({ matches }: MediaQueryListEvent) => (isNarrow.value = matches);
  media.addEventListener('change', see);
  onUnmounted(() => {
    media.removeEventListener('change', see);
  });
  return readonly(isNarrow);
}
