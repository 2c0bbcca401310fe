// What has changed since the pack on this phone, and the pack that comes of it. Pure.
import { isRecord } from '../../shared/server/answers.ts';
import type { Pack } from './contract.ts';

const small = ['areas', 'categories', 'checklists', 'sites', 'keys', 'taskForces', 'colleagues'] as const;
const large = ['merchants', 'orders', 'visits'] as const;

/** Holds the shops of its parts whole, with their orders and visits; a small list that is left out has not changed. */
export type PackDifference = Pick<Pack, 'madeAt' | 'version' | (typeof large)[number]> &
  Partial<Pick<Pack, (typeof small)[number]>> & {
    parts: number[];
    /** Of the pack that comes of it. */
    counts: Record<(typeof large)[number], number>;
  };

export function isPack(body: unknown): body is Pack {
  return isRecord(body) && [...small, ...large].every((list) => Array.isArray(body[list]));
}

export function isDifference(body: unknown): body is PackDifference {
  return (
    isRecord(body) &&
    isRecord(body.counts) &&
    typeof body.version === 'string' &&
    ['parts', ...large].every((list) => Array.isArray(body[list]))
  );
}

/** As the server counts: the number of the last two hexadecimal digits of its id. */
const partOf = (merchant: string): number => Number.parseInt(merchant.slice(-2), 16) & 255;

/** Null where the counts say that the server means another pack than the one at hand. */
export function applied(pack: Pack, difference: PackDifference): Pack | null {
  const { parts, counts, merchants, orders, visits, ...rest } = difference;
  const replaced = new Set(parts);
  const next: Pack = {
    ...pack,
    ...rest,
    merchants: merged(pack.merchants, merchants, ({ id }) => id, replaced),
    orders: merged(pack.orders, orders, ({ merchant }) => merchant, replaced),
    visits: merged(pack.visits, visits, ({ merchant }) => merchant, replaced),
  };
  return large.every((list) => next[list].length === counts[list]) ? next : null;
}

/** In the order of shops; those of one shop stay as they came. */
function merged<T>(
  before: readonly T[],
  fresh: readonly T[],
  merchantOf: (one: T) => string,
  replaced: ReadonlySet<number>,
): T[] {
  const kept = before.filter((one) => !replaced.has(partOf(merchantOf(one))));
  return [...kept, ...fresh].sort((a, b) => {
    const [one, other] = [merchantOf(a), merchantOf(b)];
    return one === other ? 0 : one < other ? -1 : 1;
  });
}
