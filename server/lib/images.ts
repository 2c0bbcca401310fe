// Pictures as they come from phones: told by their content, bounded, and served upright without metadata.
import { fileTypeFromFile } from 'file-type';
import exifr from 'exifr';
import sharp, { type Metadata } from 'sharp';
import { Problem } from './problem.ts';

export const maxPhotoBytes = 15 * 1_048_576;
const maxPixels = 50_000_000;
/** Of PNGs that must be held whole to be read, or twice as deep as any camera of a phone writes them. */
const maxCostlyPixels = 12_500_000;
const decodeSeconds = 10;
const mediaTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;
export type MediaType = (typeof mediaTypes)[number];

sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegFile', 'VipsForeignLoadPngFile', 'VipsForeignLoadWebpFile'],
});
sharp.cache(false);
sharp.concurrency(1);

export type ImageFacts = { mediaType: MediaType; width: number; height: number; takenAt: Date | null };

/** Type, upright size and time of a picture. Throws `photo-unsupported` or `photo-damaged`. */
export async function inspectImage(path: string): Promise<ImageFacts> {
  const type = await fileTypeFromFile(path).catch(() => undefined);
  const mediaType = mediaTypes.find((known) => known === type?.mime);
  if (!mediaType) throw new Problem('photo-unsupported');
  const header = await sharp(path, { limitInputPixels: maxPixels, failOn: 'warning' })
    .metadata()
    .catch(() => null);
  if (!header || header.width * header.height > mostPixelsOf(header) || (header.pages ?? 1) > 1)
    throw new Problem('photo-damaged');
  const { width, height } = header.autoOrient;
  return { mediaType, width, height, takenAt: await timeTaken(path) };
}

function mostPixelsOf({ format, isProgressive, depth }: Metadata): number {
  return depth === 'ushort' || (format === 'png' && isProgressive) ? maxCostlyPixels : maxPixels;
}

/** EXIF has no zone: its time is read as Asia/Shanghai. Broken EXIF is the same as none. */
async function timeTaken(path: string): Promise<Date | null> {
  const tags: unknown = await exifr
    .parse(path, { pick: ['DateTimeOriginal'], reviveValues: false })
    .catch(() => null);
  const text = (tags as { DateTimeOriginal?: unknown } | null | undefined)?.DateTimeOriginal;
  const found = typeof text === 'string' ? /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)/.exec(text) : null;
  if (!found) return null;
  const [, year, month, day, hour, minute, second] = found;
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`);
  return Number.isNaN(at.getTime()) ? null : at;
}

/** An upright JPEG of at most `size` pixels a side, without any metadata. Throws `photo-damaged`. */
export async function uprightCopy(path: string, size: number): Promise<Buffer> {
  try {
    return await sharp(path, { limitInputPixels: maxPixels, failOn: 'error' })
      .autoOrient()
      .resize(size, size, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 82, mozjpeg: false })
      .timeout({ seconds: decodeSeconds })
      .toBuffer();
  } catch {
    throw new Problem('photo-damaged');
  }
}

/** The upright picture whole, as a JPEG without metadata, with rectangles (fractions of it) painted black. Throws `photo-damaged`. */
export async function redactedCopy(
  path: string,
  rectangles: { x: number; y: number; width: number; height: number }[],
): Promise<{ bytes: Buffer; width: number; height: number }> {
  try {
    const picture = sharp(path, { limitInputPixels: maxPixels, failOn: 'error' });
    const { width, height } = (await picture.metadata()).autoOrient;
    const black = { channels: 3 as const, background: '#000000' };
    const bars = rectangles.map((part) => {
      const [left, top] = [Math.floor(part.x * width), Math.floor(part.y * height)];
      const right = Math.min(width, Math.ceil((part.x + part.width) * width));
      const bottom = Math.min(height, Math.ceil((part.y + part.height) * height));
      return { left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
    });
    const bytes = await picture
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .composite(
        bars.map(({ left, top, ...size }) => ({ input: { create: { ...size, ...black } }, left, top })),
      )
      .jpeg({ quality: 88 })
      .timeout({ seconds: decodeSeconds })
      .toBuffer();
    return { bytes, width, height };
  } catch {
    throw new Problem('photo-damaged');
  }
}
