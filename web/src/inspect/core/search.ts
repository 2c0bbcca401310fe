// Finding a shop by part of its name, pinyin, initials, street or codes, best first. Pure, and quick enough for each keystroke.
import type { Shop } from './contract.ts';

/** A shop with the parts of its text apart: they are looked through at each keystroke. */
type Entry = { shop: Shop; parts: { words: string; isCode: boolean }[] };
type Found = { shop: Shop; rank: number; part: number; at: number };

/** Typed text as it is looked for: only letters and digits count, as in the server's search texts. */
export function foldedQuery(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .normalize('NFKC');
}

/** Made once for each pack, then asked at each keystroke for the best matches of a typed text. */
export function searchOf(shops: readonly Shop[]): (text: string, limit: number) => Shop[] {
  const entries = shops.map((shop): Entry => {
    const parts = shop.text.split('\n').map((words) => ({ words, isCode: code.test(words) }));
    return { shop, parts };
  });
  return (text, limit) => {
    const query = foldedQuery(text);
    return query === '' || limit < 1 ? [] : bestOf(entries, query, limit).map(({ shop }) => shop);
  };
}

/** Letters and digits together: a credit code or a door code, of which nobody types a character or two. */
const code = /^(?=.*\d)[0-9a-z]{10,}$/;

/** The best, in order. One character may match every shop: to sort them all would take longer than to find them. */
function bestOf(entries: Entry[], query: string, limit: number): Found[] {
  const best: Found[] = [];
  for (const entry of entries) {
    const match = bestMatch(entry, query);
    if (!match) continue;
    const worst = best[limit - 1];
    if (worst && better(worst, match) < 0) continue;
    if (worst) best.pop();
    best.splice(placeOf(match, best), 0, match);
  }
  return best;
}

/** Behind all that are better, found by halving. */
function placeOf(match: Found, best: Found[]): number {
  let [low, high] = [0, best.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = best[middle];
    if (other && better(other, match) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A whole part before the beginning of one, that before the inside, and a code last for a query too short to mean one; then the earlier part, the earlier place, the shorter name. */
function bestMatch({ shop, parts }: Entry, query: string): Found | null {
  // Most shops do not match at all, so that is found out first.
  if (!shop.text.includes(query)) return null;
  let best: Found | null = null;
  for (const [part, { words, isCode }] of parts.entries()) {
    const at = words.indexOf(query);
    if (at === -1) continue;
    const isAccident = isCode && query.length < 3;
    const rank = isAccident ? 3 : at > 0 ? 2 : words.length === query.length ? 0 : 1;
    if (best === null || rank < best.rank) best = { shop, rank, part, at };
    if (rank === 0) break;
  }
  return best;
}

function better(a: Found, b: Found): number {
  return (
    a.rank - b.rank ||
    a.part - b.part ||
    a.at - b.at ||
    a.shop.name.length - b.shop.name.length ||
    (a.shop.code < b.shop.code ? -1 : 1)
  );
}
