// Others that may be the same shop as one on a page, looked for by its name and at its place.
import { computed } from 'vue';
import type { AnswerOf } from '../../shared/server/types.ts';
import { useAnswer } from '../queries.ts';
import { isOnList, lookalikesAmong, type Shop } from './lookalikes.ts';
import { placeOf } from './nearby.ts';

const longestQuery = 64;

/** Within the reader's scope; nothing is asked where the reader could not merge the shop. */
export function useLookalikes(read: () => (Shop & { can: { adjust?: boolean } }) | undefined) {
  const shop = computed(() => {
    const one = read();
    return one?.can.adjust === true && isOnList(one.status) ? one : null;
  });
  const place = computed(() => placeOf(shop.value?.point));
  const status = ['listed', 'suspended'];
  const byName = useAnswer<AnswerOf<'getMerchants'>>(
    '/merchants',
    () => ({
      q: shop.value?.name.slice(0, longestQuery),
      subdistrict: shop.value?.subdistrict,
      status,
      limit: 50,
    }),
    { enabled: () => shop.value !== null, staleSeconds: 60 },
  );
  const byPlace = useAnswer<AnswerOf<'getMerchants'>>(
    '/merchants',
    () => ({ near: place.value && `${place.value.lng},${place.value.lat}`, radius: 1, status, limit: 50 }),
    { enabled: () => place.value !== null, staleSeconds: 60 },
  );
  return computed(() => {
    const found = [byName, byPlace].flatMap(({ data }) => data.value?.items ?? []);
    return shop.value === null ? [] : lookalikesAmong(shop.value, found);
  });
}
