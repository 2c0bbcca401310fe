// Administrative areas by GB/T 2260: province, city, district, subdistrict or town, community.
import { defineModel } from './model.ts';
import { mixed } from './words.ts';

/** Widest first: each lies in one of the level before it. */
export const areaLevels = ['province', 'city', 'district', 'subdistrict', 'community'] as const;
export type AreaLevel = (typeof areaLevels)[number];
export type Area = {
  _id: string;
  name: string;
  level: AreaLevel;
  kind: string | null;
  parent: string | null;
  /** Itself and everything it lies in, widest first: ["23", "2301", "230104", "230104005"]. */
  path: string[];
  /** Where a map of it opens, WGS 84 [lng, lat]; null where unknown. */
  centre: [number, number] | null;
  /** Its border on a map, as far as one is known: the coordinates of a GeoJSON MultiPolygon, WGS 84. */
  outline: Outline | null;
};
/** Polygons of rings of positions, the first ring outside, the others holes. */
export type Outline = [lng: number, lat: number][][][];

export const AreaModel = defineModel<Area>(
  'areas',
  {
    name: { type: String, required: true },
    level: { type: String, enum: areaLevels, required: true },
    kind: { type: String, default: null },
    parent: { type: String, default: null },
    path: { type: [String], required: true },
    centre: { type: [Number], default: null },
    outline: { type: mixed, default: null },
  },
  [
    { fields: { parent: 1, _id: 1 }, serves: 'the areas inside one area' },
    { fields: { level: 1, _id: 1 }, serves: 'the areas of a level: all subdistricts' },
  ],
);
