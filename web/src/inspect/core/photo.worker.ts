// Makes a photo fit to be kept and sent, away from the page: upright, at most 1600 pixels a side and 400 KB, with its hash.
import { parse } from 'exifr';
import { exifInstant } from './exif-time.ts';
import type { PhotoJob, PhotoResult, ReducedPhoto } from './photo-messages.ts';

const longestSide = 1_600;
const mostBytes = 400_000;
/** Qualities to try, and what share of the first one's bytes a picture has in each, as measured: what cannot fit is not tried. */
const qualities = [
  [0.85, 1],
  [0.75, 0.7],
  [0.65, 0.56],
  [0.55, 0.48],
  [0.45, 0.41],
  [0.35, 0.35],
] as const;

addEventListener('message', (event: MessageEvent<PhotoJob>) => {
  const { id, picture, wantsExif } = event.data;
  void reduce(picture, wantsExif)
    .catch(() => null)
    .then((reduced) => {
      const result: PhotoResult = { id, reduced };
      postMessage(result, { transfer: reduced ? [reduced.bytes] : [] });
    });
});

async function reduce(picture: Blob, wantsExif: boolean): Promise<ReducedPhoto> {
  const { takenAt, place } = wantsExif ? await exifOf(picture) : nothing;
  const bitmap = await createImageBitmap(picture, { imageOrientation: 'from-image' });
  try {
    const bytes = await (await fitted(bitmap)).arrayBuffer();
    return { bytes, sha256: await hashOf(bytes), takenAt, place };
  } finally {
    bitmap.close();
  }
}

/** About the best quality that fits; a picture that never does, of noise say, is made smaller. */
async function fitted(bitmap: ImageBitmap): Promise<Blob> {
  for (let side = longestSide; ; side = Math.round(side * 0.75)) {
    const canvas = drawn(bitmap, side);
    let best = 0;
    for (const [quality, share] of qualities) {
      if (best * share > mostBytes * 1.05) continue;
      const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality });
      if (jpeg.size <= mostBytes) return jpeg;
      best ||= jpeg.size;
    }
  }
}

function drawn(bitmap: ImageBitmap, side: number): OffscreenCanvas {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('no canvas to draw on');
  // What is transparent would come out black.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return canvas;
}

type Exif = Pick<ReducedPhoto, 'takenAt' | 'place'>;
type Tags = { DateTimeOriginal?: unknown; longitude?: unknown; latitude?: unknown };
const nothing: Exif = { takenAt: null, place: null };
const position = ['GPSLatitude', 'GPSLatitudeRef', 'GPSLongitude', 'GPSLongitudeRef'];

async function exifOf(picture: Blob): Promise<Exif> {
  try {
    const tags: unknown = await parse(picture, {
      pick: ['DateTimeOriginal', ...position],
      reviveValues: false,
    });
    const { DateTimeOriginal, longitude, latitude } = (tags ?? {}) as Tags;
    const isPlace = Number.isFinite(longitude) && Number.isFinite(latitude);
    return {
      takenAt: exifInstant(DateTimeOriginal),
      place: isPlace ? { lng: Number(longitude), lat: Number(latitude) } : null,
    };
  } catch {
    return nothing;
  }
}

async function hashOf(bytes: ArrayBuffer): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
