// What the route's query asks for: the same names as the server's list, and two of the page's own.
import type { LocationQuery } from 'vue-router';
import type { Query } from '../server.ts';

/** `order` is the one that is open beside; `view=lanes` narrows the board itself by area and task force. */
const own = ['order', 'view'];

/** What is asked of the list, as it stands in the address. */
export function askedIn(query: LocationQuery): Query {
  const pairs = Object.entries(query).filter(([name]) => !own.includes(name));
  return Object.fromEntries(
    pairs.map(([name, value]) => [name, Array.isArray(value) ? value.filter((one) => one !== null) : value]),
  );
}

/** Lanes without a filter or where they were asked for; else exactly the rows that the filter names. */
export function showsLanes(query: LocationQuery): boolean {
  return query.view === 'lanes' || Object.keys(askedIn(query)).length === 0;
}

/** The one value of a field that is chosen from a list of values. */
export const chosenIn = (query: LocationQuery, name: string): string =>
  [query[name]].flat().find((value) => typeof value === 'string') ?? '';
