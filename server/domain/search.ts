// Search by part of a name, pinyin, initials, code or street: one gram bounds the index, a substring check settles the rest.
import { MerchantModel } from '../../models/merchant.ts';
import { holdsNearly } from '../lib/nearly.ts';
import { gramsOfQuery, normalizeQuery } from '../lib/search-text.ts';
import { type Filter, joined } from './abilities.ts';

/** How many grams of a query are weighed, and from which number of merchants on a gram counts as frequent. */
const weighed = 6;
const frequent = 1_000;
/** Where all of them are frequent, as syllables of pinyin are in a long list, they are counted up to here. */
const mostCounted = 20_000;
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
  const best = await rarestOf(spread(grams));
  if (!best) return null;
  const isRare = best.count < frequent;
  if (best.gram === text) return { filter: { grams: best.gram }, isRare };
  return { filter: { grams: best.gram, ...holds(text) }, isRare };
}

type Weighed = { gram: string; count: number };

async function rarestOf(grams: string[]): Promise<Weighed | null> {
  const best = await rarestUpTo(frequent, grams);
  return best && best.count >= frequent && grams.length > 1 ? rarestUpTo(mostCounted, grams) : best;
}

async function rarestUpTo(most: number, grams: string[]): Promise<Weighed | null> {
  let best: Weighed | null = null;
  for (const gram of grams) {
    const limit: number = best?.count ?? most;
    const count: number = await MerchantModel.countDocuments({ grams: gram }, { limit, hint: gramIndex });
    if (!best || count < best.count) best = { gram, count };
    if (best.count <= rare) break;
  }
  return best;
}

/** Shorter queries mean too much already: of Chinese characters, of letters, of what is looked for in codes. */
const shortestForgiven = { chinese: 3, latin: 4, code: 8 };
const code = /^(?=.*\d)[0-9a-z]{10,}$/;
/** Of each piece that a slip leaves whole, so many merchants are read, and so many of those that hold it are compared. */
const mostRead = 5_000;
const mostCompared = 1_000;

/**
 * Merchants found by all but one character of a query, of three or more (letters: four): one wrong, missing or too many. Their
 * ids, at most `limit`. Whatever the slip, one of a few pieces of the query is whole in the text; those bound what is looked at.
 */
export async function nearlyFound(query: string, within: Filter, limit: number): Promise<string[]> {
  const text = normalizeQuery(query);
  const found = new Set<string>();
  for (const pieces of wholePieces(text)) {
    const rarest = await rarestOf(pieces.flatMap((piece) => spread(gramsOfQuery(piece))));
    if (!rarest || rarest.count === 0) continue;
    const looked = await MerchantModel.aggregate<{ _id: string; text: string }>(
      [
        { $match: { grams: rarest.gram } },
        // Before anything else is asked: whatever is not within, or does not hold the piece, has been read by then.
        { $limit: mostRead },
        { $match: joined([within, ...pieces.map(holds)]) },
        { $limit: mostCompared },
        { $project: { text: 1 } },
      ],
      { hint: gramIndex },
    );
    for (const { _id, text: known } of looked) if (holdsNearly(meantBy(text, known), text)) found.add(_id);
    if (found.size >= limit) break;
  }
  return [...found].slice(0, limit);
}

/** A few letters that are nearly the inside of some code are an accident. */
function meantBy(query: string, text: string): string {
  const parts = text.split('\n');
  return parts.filter((part) => query.length >= shortestForgiven.code || !code.test(part)).join('\n');
}

/** Pieces of a query that a single slip cannot all touch: a half of it, or of three characters any two. */
function wholePieces(text: string): string[][] {
  const characters = [...text];
  const piece = (from: number, to?: number) => characters.slice(from, to).join('');
  const isLatin = /^[\x20-\x7e]*$/.test(text);
  if (characters.length < shortestForgiven[isLatin ? 'latin' : 'chinese']) return [];
  if (characters.length === 3) return [[piece(0, 2)], [piece(1)], [piece(0, 1), piece(2)]];
  const middle = characters.length >> 1;
  return [[piece(0, middle)], [piece(middle)]];
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
