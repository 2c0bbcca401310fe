// Search by part of a name, pinyin, initials, code or street: one gram bounds the index, a substring check settles the rest.
import { MerchantModel } from '../../models/merchant.ts';
import { gramsOfQuery, normalizeQuery } from '../lib/search-text.ts';
import type { Filter } from './abilities.ts';

/** How many grams of a query are weighed, and from which number of merchants on a gram counts as frequent. */
const weighed = 4;
const frequent = 1_000;
/** A gram that so few merchants have is good enough. */
const rare = 50;

/** The index to read where few merchants have the gram: reading in another order would pass over all that do not. */
export const gramIndex = { grams: 1, district: 1 } as const;

export type Search = { filter: Filter; isRare: boolean };

/**
 * The filter of a search in the present list; null when there is nothing to look for. MongoDB bounds an index by one gram only,
 * whichever it is given: it is given the rarest of a few. No client text becomes a regular expression.
 */
export async function searchOf(query: string): Promise<Search | null> {
  const text = normalizeQuery(query);
  const grams = gramsOfQuery(text);
  let best: { gram: string; count: number } | null = null;
  for (const gram of spread(grams)) {
    const limit: number = best?.count ?? frequent;
    const count: number = await MerchantModel.countDocuments({ grams: gram }, { limit, hint: gramIndex });
    if (!best || count < best.count) best = { gram, count };
    if (best.count <= rare) break;
  }
  if (!best) return null;
  const isRare = best.count < frequent;
  if (grams.length === 1) return { filter: { grams: best.gram }, isRare };
  return { filter: { grams: best.gram, ...holds(text) }, isRare };
}

/** The same for records whose grams are not indexed: a substring check alone, for lists that other fields have narrowed. */
export function textFilter(query: string): Filter | null {
  const text = normalizeQuery(query);
  return text === '' ? null : holds(text);
}

function holds(text: string): Filter {
  return { $expr: { $gte: [{ $indexOfCP: ['$text', { $literal: text }] }, 0] } };
}

/** A few of the grams from all over the query, the last first: names differ at their ends. */
function spread(grams: string[]): string[] {
  if (grams.length <= weighed) return grams.toReversed();
  const step = (grams.length - 1) / (weighed - 1);
  const places = Array.from({ length: weighed }, (_, i) => Math.round(i * step));
  return places.toReversed().flatMap((place) => grams[place] ?? []);
}
