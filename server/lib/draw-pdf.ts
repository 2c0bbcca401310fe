// The process that draws PDFs with Chinese text, one after the other: each character in the slice of Noto Sans SC that holds it,
// only the glyphs in use embedded. A character that no slice holds is drawn as 〓 and named at the end, so that nothing is lost
// without a word.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pdfmake from 'pdfmake';
import subsetFont from 'subset-font';
import type { Drawing, Drawn, PdfContent, PdfNode } from './chinese-pdf.ts';

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

pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy(() => false);
pdfmake.addTableLayouts({
  lines: {
    hLineWidth: () => 0.5,
    vLineWidth: () => 0,
    hLineColor: () => '#c8ccd2',
    paddingTop: () => 4,
    paddingBottom: () => 4,
  },
});

async function draw({ title, content, footer, styles = {}, pageSize }: PdfContent): Promise<Buffer> {
  const characters = new Set(always);
  collect([title, ...content, footer], characters);
  const missing = [...characters].filter((character) => character > ' ' && sliceOf(character) === null);
  const noted: PdfNode[] = missing.map((character) => ({
    text: `${unknown} = U+${character.codePointAt(0)?.toString(16).toUpperCase() ?? ''}`,
    fontSize: 8,
  }));
  await provideFonts(characters);
  const footerOf = (page: number, pages: number): PdfNode => ({
    text: footer.replace('{page}', String(page)).replace('{pages}', String(pages)),
    fontSize: 8,
    color: '#4a5565',
    alignment: 'center',
    margin: [48, 16, 48, 0],
  });
  const document = pdfmake.createPdf({
    info: { title },
    pageSize,
    pageMargins: pageSize === 'A4' ? [48, 48, 48, 56] : [32, 32, 32, 40],
    content: inRuns([...content, ...noted]),
    footer: (page: number, pages: number) => inRuns(footerOf(page, pages)),
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

process.on('message', ({ job, content }: Drawing) => {
  void draw(content).then(
    (bytes) => process.send?.({ job, bytes } satisfies Drawn),
    (error: unknown) => process.send?.({ job, failure: String(error) } satisfies Drawn),
  );
});
