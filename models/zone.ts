// Zones (风险区、管控区): an outline in an area that holds for a time. What lies in it is found by the place of each shop.
import { defineModel } from './model.ts';
import { mixed, type Words, words } from './words.ts';

/** One ring of positions, WGS 84, closed: the last one is the first. */
export type ZoneOutline = { type: 'Polygon'; coordinates: [[lng: number, lat: number][]] };

export type Zone = {
  _id: string;
  name: Words;
  /** The district or subdistrict whose shops it is about, and its path. */
  area: string;
  areas: string[];
  outline: ZoneOutline;
  /** `from` ≤ t < `to`; null while nobody knows its end. */
  from: Date;
  to: Date | null;
  /** Entered by mistake: it never held. */
  withdrawn: boolean;
};

export const ZoneModel = defineModel<Zone>(
  'zones',
  {
    name: { type: words, required: true },
    area: { type: String, required: true },
    areas: { type: [String], required: true },
    outline: { type: mixed, required: true },
    from: { type: Date, required: true },
    to: { type: Date, default: null },
    withdrawn: { type: Boolean, required: true },
  },
  [
    { fields: { withdrawn: 1, to: 1, from: 1 }, serves: 'the zones that hold now' },
    { fields: { areas: 1, from: -1, _id: 1 }, serves: 'the zones of an area, newest first' },
    {
      fields: { outline: '2dsphere' },
      serves: 'in which zones a place lies; no outline that crosses itself',
    },
  ],
);
