// Photos: the bytes once by their hash (blob), and who has sent them (holding). Uses are slots in visits and orders.
import { defineModel, fixed } from './model.ts';
import { mixed } from './words.ts';

export type PhotoBlob = {
  _id: string;
  bytes: number;
  width: number;
  height: number;
  mediaType: 'image/jpeg' | 'image/png' | 'image/webp';
  takenAt: Date | null;
  createdAt: Date;
  /** kept until it is found used, which is for ever, or unused for 30 days, when it is swept. */
  state: 'kept' | 'used' | 'sweeping';
  /** When somebody last sent it, or the state changed. */
  touchedAt: Date;
  /** Of a redacted copy: its original, and what is painted over. */
  redactionOf: string | null;
  rectangles: Rectangle[];
};

/** Fractions of the upright picture, from its upper left corner. */
export type Rectangle = { x: number; y: number; width: number; height: number };

export const PhotoBlobModel = defineModel<PhotoBlob>(
  'photoblobs',
  {
    bytes: fixed(Number),
    width: fixed(Number),
    height: fixed(Number),
    mediaType: fixed(String),
    takenAt: { type: Date, default: null },
    createdAt: fixed(Date),
    state: { type: String, enum: ['kept', 'used', 'sweeping'], required: true },
    touchedAt: { type: Date, required: true },
    redactionOf: { type: String, default: null },
    rectangles: { type: [mixed], required: true },
  },
  [{ fields: { state: 1, touchedAt: 1 }, serves: 'the sweep of unused photos' }],
);

/** `_id` is holder/sha256: one holder has one holding of the same bytes. */
export type PhotoHolding = {
  _id: string;
  holder: string;
  sha256: string;
  at: Date;
  /** The bytes are about to go: it counts no more, until its holder sends them again. */
  swept: boolean;
};
export const PhotoHoldingModel = defineModel<PhotoHolding>(
  'photoholdings',
  {
    holder: fixed(String),
    sha256: fixed(String),
    at: fixed(Date),
    swept: { type: Boolean, required: true },
  },
  [{ fields: { sha256: 1 }, serves: 'the holders of a photo, when it is swept' }],
);
