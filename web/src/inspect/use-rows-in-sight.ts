// Which rows of a long list are in sight, all of one height: only those are drawn, with some above and below.
import { computed, onMounted, onUnmounted, ref, type Ref } from 'vue';

const spare = 6;

export function useRowsInSight(
  list: Readonly<Ref<HTMLElement | null>>,
  count: () => number,
  rowHeight: number,
) {
  const first = ref(0);
  const shown = ref(20);

  function look(): void {
    const above = list.value ? -list.value.getBoundingClientRect().top : 0;
    first.value = Math.max(0, Math.floor(above / rowHeight) - spare);
    shown.value = Math.ceil(window.innerHeight / rowHeight) + 2 * spare;
  }
  onMounted(() => {
    look();
    addEventListener('scroll', look, { passive: true });
    addEventListener('resize', look);
  });
  onUnmounted(() => {
    removeEventListener('scroll', look);
    removeEventListener('resize', look);
  });

  const rows = computed(() => {
    const start = Math.min(first.value, Math.max(0, count() - 1));
    return Array.from({ length: Math.max(0, Math.min(shown.value, count() - start)) }, (_, at) => start + at);
  });
  return { rows, top: (at: number) => at * rowHeight, height: computed(() => count() * rowHeight) };
}
