// Whether a picture's file has pixels and its end. Reading them would show it too, but takes a hundred times longer.
import { type FileHandle, open } from 'node:fs/promises';
import type { MediaType } from './images.ts';

const endOfJpeg = 0xd9;
const startOfScan = 0xda;
/** What libvips reads at most; a camera writes about ten. Each is gone through pixel by pixel. */
const mostScans = 100;
/** Chunks of a PNG, segments of a JPEG: a camera writes some two thousand at most. */
const mostParts = 10_000;
const blockBytes = 65_536;

/** Looks for the end that each format writes. What a phone appends behind it (a moving picture, for one) is left alone. */
export async function isWholePicture(path: string, mediaType: MediaType): Promise<boolean> {
  const handle = await open(path);
  try {
    const file = new Blocks(handle, (await handle.stat()).size);
    switch (mediaType) {
      case 'image/jpeg':
        return await isWholeJpeg(file);
      case 'image/png':
        return await isWholePng(file);
      case 'image/webp': {
        const size = (await file.at(4, 4))?.readUInt32LE();
        return size !== undefined && size + 8 <= file.size;
      }
    }
  } finally {
    await handle.close();
  }
}

/** A file of which one block is in memory: many large uploads at once take no more than as many blocks. */
class Blocks {
  readonly size: number;
  readonly #handle: FileHandle;
  readonly #space = Buffer.allocUnsafe(blockBytes);
  #from = 0;
  #length = 0;

  constructor(handle: FileHandle, size: number) {
    this.#handle = handle;
    this.size = size;
  }

  /** A few bytes at this place, until the next call; null where the file ends before them. */
  async at(place: number, count: number): Promise<Buffer | null> {
    if (place + count > this.size) return null;
    if (place < this.#from || place + count > this.#from + this.#length) await this.#read(place);
    const start = place - this.#from;
    return this.#space.subarray(start, Math.min(start + count, this.#length));
  }

  /** What is in memory from this place on, at least a byte, until the next call; null at the end of the file. */
  async onward(place: number): Promise<Buffer | null> {
    if (place >= this.size) return null;
    if (place < this.#from || place >= this.#from + this.#length) await this.#read(place);
    return this.#space.subarray(place - this.#from, this.#length);
  }

  async #read(place: number): Promise<void> {
    const { bytesRead } = await this.#handle.read(this.#space, 0, blockBytes, place);
    this.#from = place;
    this.#length = bytesRead;
  }
}

/** Chunk by chunk to the last one: one of them at least holds pixels. */
async function isWholePng(file: Blocks): Promise<boolean> {
  let pixels = 0;
  let place = 8;
  for (let chunk = 0; chunk < mostParts; chunk += 1) {
    const head = await file.at(place, 12);
    if (!head) return false;
    const size = head.readUInt32BE(0);
    const type = head.toString('latin1', 4, 8);
    place += 12 + size;
    if (place > file.size) return false;
    if (type === 'IDAT') pixels += size;
    if (type === 'IEND') return pixels > 0;
  }
  return false;
}

/** Behind its segments come pixels, in not more scans than any camera writes, and then its end. */
async function isWholeJpeg(file: Blocks): Promise<boolean> {
  const pixels = await pixelsOf(file);
  if (pixels === null) return false;
  let scans = 1;
  let markBefore = false;
  for (let place = pixels; ;) {
    const block = await file.onward(place);
    if (!block || block.length === 0) return false;
    let at: number = markBefore ? 0 : behindMark(block, 0);
    for (; at < block.length; at = behindMark(block, at)) {
      if (block[at] === endOfJpeg) return true;
      if (block[at] === startOfScan && ++scans > mostScans) return false;
    }
    markBefore = at === block.length;
    place += block.length;
  }
}

/** The place behind the next byte that begins a marker; Infinity where there is none. */
function behindMark(block: Buffer, from: number): number {
  const at = block.indexOf(0xff, from);
  return at < 0 ? Infinity : at + 1;
}

/** Where a JPEG's pixels begin: behind its segments, whose thumbnails have ends of their own. Null where there are none. */
async function pixelsOf(file: Blocks): Promise<number | null> {
  let place = 2;
  for (let segment = 0; segment < mostParts; segment += 1) {
    const head = await file.at(place, 4);
    if (head?.readUInt8(0) !== 0xff) return null;
    const marker = head.readUInt8(1);
    const next = place + 2 + head.readUInt16BE(2);
    // Fill bytes may stand before a marker.
    if (marker === 0xff) place += 1;
    else if (marker === startOfScan) return next + 1;
    else place = next;
  }
  return null;
}
