// What an address asks of a list: the names in its query are those of the server's list.
import type { LocationQuery } from 'vue-router';

type Asked = Record<string, string | string[] | null | undefined>;

/** All that is asked of the list; `own` are the names that are the page's. */
export function askedIn(query: LocationQuery, own: readonly string[] = []): Asked {
  const pairs = Object.entries(query).filter(([name]) => !own.includes(name));
  return Object.fromEntries(
    pairs.map(([name, value]) => [name, Array.isArray(value) ? value.filter((one) => one !== null) : value]),
  );
}

/** The first value of a field that is an instant; empty where it is none. */
export function instantIn(query: LocationQuery, name: string): string {
  const value = chosenIn(query, name);
  return Number.isNaN(Date.parse(value)) ? '' : value;
}

/** The first value of a field. */
export const chosenIn = (query: LocationQuery, name: string): string =>
  [query[name]].flat().find((value) => typeof value === 'string') ?? '';
