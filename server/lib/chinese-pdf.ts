// PDF with Chinese text: each character in the slice of Noto Sans SC that holds it, only the glyphs in use embedded. A character
// that no slice holds is drawn as 〓 and named at the end, so that nothing is lost without a word.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pdfmake from 'pdfmake';
import subsetFont from 'subset-font';

/** A pdfmake node whose texts are plain strings. */
export type PdfNode =
  | string
  | PdfNode[]
  | { [key: string]: unknown; text?: PdfNode; stack?: PdfNode[]; columns?: PdfNode[]; table?: PdfTable };
type PdfTable = { body: PdfNode[][]; [key: string]: unknown };
export type PdfContent = {
  title: string;
  content: PdfNode[];
  footer: (page: number, pages: number) => PdfNode;
  styles?: Record<string, object>;
};

type Slice = { name: string; ranges: [number, number][] };
type Run = { text: string; font: string };

const require = createRequire(import.meta.url);
const folder = dirname(require.resolve('@fontsource-variable/noto-sans-sc/package.json'));
const slices: Slice[] = Object.entries(
  require('@fontsource-variable/noto-sans-sc/unicode.json') as Record<string, string>,
).map(([name, list]) => ({ name: name.replace(/[[\]]/g, ''), ranges: list.split(',').map(rangeOf) }));
const weights = { normal: 400, bold: 700 };
const unknown = '〓';
/** What page numbers and marks are made of, beside what a text says. */
const always = `0123456789/U+ABCDEF= ${unknown}字体中没有的字：`;

function rangeOf(text: string): [number, number] {
  const [from = '', to = from] = text.replace('U+', '').split('-');
  return [parseInt(from, 16), parseInt(to, 16)];
}

const known = new Map<string, string | null>();
function sliceOf(character: string): string | null {
  const found = known.get(character);
  if (found !== undefined) return found;
  const point = character.codePointAt(0) ?? 0;
  const slice =
    slices.find(({ ranges }) => ranges.some(([from, to]) => from <= point && point <= to))?.name ?? null;
  known.set(character, slice);
  return slice;
}

// pdfmake is one for the whole process: it may read nothing, and documents are made one at a time by those who call.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy(() => false);

/** The document as bytes. Takes the fonts of what it says, and draws no two documents at once: callers take turns. */
export async function makePdf({ title, content, footer, styles = {} }: PdfContent): Promise<Buffer> {
  const characters = new Set(always);
  collect([title, ...content, footer(1, 1)], characters);
  const missing = [...characters].filter((character) => character > ' ' && sliceOf(character) === null);
  const noted: PdfNode[] = missing.map((character) => ({
    text: `${unknown} = U+${character.codePointAt(0)?.toString(16).toUpperCase() ?? ''}`,
    fontSize: 8,
  }));
  await provideFonts(characters);
  const document = pdfmake.createPdf({
    info: { title },
    pageSize: 'A4',
    pageMargins: [48, 48, 48, 56],
    content: inRuns([...content, ...noted]),
    footer: (page: number, pages: number) => inRuns(footer(page, pages)),
    styles,
    defaultStyle: { font: sliceOf('0') ?? '', fontSize: 10, lineHeight: 1.25 },
  });
  return document.getBuffer();
}

function collect(node: unknown, characters: Set<string>): void {
  if (typeof node === 'string') for (const character of node) characters.add(character);
  else if (Array.isArray(node)) for (const one of node) collect(one, characters);
  else if (typeof node === 'object' && node !== null)
    for (const [key, value] of Object.entries(node)) if (isContent(key)) collect(value, characters);
}
const isContent = (key: string) => ['text', 'stack', 'columns', 'table', 'body', 'ul'].includes(key);

/** The same with every text in runs of one font each. */
function inRuns(node: unknown): unknown {
  if (typeof node === 'string') return { text: runsOf(node) };
  if (Array.isArray(node)) return node.map(inRuns);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (key === 'text') return [key, typeof value === 'string' ? runsOf(value) : inRuns(value)];
      return [key, isContent(key) ? inRuns(value) : value];
    }),
  );
}

function runsOf(text: string): Run[] {
  const runs: Run[] = [];
  for (const character of text) {
    const isBlank = character <= ' ';
    const own = isBlank ? (runs.at(-1)?.font ?? sliceOf('0')) : sliceOf(character);
    const font = own ?? sliceOf(unknown) ?? '';
    const shown = own === null ? unknown : character;
    const last = runs.at(-1);
    if (last?.font === font) last.text += shown;
    else runs.push({ text: shown, font });
  }
  return runs;
}

async function provideFonts(characters: Set<string>): Promise<void> {
  const bySlice = new Map<string, string>();
  for (const character of characters) {
    const name = sliceOf(character);
    if (name !== null) bySlice.set(name, `${bySlice.get(name) ?? ' '}${character}`);
  }
  const fonts: Record<string, Record<keyof typeof weights, string>> = {};
  for (const [name, text] of bySlice) {
    const whole = await readFile(join(folder, 'files', `noto-sans-sc-${name}-wght-normal.woff2`));
    const font = { normal: `${name}-normal.ttf`, bold: `${name}-bold.ttf` };
    for (const style of ['normal', 'bold'] as const)
      pdfmake.virtualfs.writeFileSync(
        font[style],
        await subsetFont(whole, text, { targetFormat: 'truetype', variationAxes: { wght: weights[style] } }),
      );
    fonts[name] = font;
  }
  pdfmake.setFonts(fonts);
}
