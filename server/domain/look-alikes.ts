// Shops that a new one may be, though no code says so: of the same name at the same address.
import type { AdjustmentLine, Remark } from '../../models/adjustment.ts';
import { type Merchant, MerchantModel, statuses } from '../../models/merchant.ts';
import { chinese } from '../../models/model.ts';
import { may } from './abilities.ts';
import type { Actor } from './actor.ts';
import { shownShops } from './dry-run-remarks.ts';
import { foldedHeader } from './list-columns.ts';

/** Of shops with some names or at some points, so many are looked at: a warning is no promise. */
export const mostAlike = 1_000;

export const alikeFields = { name: 1, address: 1, doorCode: 1, point: 1, areas: 1, taskForces: 1 } as const;
export type Alike = Pick<Merchant, '_id' | keyof typeof alikeFields>;

/** Shops of a district that go by one of some names. */
export function shopsNamed(district: string, names: string[]): Promise<Alike[]> {
  const here = { areas: district, status: { $in: [...statuses] } };
  return MerchantModel.find({ ...here, name: { $in: names } }, alikeFields)
    .collation(chinese)
    .limit(mostAlike)
    .lean<Alike[]>()
    .exec();
}

type Told = Pick<Merchant, 'name' | 'address'>;

/** Width, case, blanks and brackets do not tell two shops apart. */
export const isAlike = (one: Told, other: Told): boolean =>
  foldedHeader(one.name) === foldedHeader(other.name) &&
  foldedHeader(one.address) === foldedHeader(other.address);

/** On new shops for which there is one already, within reach of who drafts: it was entered since the file was read. */
export async function remarksOnNew(
  actor: Actor,
  district: string,
  lines: Pick<AdjustmentLine, 'from' | 'facts'>[],
): Promise<Remark[]> {
  const newcomers = lines.flatMap(({ from, facts }) => (from === null && facts ? [facts] : []));
  if (newcomers.length === 0) return [];
  const named = await shopsNamed(
    district,
    newcomers.map(({ name }) => name),
  );
  const within = named.filter((shop) =>
    may(actor, 'adjustment.draft', { ...shop, merchant: null, site: null }),
  );
  const twins = newcomers.flatMap((facts) => within.find((shop) => isAlike(shop, facts)) ?? []);
  if (twins.length === 0) return [];
  const merchants = twins.slice(0, shownShops).map(({ _id, name }) => ({ merchant: _id, name }));
  return [{ code: 'look-alikes', shops: twins.length, count: twins.length, merchants }];
}
