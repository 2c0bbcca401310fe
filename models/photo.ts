// Photos: the bytes once by their hash (blob), and who has sent them (holding). Uses are slots in visits and orders.
import { defineModel, fixed } from './model.ts';

export type PhotoBlob = {
  _id: string;
  bytes: number;
  width: number;
  height: number;
  mediaType: 'image/jpeg' | 'image/png' | 'image/webp';
  takenAt: Date | null;
  createdAt: Date;
  /** kept, or being swept because nobody uses it. */
  state: 'kept' | 'sweeping';
  /** Last time somebody sent or used it; unused ones are swept 30 days later. */
  touchedAt: Date;
};

export const PhotoBlobModel = defineModel<PhotoBlob>(
  'photoblobs',
  {
    bytes: fixed(Number),
    width: fixed(Number),
    height: fixed(Number),
    mediaType: fixed(String),
    takenAt: { type: Date, default: null },
    createdAt: fixed(Date),
    state: { type: String, enum: ['kept', 'sweeping'], required: true },
    touchedAt: { type: Date, required: true },
  },
  [{ fields: { state: 1, touchedAt: 1 }, serves: 'the sweep of unused photos' }],
);

/** `_id` is holder/sha256: one holder has one holding of the same bytes. */
export type PhotoHolding = { _id: string; holder: string; sha256: string; at: Date };
export const PhotoHoldingModel = defineModel<PhotoHolding>(
  'photoholdings',
  { holder: fixed(String), sha256: fixed(String), at: fixed(Date) },
  [{ fields: { sha256: 1 }, serves: 'the holders of a photo, when it is swept' }],
);
