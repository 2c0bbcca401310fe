// Reference data as an admin sends it, and as a file holds it.
import { areaLevels } from '../models/area.ts';
import { siteKinds } from '../models/site.ts';
import { AreaCode, closed, Key, nullable, oneOf, PointShape, text, Type } from '../server/http/schema.ts';
import { checklistInFile } from './checklists.schema.ts';

const notBlank = { minLength: 1, pattern: '\\S' };
const name = text(128, notBlank);
const wordsUpTo = (maxLength: number) =>
  closed({ zh: text(maxLength, notBlank), en: text(maxLength, notBlank) });

/** A border drawn finer than that would say no more on a screen. */
const ring = Type.Array(PointShape.properties.coordinates, { minItems: 4, maxItems: 5_000 });
const outlineShape = Type.Array(Type.Array(ring, { minItems: 1, maxItems: 100 }), {
  minItems: 1,
  maxItems: 100,
  description: 'coordinates of a GeoJSON MultiPolygon (WGS 84)',
});

const areaFields = {
  name,
  level: oneOf(areaLevels),
  kind: Type.Optional(nullable(text(32, notBlank))),
  parent: nullable(AreaCode),
  centre: Type.Optional(nullable(PointShape.properties.coordinates)),
  outline: Type.Optional(nullable(outlineShape)),
};
export const areaBody = closed(areaFields);

const taskForceFields = { name: wordsUpTo(128), example: Type.Optional(Type.Boolean()) };
export const taskForceBody = closed(taskForceFields);

const categoryFields = {
  name: wordsUpTo(128),
  gbt4754: Type.Array(
    Type.String({ pattern: '^[0-9]{2,4}$', maxLength: 4, description: 'class of GB/T 4754' }),
    { maxItems: 100, uniqueItems: true },
  ),
  leadDepartment: name,
  taskForce: Key,
};
export const categoryBody = closed(categoryFields);

const siteFields = {
  kind: oneOf(siteKinds),
  name,
  subdistrict: AreaCode,
  address: text(256, notBlank),
  point: PointShape,
};
export const siteBody = closed(siteFields);

/** What `npm run reference` reads: the same shapes, each with its own code, key or id. */
export const referenceFile = closed(
  {
    areas: Type.Optional(Type.Array(closed({ code: AreaCode, ...areaFields }), { maxItems: 50_000 })),
    taskForces: Type.Optional(Type.Array(closed({ key: Key, ...taskForceFields }), { maxItems: 1_000 })),
    categories: Type.Optional(Type.Array(closed({ key: Key, ...categoryFields }), { maxItems: 1_000 })),
    sites: Type.Optional(Type.Array(closed({ id: Key, ...siteFields }), { maxItems: 50_000 })),
    checklists: Type.Optional(Type.Array(checklistInFile, { maxItems: 1_000 })),
  },
  { minProperties: 1 },
);
