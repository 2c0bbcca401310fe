// Which of its two faces the orders page shows for an address.
import type { LocationQuery } from 'vue-router';
import { askedIn } from '../route-query.ts';

/** `order` is the one that is open beside; `view=lanes` narrows the board itself by area and task force. */
export const ownNames = ['order', 'view'];

/** Lanes without a filter or where they were asked for; else exactly the rows that the filter names. */
export function showsLanes(query: LocationQuery): boolean {
  return query.view === 'lanes' || Object.keys(askedIn(query, ownNames)).length === 0;
}
