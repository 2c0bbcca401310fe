// Zones (风险区、管控区): written whole by an admin, or by staff whose scope holds its area; read by everybody who is signed in.
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type Area, AreaModel } from '../../models/area.ts';
import type { Merchant } from '../../models/merchant.ts';
import { type Zone, ZoneModel } from '../../models/zone.ts';
import { clock } from '../lib/clock.ts';
import { invalidPart, Problem } from '../lib/problem.ts';
import { faultsOfRing } from '../lib/ring.ts';
import { type Filter, may, requireAbility } from './abilities.ts';
import type { Actor } from './actor.ts';
import { findMerchant } from './merchants.ts';
import { endProposal } from './proposals.ts';
import { inOneStep, type Put, put, unknown } from './reference-record.ts';
import { whenZonesAreReviewed, zonesInForce } from './zone-proposals.ts';

export type ZoneParts = Pick<Zone, 'name' | 'area' | 'outline' | 'from' | 'to'> & { withdrawn?: boolean };
export type ListedZone = Omit<Zone, 'outline'>;

const atMost = 1_000;
/** Whoever writes a zone sees its proposal at once, unless it is large. */
const waitedMillis = 1_000;
/** What MongoDB answers to an outline that is none on the globe. */
const noOutline = 16755;

export type ZoneQuery = { area?: string; inForce?: boolean; merchant?: string };

/** Newest first, without their outlines. Throws `merchant-not-found` for a shop that is out of scope. */
export async function listZones(actor: Actor, { area, inForce, merchant }: ZoneQuery): Promise<ListedZone[]> {
  const filter: Filter = {
    ...(area !== undefined && { areas: area }),
    ...(inForce === true && zonesInForce(clock.now())),
    ...(merchant !== undefined && holding(await findMerchant(actor, merchant))),
  };
  return ZoneModel.find(filter, { outline: 0 }).sort({ from: -1, _id: 1 }).limit(atMost).lean<ListedZone[]>();
}

/** The zones in which a shop lies; none for one whose place is not on file. */
function holding({ areas, point }: Pick<Merchant, 'areas' | 'point'>): Filter {
  if (!point) return { _id: { $in: [] } };
  return { area: { $in: areas }, outline: { $geoIntersects: { $geometry: point } } };
}

/** Throws `not-found`. */
export async function findZone(id: string): Promise<Zone> {
  const zone = await ZoneModel.findById(id).lean<Zone>();
  if (!zone) throw new Problem('not-found');
  return zone;
}

export const mayManageZone = (actor: Actor, { _id, areas }: Pick<Zone, '_id' | 'areas'>): boolean =>
  may(actor, 'zone.manage', { _id, areas, taskForces: [] });

/**
 * Throws `unknown-reference` for a district or subdistrict that is not on file, `invalid-request` for an outline that is none, an
 * end before the beginning, another area than before, or once it has begun, another outline. A draft that nobody has taken up is made anew.
 */
export async function putZone(actor: Actor, id: string, parts: ZoneParts): Promise<Put<Zone>> {
  const { name, area, outline, from, to, withdrawn = false } = parts;
  requireSound(parts);
  const written = await inOneStep(async () => {
    const around = await AreaModel.findOne({
      _id: area,
      level: { $in: ['district', 'subdistrict'] },
    }).lean<Area>();
    if (!around) throw unknown('area', area);
    const zone: Zone = { _id: id, name, area, areas: around.path, outline, from, to, withdrawn };
    requireAbility(actor, 'zone.manage', { _id: id, areas: zone.areas, taskForces: [] });
    const before = await ZoneModel.findById(id).lean<Zone>();
    if (before && before.area !== area) throw invalidPart('/area', '不能改到别的区域 / stays in its area');
    if (before && hasBegun(before) && !isDeepStrictEqual(before.outline, outline))
      throw invalidPart(
        '/outline',
        '已经开始，边界不能再改：撤下它，另建一个 / has begun, and keeps its outline: withdraw it and enter another',
      );
    const done = await put(actor, 'zone', ZoneModel, zone, { areas: zone.areas });
    if (done.outcome === 'changed') await endProposal('zone', id);
    return done;
  }).catch((error: unknown) => {
    throw (error as { code?: unknown }).code === noOutline
      ? invalidPart('/outline/coordinates/0', '不是有效的边界 / is no outline on the globe')
      : error;
  });
  // A large zone is proposed somewhat later.
  if (written.outcome !== 'unchanged')
    await Promise.race([whenZonesAreReviewed(), pause(waitedMillis, undefined, { ref: false })]);
  return written;
}

/** Lists as of then are told by it. */
const hasBegun = ({ from }: Zone): boolean => from <= clock.now();

function requireSound({ outline, from, to }: ZoneParts): void {
  const errors = faultsOfRing(outline.coordinates[0]).map(({ path, message }) => ({
    path: `/outline/coordinates/0${path}`,
    message,
  }));
  if (errors.length > 0) throw new Problem('invalid-request', {}, { errors });
  if (to !== null && to <= from) throw invalidPart('/to', '须晚于开始 / must be later than from');
}
