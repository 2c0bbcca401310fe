// The filters of a list live in the address, by the names of the list's own query: links and the back button hold.
import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/** `set` takes a filter out with an empty value. Typing replaces the address, so that back leads to the page before. */
export function useFilters<N extends string>(names: readonly N[]) {
  const route = useRoute();
  const router = useRouter();
  const filters = computed(() => {
    const found: Partial<Record<N, string>> = {};
    for (const name of names) {
      const value = route.query[name];
      if (typeof value === 'string' && value !== '') found[name] = value;
    }
    return found;
  });
  function set(name: N, value: string): void {
    const { [name]: _before, ...rest } = route.query;
    void router.replace({ query: value === '' ? rest : { ...rest, [name]: value } });
  }
  return { filters, set };
}
