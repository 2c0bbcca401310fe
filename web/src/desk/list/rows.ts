// A row of the list, of now or of an earlier moment, and what an address asks beside the facets.
import type { AnswerOf } from '../../shared/server/types.ts';
import type { MerchantRow } from '../queries.ts';

type PresentRow = Pick<AnswerOf<'getMerchantsId'>, 'lastVisit' | 'openOrders'>;
const isPresent = (row: object): row is PresentRow => 'lastVisit' in row;

/** Past rows know no visits and no orders. */
export const lastVisitOf = (row: MerchantRow) => (isPresent(row) ? row.lastVisit : null);
export const openOrdersOf = (row: MerchantRow): number => (isPresent(row) ? row.openOrders : 0);

/** How codes and kinds are called in the page's language. */
export type Names = Record<'areaName' | 'categoryName' | 'taskForceName', (key: string) => string>;

export const facetNames = [
  'status',
  'category',
  'subdistrict',
  'taskForce',
  'lastVisit',
  'hasOpenOrders',
] as const;
export type FacetName = (typeof facetNames)[number];
