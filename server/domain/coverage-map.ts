// Coverage on a map: where the shops of a list stand and which of them were visited, thinned to what a screen can show.
import { type Area, AreaModel, type Outline } from '../../models/area.ts';
import { MerchantModel } from '../../models/merchant.ts';
import { clock } from '../lib/clock.ts';
import { type Filter, scopesAt } from './abilities.ts';
import type { Actor } from './actor.ts';
import { asked, listedIn, type StatsQuery } from './stats.ts';
import { visibleTo } from './visible-to.ts';

/** So many places at most; more would be a blot. */
const placesAtMost = 20_000;
/** Decimals of a degree by which places are told apart: 11 m, 110 m, 1.1 km, 11 km. */
const grains = [4, 3, 2, 1] as const;

type Place = { lng: number; lat: number; listed: number; covered: number };

/** Shops listed now, those that stand closer together than the eye tells apart as one place, with the outlines around them. */
export async function coverageMapFor(actor: Actor, query: StatsQuery) {
  const { span, part } = asked(query);
  const filter = visibleTo(actor, MerchantModel).within(listedIn(part));
  const [places, unplaced, outlines] = await Promise.all([
    placesOf(filter, span.from),
    MerchantModel.countDocuments({ $and: [filter, { point: null }] }),
    outlinesAround(part.area === undefined ? heldAreas(actor) : [part.area]),
  ]);
  return {
    ...span,
    outlines,
    places: places.map(({ lng, lat, listed, covered }) => [lng, lat, listed, covered]),
    unplaced,
  };
}

async function placesOf(filter: Filter, since: Date): Promise<Place[]> {
  for (const decimals of grains) {
    const places = await placesBy(decimals, filter, since);
    if (places.length <= placesAtMost) return places;
  }
  return [];
}

function placesBy(decimals: number, filter: Filter, since: Date): Promise<Place[]> {
  const at = (index: number) => ({
    $round: [{ $arrayElemAt: ['$point.coordinates', index] }, decimals],
  });
  return MerchantModel.aggregate<Place>([
    { $match: { $and: [filter, { point: { $ne: null } }] } },
    {
      $group: {
        _id: { lng: at(0), lat: at(1) },
        listed: { $sum: 1 },
        covered: { $sum: { $cond: [{ $gte: ['$lastVisit.at', since] }, 1, 0] } },
      },
    },
    { $limit: placesAtMost + 1 },
    { $project: { _id: 0, lng: '$_id.lng', lat: '$_id.lat', listed: 1, covered: 1 } },
    { $sort: { lng: 1, lat: 1 } },
  ]).exec();
}

const heldAreas = (actor: Actor): string[] => scopesAt(actor, clock.now()).flatMap(({ areas }) => areas);

/** Of what these areas lie in, and of what lies in them. */
async function outlinesAround(areas: string[]): Promise<Outline> {
  const asked = await AreaModel.find({ _id: { $in: areas } }, { path: 1 }).lean<Pick<Area, 'path'>[]>();
  const around = asked.flatMap(({ path }) => path);
  const found = await AreaModel.find(
    { outline: { $ne: null }, $or: [{ _id: { $in: around } }, { path: { $in: areas } }] },
    { outline: 1 },
  )
    .sort({ _id: 1 })
    .lean<Pick<Area, 'outline'>[]>();
  return found.flatMap(({ outline }) => outline ?? []);
}
