// What a merchant is found by: part of its name, pinyin, initials, code or street, as text to check and grams to index.
import { pinyin } from 'pinyin-pro';

/** Stands between the parts of a text. No query can hold it, as folding keeps letters and digits only. */
const SEPARATOR = '\n';

// What lies beyond is not searched: these bound the grams of one merchant, whatever is imported.
const MAX_NAME = 60;
const MAX_ADDRESS = 100;
const MAX_CODE = 32;

/** Of letters so many in a row are one gram more: three stand in every second name's pinyin, these in few. */
const LETTERS = 6;

type Searchable = { name: string; address?: string; code?: string | null; doorCode?: string };

/**
 * A merchant's search text (its folded parts: name, full pinyin, initials, address, code, door code) and the distinct grams of
 * one to three characters, or of six letters, to index.
 *
 * A query of 1 or 2 characters is looked for in name, initials and address, and at the beginning of each syllable; one of 3 or
 * more everywhere. Codes and the insides of syllables have no shorter grams: those would match nearly every shop.
 * Every gram is a substring of `text`, so a gram alone answers a query that is one.
 */
export function searchTextOf({ name, address, code, doorCode }: Searchable): {
  text: string;
  grams: string[];
} {
  const shopName = bounded(name, MAX_NAME);
  const syllables = syllablesOf(shopName);
  const full = syllables.map((syllable) => syllable.full).join('');
  const initials = syllables.map((syllable) => syllable.initial).join('');
  const street = bounded(address ?? '', MAX_ADDRESS);
  const codes = [bounded(code ?? '', MAX_CODE), bounded(doorCode ?? '', MAX_CODE)];

  const grams = new Set<string>();
  for (const part of [shopName, initials, street]) for (const size of [1, 2, 3]) addGrams(grams, part, size);
  for (const part of [full, ...codes]) addGrams(grams, part, 3);
  for (const part of [shopName, full, initials, street, ...codes])
    for (const [letters] of part.matchAll(/[a-z]{6,}/g)) addGrams(grams, letters, LETTERS);
  for (const { beginning } of syllables) grams.add(beginning);

  const parts = new Set([shopName, full, initials, street, ...codes].filter((part) => part !== ''));
  return { text: [...parts].join(SEPARATOR), grams: [...grams] };
}

/**
 * Typed text as it is looked for in a `text`: NFKC (full-width to ASCII), lower case, letters and digits only, at most 100
 * characters. Empty when nothing is left to look for.
 */
export function normalizeQuery(q: string): string {
  return bounded(q, MAX_ADDRESS);
}

/**
 * The grams that a merchant must have to match: the query itself up to three characters, else all its distinct 3-grams, or where
 * it is of letters those of six, in order. Any one of them may bound the index; the substring check decides, unless the query is
 * a gram itself. None for an empty query.
 */
export function gramsOfQuery(q: string): string[] {
  const query = normalizeQuery(q);
  const grams = new Set<string>();
  addGrams(grams, query, /^[a-z]{6,}$/.test(query) ? LETTERS : Math.min(3, [...query].length));
  return [...grams];
}

type Syllable = { full: string; initial: string; beginning: string };

/** Each Chinese character's reading (ü as v, as it is typed); what lies between stays as it is and counts as its own initials. */
function syllablesOf(folded: string): Syllable[] {
  const runs = folded.match(/\p{Script=Han}+|\P{Script=Han}+/gu) ?? [];
  return runs.flatMap((run) => {
    if (!/^\p{Script=Han}/u.test(run)) return [{ full: run, initial: run, beginning: firstOf(run, 2) }];
    const readings = pinyin(run, { toneType: 'none', type: 'array', v: true, toneSandhi: false });
    return readings.map((full) => ({ full, initial: firstOf(full, 1), beginning: firstOf(full, 2) }));
  });
}

function addGrams(grams: Set<string>, part: string, size: number): void {
  const characters = [...part];
  if (size === 0) return;
  // Where each character is one UTF-16 unit, as nearly always, the plain slice is several times faster.
  const isPlain = characters.length === part.length;
  for (let i = 0; i + size <= characters.length; i++)
    grams.add(isPlain ? part.slice(i, i + size) : characters.slice(i, i + size).join(''));
}

function bounded(text: string, length: number): string {
  return firstOf(folded(text), length);
}

/** Blanks, hyphens, brackets and dots are written by some and not by others: only letters and digits count. */
function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .normalize('NFKC');
}

/** By character, not by UTF-16 unit: rare Chinese characters take two. */
function firstOf(text: string, length: number): string {
  return text.length <= length ? text : [...text].slice(0, length).join('');
}
