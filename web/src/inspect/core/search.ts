// Finding a shop by part of its name, pinyin, initials, street or codes, best first. Pure, and quick enough for each keystroke.
import type { Shop } from './contract.ts';

type Found = { shop: Shop; rank: number; part: number; at: number };

/** Typed text as it is looked for: only letters and digits count, as in the server's search texts. */
export function foldedQuery(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .normalize('NFKC');
}

/** A whole part before the beginning of one, that before the inside, and a code last for a query too short to mean one; then the earlier part, the earlier place, the shorter name. */
export function searchShops(shops: readonly Shop[], text: string, limit: number): Shop[] {
  const query = foldedQuery(text);
  if (query === '' || limit < 1) return [];
  // The best so far, in order. One character may match every shop: to sort them all would take longer than to find them.
  const best: Found[] = [];
  for (const shop of shops) {
    const match = bestMatch(shop, query);
    if (!match) continue;
    const worst = best[limit - 1];
    if (worst && better(worst, match) < 0) continue;
    if (worst) best.pop();
    const place = best.findLastIndex((other) => better(other, match) < 0);
    best.splice(place + 1, 0, match);
  }
  return best.map(({ shop }) => shop);
}

/** Letters and digits together: a credit code or a door code, of which nobody types a character or two. */
const code = /^(?=.*\d)[0-9a-z]{10,}$/;

/** Most shops do not match at all, so that is found out first. */
function bestMatch(shop: Shop, query: string): Found | null {
  if (!shop.text.includes(query)) return null;
  let best: Found | null = null;
  let part = 0;
  for (const words of shop.text.split('\n')) {
    const at = words.indexOf(query);
    const isAccident = query.length < 3 && code.test(words);
    const rank = isAccident ? 3 : at > 0 ? 2 : words.length === query.length ? 0 : 1;
    if (at !== -1 && (best === null || rank < best.rank)) best = { shop, rank, part, at };
    if (best?.rank === 0) return best;
    part += 1;
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
