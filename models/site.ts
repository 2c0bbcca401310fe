// Sites: markets, malls and logistics parks, to which shops belong.
import { defineModel } from './model.ts';
import { type Point, point } from './words.ts';

export const siteKinds = ['farm-market', 'mall', 'logistics-park'] as const;
export type SiteKind = (typeof siteKinds)[number];
export type Site = {
  _id: string;
  district: string;
  areas: string[];
  kind: SiteKind;
  name: string;
  subdistrict: string;
  address: string;
  point: Point;
};

export const SiteModel = defineModel<Site>(
  'sites',
  {
    district: { type: String, required: true },
    areas: { type: [String], required: true },
    kind: { type: String, enum: siteKinds, required: true },
    name: { type: String, required: true },
    subdistrict: { type: String, required: true },
    address: { type: String, required: true },
    point: { type: point, required: true },
  },
  [{ fields: { areas: 1, kind: 1 }, serves: 'the sites of an area, by kind' }],
);
