// Shops that may be the same one, on file twice: the same name in the same subdistrict, or the same address at the same point. Pure.
import type { StatusKey } from '../../shared/status.ts';
import type { MerchantRow } from '../queries.ts';

export type Shop = Pick<MerchantRow, 'id' | 'name' | 'subdistrict' | 'address' | 'point' | 'status'>;

export const isOnList = (status: StatusKey): boolean => status === 'listed' || status === 'suspended';

const mostShown = 5;

/** Of other shops on the list, those that look like this one. */
export function lookalikesAmong(shop: Shop, others: Shop[]): Shop[] {
  const isAlike = (other: Shop) =>
    other.subdistrict === shop.subdistrict &&
    (other.name === shop.name ||
      (other.address === shop.address &&
        shop.point !== null &&
        JSON.stringify(other.point?.coordinates) === JSON.stringify(shop.point.coordinates)));
  const found = others.filter((other) => other.id !== shop.id && isOnList(other.status) && isAlike(other));
  return [...new Map(found.map((other) => [other.id, other])).values()].slice(0, mostShown);
}
