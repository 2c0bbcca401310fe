// Pictures made to be hard: stored turned or mirrored, cut off, pretending, or far larger than they look.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

export type Colour = 'red' | 'green' | 'blue' | 'white';
const colours: Record<Colour, [number, number, number]> = {
  red: [220, 20, 20],
  green: [20, 200, 20],
  blue: [20, 20, 220],
  white: [240, 240, 240],
};

/** Seen upright: red and green above, blue and white below, twice as wide as high. */
const wide = 64;
const high = 32;

function colourAt(row: number, column: number): Colour {
  const isLeft = column < wide / 2;
  return row < high / 2 ? (isLeft ? 'red' : 'green') : isLeft ? 'blue' : 'white';
}

/** Where the first row and the first column of the stored picture are seen (EXIF 2.3, tag 0x0112). */
const sides = {
  1: ['top', 'left'],
  2: ['top', 'right'],
  3: ['bottom', 'right'],
  4: ['bottom', 'left'],
  5: ['left', 'top'],
  6: ['right', 'top'],
  7: ['right', 'bottom'],
  8: ['left', 'bottom'],
} as const;
export type Orientation = keyof typeof sides;
export const orientations = [1, 2, 3, 4, 5, 6, 7, 8] as const satisfies Orientation[];

/** That picture as a camera held in this way stores it, with EXIF that says so. */
export async function turnedPicture(orientation: Orientation): Promise<Buffer> {
  const [firstRow, firstColumn] = sides[orientation];
  const isTurned = firstRow === 'left' || firstRow === 'right';
  const [width, height] = isTurned ? [high, wide] : [wide, high];
  const pixels: number[] = [];
  for (let r = 0; r < height; r++)
    for (let c = 0; c < width; c++) {
      const [along, across] = isTurned ? [c, r] : [r, c];
      const fromTop = isTurned ? firstColumn === 'top' : firstRow === 'top';
      const fromLeft = isTurned ? firstRow === 'left' : firstColumn === 'left';
      const row = fromTop ? along : high - 1 - along;
      const column = fromLeft ? across : wide - 1 - across;
      pixels.push(...colours[colourAt(row, column)]);
    }
  return sharp(Buffer.from(pixels), { raw: { width, height, channels: 3 } })
    .withExif({ IFD0: { Make: 'Sample', Copyright: 'somebody' }, IFD3: { GPSLatitudeRef: 'N' } })
    .withMetadata({ orientation })
    .jpeg({ quality: 95 })
    .toBuffer();
}

/** Reads a picture as a file: from memory nothing is read in this process, that is how the server is set up. */
export async function asFile<T>(bytes: Buffer, read: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'mingdan-picture-'));
  try {
    const path = join(folder, 'picture');
    await writeFile(path, bytes);
    return await read(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The colours in the corners of a picture as it is stored: top left, top right, bottom left, bottom right. */
export async function cornersOf(bytes: Buffer): Promise<Colour[]> {
  const { data, info } = await asFile(bytes, (path) =>
    sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true }),
  );
  const at = (row: number, column: number): Colour => {
    const start = (row * info.width + column) * info.channels;
    const seen = [...data.subarray(start, start + 3)];
    const distance = (name: Colour) =>
      colours[name].reduce((sum, value, i) => sum + Math.abs(value - (seen[i] ?? 0)), 0);
    return (Object.keys(colours) as Colour[]).sort((a, b) => distance(a) - distance(b))[0] ?? 'white';
  };
  const [bottom, right] = [info.height - 3, info.width - 3];
  return [at(2, 2), at(2, right), at(bottom, 2), at(bottom, right)];
}

/** A PNG of a few bytes that says it is this large. */
export const bomb = (width: number, height: number): Buffer =>
  drawnPng(width, height, deflateSync(Buffer.alloc(1_000)));

/** A JPEG of this size that says its last scan a thousand times over: each must be gone through, pixel by pixel. */
export async function scanBomb(width: number, height: number): Promise<Buffer> {
  const jpeg = await sharp({ create: { width, height, channels: 3, background: '#888' } })
    .jpeg({ progressive: true })
    .toBuffer();
  const end = jpeg.length - 2;
  const scan = jpeg.subarray(jpeg.lastIndexOf(Buffer.from([0xff, 0xda])), end);
  const scans = Array.from({ length: 1_000 }, () => scan);
  return Buffer.concat([jpeg.subarray(0, end), ...scans, jpeg.subarray(end)]);
}

/** A PNG with these bytes for pixels. */
export function drawnPng(width: number, height: number, pixels: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const size = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([size, body, sum]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The beginning of a picture as iPhones make them. */
export function heicHeader(): Buffer {
  const size = Buffer.from([0, 0, 0, 24]);
  const brands = Buffer.from('ftypheic\0\0\0\0mif1heic', 'latin1');
  return Buffer.concat([size, brands, Buffer.alloc(2_000)]);
}
