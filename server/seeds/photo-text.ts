// Writing inside sample photos: outlines instead of fonts, so that every machine draws the same bytes.
import glyphData from './data/glyphs.json' with { type: 'json' };

type Glyph = readonly [width: number, path: string];

const glyphs = glyphData.glyphs as unknown as Readonly<Record<string, Glyph>>;
const UNITS = 1000;

/** Where text begins: at x, ends at x, or has its middle at x. */
export type Anchor = 'start' | 'middle' | 'end';

/**
 * An SVG path for a line of text with its baseline at y. Knows printable ASCII and the Chinese characters in glyphs.json; any
 * other character becomes a question mark.
 */
export function text(
  line: string,
  x: number,
  y: number,
  size: number,
  fill: string,
  anchor: Anchor = 'start',
): string {
  const start = x - { start: 0, middle: 0.5, end: 1 }[anchor] * textWidth(line, size);
  let advance = 0;
  const outlines = Array.from(line, (character) => {
    const [width, outline] = glyphOf(character);
    const placed = outline === '' ? '' : `M${advance} 0${outline}`;
    advance += width;
    return placed;
  });
  // One path for the whole line: a path a letter takes longer to draw.
  return `<path fill="${fill}" transform="translate(${start.toFixed(1)} ${y}) scale(${size / UNITS})" d="${outlines.join('')}"/>`;
}

/** How wide a line of text is, in pixels. */
export function textWidth(line: string, size: number): number {
  return Array.from(line).reduce((sum, character) => sum + (glyphOf(character)[0] * size) / UNITS, 0);
}

/** Characters one below the other, centred at x, the first baseline at y: a hanging banner. */
export function hangingText(line: string, x: number, y: number, size: number, fill: string): string {
  return Array.from(line, (character, i) =>
    text(character, x, y + i * size * 1.15, size, fill, 'middle'),
  ).join('');
}

function glyphOf(character: string): Glyph {
  return glyphs[character] ?? glyphs['?'] ?? [UNITS, ''];
}
