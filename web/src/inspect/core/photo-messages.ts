// What the page and the photo worker say to one another.
import type { PhotoPlace } from './contract.ts';

export type PhotoJob = { id: number; picture: Blob; wantsExif: boolean };
/** Time and place are those of the picture itself, where it was asked for them and says them. */
export type ReducedPhoto = {
  bytes: ArrayBuffer;
  sha256: string;
  takenAt: string | null;
  place: PhotoPlace | null;
};
export type PhotoResult = { id: number; reduced: ReducedPhoto | null };
