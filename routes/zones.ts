// Zones (风险区、管控区): read by every signed-in user, written by an admin or by staff whose scope holds its area.
import type { Zone } from '../models/zone.ts';
import type { Actor } from '../server/domain/actor.ts';
import { findZone, type ListedZone, listZones, mayManageZone, putZone } from '../server/domain/zones.ts';
import { defineRoute } from '../server/http/define-route.ts';
import {
  AreaCode,
  Can,
  closed,
  Instant,
  InstantText,
  Key,
  nullable,
  oneOf,
  PointShape,
  text,
  Type,
  Uuid,
  WordsShape,
} from '../server/http/schema.ts';
import { written } from './written.ts';

const ring = Type.Array(PointShape.properties.coordinates, { minItems: 4, maxItems: 500 });
const outline = closed(
  {
    type: oneOf(['Polygon'] as const),
    coordinates: Type.Unsafe<Zone['outline']['coordinates']>(Type.Array(ring, { minItems: 1, maxItems: 1 })),
  },
  { description: 'GeoJSON, WGS 84: one closed ring that does not cross itself' },
);
const words = text(128, { minLength: 1, pattern: '\\S' });

const listedShape = closed({
  id: Type.String(),
  name: WordsShape,
  area: Type.String(),
  from: Instant,
  to: nullable(Instant),
  withdrawn: Type.Boolean(),
  can: Can,
});
const zoneShape = closed({ ...listedShape.properties, outline });

const presentListed = (actor: Actor, zone: ListedZone) => {
  const { _id, name, area, from, to, withdrawn } = zone;
  return { id: _id, name, area, from, to, withdrawn, can: { edit: mayManageZone(actor, zone) } };
};
const presentZone = (actor: Actor, zone: Zone) => ({
  ...presentListed(actor, zone),
  outline: zone.outline,
});

export const zoneRoutes = [
  defineRoute({
    method: 'get',
    path: '/zones',
    summary: 'Zones (风险区、管控区), newest first, without their outlines',
    permission: 'reference.read',
    query: closed({
      area: Type.Optional(AreaCode),
      inForce: Type.Optional(Type.Boolean()),
      merchant: Type.Optional(Uuid),
    }),
    answers: { 200: closed({ items: Type.Array(listedShape) }) },
    problems: ['merchant-not-found'],
    handle: async ({ actor, query }) => ({
      items: (await listZones(actor, query)).map((zone) => presentListed(actor, zone)),
    }),
  }),
  defineRoute({
    method: 'get',
    path: '/zones/{id}',
    summary: 'A zone with its outline',
    permission: 'reference.read',
    params: closed({ id: Key }),
    answers: { 200: zoneShape },
    handle: async ({ actor, params }) => presentZone(actor, await findZone(params.id)),
  }),
  defineRoute({
    method: 'put',
    path: '/zones/{id}',
    summary: 'Write a zone, whole; while it holds, the suspension of the listed shops in it is proposed',
    permission: 'zone.manage',
    params: closed({ id: Key }),
    body: closed({
      name: closed({ zh: words, en: words }),
      area: AreaCode,
      outline,
      from: InstantText,
      to: Type.Optional(nullable(InstantText)),
      withdrawn: Type.Optional(Type.Boolean({ description: 'entered by mistake' })),
    }),
    answers: { 200: zoneShape, 201: zoneShape },
    problems: ['unknown-reference'],
    handle: async ({ actor, params, body: { from, to = null, ...rest } }) =>
      written(
        await putZone(actor, params.id, {
          ...rest,
          from: new Date(from),
          to: to === null ? null : new Date(to),
        }),
        (zone) => presentZone(actor, zone),
      ),
  }),
];
