// Whether a picture's file has pixels and its end. Reading them would show it too, but takes a hundred times longer.
import { readFile } from 'node:fs/promises';
import type { MediaType } from './images.ts';

const endOfJpeg = Buffer.from([0xff, 0xd9]);
const startOfScan = 0xda;

/** Looks for the end that each format writes. What a phone appends behind it (a moving picture, for one) is left alone. */
export async function isWholePicture(path: string, mediaType: MediaType): Promise<boolean> {
  const bytes = await readFile(path);
  switch (mediaType) {
    case 'image/jpeg':
      return bytes.indexOf(endOfJpeg, pixelsOf(bytes)) >= 0;
    case 'image/png':
      return isWholePng(bytes);
    case 'image/webp':
      return bytes.length >= 12 && bytes.readUInt32LE(4) + 8 <= bytes.length;
  }
}

/** Chunk by chunk to the last one: one of them at least holds pixels. */
function isWholePng(bytes: Buffer): boolean {
  let pixels = 0;
  for (let at = 8; at + 12 <= bytes.length;) {
    const size = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const next = at + 12 + size;
    if (next > bytes.length) return false;
    if (type === 'IDAT') pixels += size;
    if (type === 'IEND') return pixels > 0;
    at = next;
  }
  return false;
}

/** Where a JPEG's pixels begin: behind its segments, whose thumbnails have ends of their own. The length where there are none. */
function pixelsOf(bytes: Buffer): number {
  let at = 2;
  while (at + 4 <= bytes.length) {
    const marker = bytes.readUInt8(at + 1);
    if (bytes.readUInt8(at) !== 0xff) return bytes.length;
    // Fill bytes may stand before a marker.
    if (marker === 0xff) at += 1;
    else if (marker === startOfScan) return Math.min(at + 2 + bytes.readUInt16BE(at + 2) + 1, bytes.length);
    else at += 2 + bytes.readUInt16BE(at + 2);
  }
  return bytes.length;
}
