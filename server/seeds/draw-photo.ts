// Sample photos for the demonstration: drawn, never photographed, and labelled 样例照片 SAMPLE so that nobody takes them for evidence.
import sharp, { type Exif } from 'sharp';
import '../lib/images.ts';
import type { Palette } from './photo-parts.ts';
import type { PhotoScene, PhotoState } from './photo-scenes.ts';
import { drawScene } from './photo-scenes.ts';
import { text, textWidth } from './photo-text.ts';

export type { PhotoScene, PhotoState } from './photo-scenes.ts';

// Uploads are read from files, for which every loader but three is blocked: drawing from memory opens no way for them.
sharp.unblock({ operation: ['VipsForeignLoadSvgBuffer'] });

/**
 * What to draw. `serial` makes the picture different from all others. `look` chooses the shop's colours: give the photos
 * of one shop the same, so that before and after go together (serial unless given). `caption` is ASCII, about 40 characters.
 */
export interface PhotoSpec {
  scene: PhotoScene;
  state: PhotoState;
  serial: number;
  caption: string;
  look?: number;
  takenAt?: Date;
}

const WIDTH = 960;
const HEIGHT = 720;
const CHINA_OFFSET_MS = 8 * 3_600_000;

/**
 * Draws one sample photo as a JPEG of 960 by 720. The same spec gives the same bytes wherever the same version of sharp
 * runs: all writing is outlines, no font is asked for. With `takenAt` the picture carries it as EXIF DateTimeOriginal, in
 * Chinese time with its offset.
 */
export function drawPhoto(spec: PhotoSpec): Promise<Buffer> {
  // Drawing fills the whole picture, so the alpha channel can be dropped unread; flattening it would take a third longer,
  // and so would tables of its own for the JPEG's coding.
  const picture = sharp(Buffer.from(photoSvg(spec)))
    .removeAlpha()
    .jpeg({ quality: 68, optimiseCoding: false });
  return (spec.takenAt ? picture.withExif(exifOf(spec.takenAt)) : picture).toBuffer();
}

/** The drawing behind a photo: paths only, no text elements. */
export function photoSvg({ scene, state, serial, caption, look = serial, takenAt }: PhotoSpec): string {
  const drawn = drawScene(scene, paletteOf(look), state, serial);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}"><g transform="${framing(serial)}">${drawn}</g>${label()}${captionBar(serial, caption, takenAt)}</svg>`;
}

// Nobody holds a phone twice in the same way: a little nearer, a little aside, a little askew.
function framing(serial: number): string {
  const scale = 1.05 + spread(serial, 1, 6) / 100;
  const angle = (spread(serial, 2, 9) - 4) / 4;
  const shiftX = -(scale - 1) * 480 + spread(serial, 3, 17) - 8;
  const shiftY = -(scale - 1) * 330 + spread(serial, 4, 13) - 6;
  return `translate(${shiftX.toFixed(1)} ${shiftY.toFixed(1)}) scale(${scale.toFixed(2)}) rotate(${angle.toFixed(2)} 480 360)`;
}

function label(): string {
  const words = '样例照片 SAMPLE';
  const width = textWidth(words, 34) + 36;
  return `<path d="M24 24h${width.toFixed(0)}v58h-${width.toFixed(0)}Z" fill="#fff" fill-opacity=".92"/><path d="M24 24h8v58h-8Z" fill="#b2241a"/>${text(words, 48, 66, 34, '#b2241a')}`;
}

function captionBar(serial: number, caption: string, takenAt: Date | undefined): string {
  const left = `No.${String(serial).padStart(4, '0')}  ${caption.slice(0, 48)}`;
  const right = takenAt
    ? chinaTime(takenAt)
        .slice(0, 16)
        .replaceAll(':', '-')
        .replace(/-(\d\d)$/u, ':$1')
    : '';
  return `<path d="M0 672H960V720H0Z" fill="#10202e" fill-opacity=".78"/>${text(left, 24, 705, 24, '#fff')}${text(right, 936, 705, 24, '#ffe08a', 'end')}`;
}

function exifOf(takenAt: Date): Exif {
  return {
    IFD0: { Make: 'Mingdan', Model: 'Sample drawing', ImageDescription: 'SAMPLE, drawn, not evidence' },
    // The Exif sub-directory is the third one in libvips' counting.
    IFD2: { DateTimeOriginal: chinaTime(takenAt), OffsetTimeOriginal: '+08:00' },
  };
}

/** 2022:12:01 10:42:07, as EXIF writes it, in Chinese time. */
function chinaTime(at: Date): string {
  const [date = '', time = ''] = new Date(at.getTime() + CHINA_OFFSET_MS).toISOString().split('T');
  return `${date.replaceAll('-', ':')} ${time.slice(0, 8)}`;
}

function paletteOf(look: number): Palette {
  const one = <T>(options: readonly T[], salt: number): T => options[spread(look, salt, options.length)] as T;
  const [wall, floor, trim] = one(rooms, 11);
  return {
    wall,
    floor,
    trim,
    wood: one(['#8a6540', '#a07b52', '#6f5a48', '#93806a'], 12),
    shirt: one(['#2f7d5b', '#2b5f9e', '#8b3a45', '#5a6b2f', '#3c4f66', '#a8641f'], 13),
    coat: one(['#7a2f2a', '#2f3f5c', '#4c5a4a', '#6b5172', '#8b6f47', '#34495a'], 14),
    skin: one(['#f0c7a2', '#e6b68e', '#d9a47a'], 15),
    hair: one(['#221d1b', '#2f2622', '#4b3a30', '#6b6560'], 16),
    goods: one(goodsColours, 17),
    sign: one(['便利店', '食品店', '鲜果店', '粮油店', '药房', '超市'], 18),
  };
}

const rooms: readonly (readonly [wall: string, floor: string, trim: string])[] = [
  ['#e9e2d3', '#cbbfa9', '#2f6b4f'],
  ['#dfe7e4', '#b9c2c0', '#b0472e'],
  ['#e6e1ea', '#c4bccb', '#3d4f86'],
  ['#efe4d2', '#cdb48f', '#8a3b32'],
  ['#dbe6ee', '#b4c1cb', '#1f5d7a'],
  ['#e8ead9', '#c0c4a6', '#6a5a1f'],
];

const goodsColours: readonly (readonly string[])[] = [
  ['#c0564a', '#e2a93b', '#5d8a5a', '#4a7ba6', '#b98a6a'],
  ['#6f8fb3', '#d98c4a', '#a8b56a', '#9b5f72', '#e0c36a'],
  ['#a34f3a', '#7f9b6b', '#dfb04f', '#51697d', '#c7a188'],
];

/** A number from 0 to size − 1 that scatters with both arguments (an integer hash). */
function spread(value: number, salt: number, size: number): number {
  let hash = Math.imul(value ^ Math.imul(salt, 0x9e3779b1), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % size;
}
