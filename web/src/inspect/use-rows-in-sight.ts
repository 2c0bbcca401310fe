// Which rows of a long list are in sight, all of one height: only those are drawn, with some above and below.
import { computed, onMounted, onUnmounted, ref, type Ref } from 'vue';

/** Rows drawn above and below those in sight. */
const spare = 3;

export function useRowsInSight(
  list: Readonly<Ref<HTMLElement | null>>,
  count: () => number,
  rowHeight: number,
) {
  const first = ref(0);
  const end = ref(12);
  const most = ref(24);

  function look(): void {
    const above = list.value ? -list.value.getBoundingClientRect().top : 0;
    first.value = Math.max(0, Math.floor(above / rowHeight) - spare);
    end.value = Math.ceil((above + window.innerHeight) / rowHeight) + spare;
    most.value = Math.ceil(window.innerHeight / rowHeight) + 1 + 2 * spare;
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
    return Array.from({ length: Math.max(0, Math.min(end.value, count()) - start) }, (_, at) => start + at);
  });
  return {
    rows,
    /** Which of the drawn rows shows it: a row that leaves on one side is drawn anew on the other, not made anew. */
    slot: (at: number) => at % most.value,
    top: (at: number) => at * rowHeight,
    height: computed(() => count() * rowHeight),
  };
}
