// Whether a picture's file has its end. Reading the pixels would show it too, but takes a hundred times longer.
import { readFile } from 'node:fs/promises';
import type { MediaType } from './images.ts';

const endOfPng = Buffer.from([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);
const endOfJpeg = Buffer.from([0xff, 0xd9]);
const startOfScan = 0xda;

/** Looks for the end that each format writes. What a phone appends behind it (a moving picture, for one) is left alone. */
export async function isWholePicture(path: string, mediaType: MediaType): Promise<boolean> {
  const bytes = await readFile(path);
  switch (mediaType) {
    case 'image/jpeg':
      return bytes.indexOf(endOfJpeg, scanOf(bytes)) >= 0;
    case 'image/png':
      return bytes.includes(endOfPng);
    case 'image/webp':
      return bytes.length >= 12 && bytes.readUInt32LE(4) + 8 <= bytes.length;
  }
}

/** Where a JPEG's pixels begin: behind its segments, whose thumbnails have ends of their own. The length where there are none. */
function scanOf(bytes: Buffer): number {
  let at = 2;
  while (at + 4 <= bytes.length) {
    const marker = bytes.readUInt8(at + 1);
    if (bytes.readUInt8(at) !== 0xff) return bytes.length;
    // Fill bytes may stand before a marker.
    if (marker === 0xff) at += 1;
    else if (marker === startOfScan) return at;
    else at += 2 + bytes.readUInt16BE(at + 2);
  }
  return bytes.length;
}
