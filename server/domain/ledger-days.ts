// How many ledger entries take effect on each day: where the list moved, for who looks at it as of an instant.
import { type AreaLevel, AreaModel } from '../../models/area.ts';
import { LedgerEntryModel } from '../../models/ledger.ts';
import { MerchantModel } from '../../models/merchant.ts';
import { clock } from '../lib/clock.ts';
import { type Filter, scopeFilter, scopesAt } from './abilities.ts';
import type { Actor } from './actor.ts';
import type { Span } from './spans.ts';

export type EntriesOfDay = { day: string; entries: number };

const byEffect = { effectiveFrom: 1, district: 1, merchant: 1 } as const;
const wideLevels: AreaLevel[] = ['province', 'city', 'district'];

/**
 * Of merchants within scope, by the day in Shanghai; a day without any is left out. An entry carries its district only: where
 * that is reached as a whole nothing else need be asked, elsewhere each entry's merchant is looked up.
 */
export async function entriesByDay(actor: Actor, { from, to }: Span): Promise<EntriesOfDay[]> {
  const during = { $gte: from, $lt: to };
  const { districts, hasMore } = await wholeDistricts(actor);
  const whole = await countByDay({ effectiveFrom: during, district: { $in: districts } });
  if (!hasMore) return whole;
  const inPart = { effectiveFrom: during, district: { $nin: districts } };
  return added(whole, await countByDay(inPart, onlyReached(actor)));
}

function countByDay(filter: Filter, reached: ReturnType<typeof onlyReached> = []): Promise<EntriesOfDay[]> {
  const day = { $dateToString: { date: '$effectiveFrom', format: '%Y-%m-%d', timezone: '+08:00' } };
  return LedgerEntryModel.aggregate<EntriesOfDay>([
    { $match: filter },
    ...reached,
    { $group: { _id: day, entries: { $sum: 1 } } },
    { $sort: { _id: 1 } },
    { $project: { _id: 0, day: '$_id', entries: 1 } },
  ])
    .hint(byEffect)
    .exec();
}

function onlyReached(actor: Actor) {
  const scope = scopeFilter(actor, 'ledger.read', '_id');
  return [
    {
      $lookup: {
        from: MerchantModel.collection.name,
        localField: 'merchant',
        foreignField: '_id',
        pipeline: [{ $match: scope }, { $project: { _id: 1 } }],
        as: 'reached',
      },
    },
    { $match: { reached: { $ne: [] } } },
  ];
}

/** The districts in which every record is within scope, and whether the scope holds more than those. */
async function wholeDistricts(actor: Actor): Promise<{ districts: string[]; hasMore: boolean }> {
  const held = scopesAt(actor, clock.now());
  const named = held.filter(({ taskForce }) => taskForce === null).flatMap(({ areas }) => areas);
  const wide = await AreaModel.distinct('_id', { _id: { $in: named }, level: { $in: wideLevels } });
  const districts = await AreaModel.distinct('_id', { level: 'district', path: { $in: wide } });
  const isWide = (areas: string[]) => areas.every((area) => wide.includes(area));
  return { districts, hasMore: held.some(({ taskForce, areas }) => taskForce !== null || !isWide(areas)) };
}

function added(some: EntriesOfDay[], others: EntriesOfDay[]): EntriesOfDay[] {
  const days = new Map<string, number>();
  for (const { day, entries } of [...some, ...others]) days.set(day, (days.get(day) ?? 0) + entries);
  const all = [...days].map(([day, entries]) => ({ day, entries }));
  return all.sort((a, b) => (a.day < b.day ? -1 : 1));
}
