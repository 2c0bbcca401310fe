// What an address asks of a list: the names in its query are those of the server's list.
import type { LocationQuery } from 'vue-router';
import type { Query } from './server.ts';

/** All that is asked of the list; `own` are the names that are the page's. */
export function askedIn(query: LocationQuery, own: readonly string[] = []): Query {
  const pairs = Object.entries(query).filter(([name]) => !own.includes(name));
  return Object.fromEntries(
    pairs.map(([name, value]) => [name, Array.isArray(value) ? value.filter((one) => one !== null) : value]),
  );
}

/** The first value of a field. */
export const chosenIn = (query: LocationQuery, name: string): string =>
  [query[name]].flat().find((value) => typeof value === 'string') ?? '';
