// Shapes that several collections share: bilingual words, points, scope keys, persons, photo slots.
import { Schema } from 'mongoose';
import { part } from './model.ts';

export type Words = { zh: string; en: string };
export const words = part({ zh: { type: String, required: true }, en: { type: String, required: true } });

export type Point = { type: 'Point'; coordinates: [number, number] };
export const point = part({
  type: { type: String, enum: ['Point'], required: true },
  coordinates: { type: [Number], required: true },
});

/** What decides who may see a record: its areas (every level), its task forces, its merchant and site. */
export type ScopeKeys = {
  district: string;
  areas: string[];
  taskForces: string[];
  merchant: string;
  site: string | null;
};
export const scopeKeys = {
  district: { type: String, required: true },
  areas: { type: [String], required: true },
  taskForces: { type: [String], required: true },
  merchant: { type: String, required: true },
  site: { type: String, default: null },
};

/** Who did something: a user, a signed link, or the system itself. */
export type By = { kind: 'user' | 'link' | 'system'; id: string; role: string; name: string };
export const by = part({
  kind: { type: String, enum: ['user', 'link', 'system'], required: true },
  id: { type: String, required: true },
  role: { type: String, required: true },
  name: { type: String, required: true },
});

/** A photo's place in an order. It shows the photo only once its sender holds the bytes (`present`); one that staff gave up is `lost`. */
export type PhotoSlot = { sha256: string; present: boolean; lost: boolean };
export const photoSlot = part({
  sha256: { type: String, required: true },
  present: { type: Boolean, required: true },
  lost: { type: Boolean, required: true },
});

/** Who follows a shop that was deregistered: the record of the same shop that is kept, or the new tenant of its place. */
export const successions = ['merged', 'handed-over'] as const;
export type Succession = (typeof successions)[number];
export type Successor = { kind: Succession; merchant: string };
export const successor = part({
  kind: { type: String, enum: successions, required: true },
  merchant: { type: String, required: true },
});

export const mixed = Schema.Types.Mixed;
