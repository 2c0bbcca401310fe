// Furniture and groups of people in sample photos, all as SVG.
import type { Figure, Palette } from './photo-parts.ts';
import { person } from './photo-parts.ts';
import { text } from './photo-text.ts';

/** The shop's own people wear the shop's shirt, unless told otherwise in a mask. */
export function clerk({ shirt, skin, hair }: Palette): Figure {
  return { shirt, skin, hair, mask: 'on' };
}

/** A customer in a winter coat. */
export function guest({ coat, skin }: Palette): Figure {
  return { shirt: coat, skin, hair: '#2a2421', mask: 'on' };
}

/** A second customer, of another look than the first. */
export function otherGuest({ goods }: Palette): Figure {
  return { shirt: goods[1] ?? '#7c6f63', skin: '#d9a983', hair: '#4b3a30', mask: 'on' };
}

/** Nine people shoulder to shoulder in front of the counter; the nearest are drawn last. */
export function crowd(palette: Palette, serial: number): string {
  const coats = [palette.coat, ...palette.goods, '#5b4a6b'];
  return Array.from({ length: 9 }, (_, i) => {
    const row = Math.floor(i / 3);
    const look = (i * 5 + serial) % coats.length;
    const figure: Figure = {
      shirt: coats[look] ?? palette.coat,
      skin: i % 2 === 0 ? palette.skin : '#d9a983',
      hair: i % 3 === 0 ? '#4b3a30' : '#221d1b',
      mask: 'on',
      hat: i % 4 === 3,
    };
    return person(
      170 + (i % 3) * 128 + row * 42 + ((serial + i) % 3) * 8,
      300 + row * 62,
      0.95 + row * 0.06,
      figure,
    );
  }).join('');
}

/** Two customers a metre apart, on marks on the floor. */
export function queue(palette: Palette): string {
  const marks = [150, 310, 470].map(
    (x) =>
      `<ellipse cx="${x}" cy="640" rx="62" ry="17" fill="#f2c230"/><ellipse cx="${x}" cy="640" rx="46" ry="11" fill="#fff3c4"/>`,
  );
  return `${marks.join('')}${person(150, 344, 0.97, otherGuest(palette))}${person(470, 344, 0.97, guest(palette))}`;
}

/** An open doorway with nobody in it. */
export function openDoor(): string {
  return '<path d="M328 232H632V590H328Z" fill="#4b565e"/><path d="M328 590L392 520H568L632 590Z" fill="#77838b"/><path d="M392 232H568V520H392Z" fill="#65727b"/><path d="M328 232L300 214V616L328 590Z" fill="#cfe5ec"/><path d="M632 232L660 214V616L632 590Z" fill="#cfe5ec"/>';
}

/** Barriers with a yellow rope which part the way in from the way out. */
export function barrier(): string {
  const post = (x: number): string =>
    `<path d="M${x} 470h12v150h-12Z" fill="#6b757d"/><path d="M${x - 18} 614h48v12h-48Z" fill="#4a545c"/>`;
  return `<path d="M546 482Q630 530 716 482M716 482Q800 530 886 482" fill="none" stroke="#f2b632" stroke-width="9"/>${[540, 710, 880].map(post).join('')}`;
}

/** A stool without the person who should be on it. */
export function stool(x: number, y: number): string {
  return `<path d="M${x + 8} ${y + 12}l-14 132h14l12-132ZM${x + 92} ${y + 12}l14 132h-14l-12-132Z" fill="#59636b"/><path d="M${x} ${y}h100v18h-100Z" fill="#8a6540"/>`;
}

/** A stand whose board is empty: the code is missing. */
export function emptyStand(x: number, y: number): string {
  return `<g transform="translate(${x} ${y})"><path d="M74 220H86V330H74Z" fill="#6b757d"/><path d="M30 326H130V340H30Z" fill="#4a545c"/><path d="M0 0H160V224H0Z" fill="#dfe4e7" stroke="#8b959c" stroke-width="8"/><path d="M22 22H52M22 22V52M138 202H108M138 202V172" stroke="#a9b2b8" stroke-width="6" fill="none"/>${text('?', 80, 150, 110, '#a9b2b8', 'middle')}</g>`;
}

/** A loudspeaker on the floor, shouting. */
export function loudspeaker(x: number, y: number): string {
  return `<path d="M${x} ${y}h70v110h-70Z" fill="#2a3138"/><circle cx="${x + 35}" cy="${y + 74}" r="24" fill="#59636b"/><circle cx="${x + 35}" cy="${y + 26}" r="13" fill="#59636b"/><path d="M${x + 88} ${y + 10}q26 44 0 88M${x + 112} ${y - 8}q40 62 0 124M${x - 18} ${y + 10}q-26 44 0 88M${x - 42} ${y - 8}q-40 62 0 124" fill="none" stroke="#d3222a" stroke-width="8" stroke-linecap="round"/>`;
}

/** The lighter patches and bits of tape that posters leave on a wall. */
export function tapeMarks(): string {
  const patch = (x: number, y: number, width: number): string =>
    `<path d="M${x} ${y}h${width}v120h-${width}Z" fill="#fff" fill-opacity=".22"/><path d="M${x - 6} ${y - 6}h34v14h-34ZM${x + width - 28} ${y - 6}h34v14h-34Z" fill="#e8dfb8" fill-opacity=".8"/>`;
  return patch(350, 92, 200) + patch(690, 92, 200) + patch(60, 96, 200);
}

/** What the thermometer reads, written large enough to be seen. */
export function display(): string {
  return `<path d="M486 222H602V270H486Z" fill="#10202e"/>${text('36.5', 544, 258, 36, '#6bd3a0', 'middle')}`;
}
