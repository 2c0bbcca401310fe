// Facets of the list: what each value of a field would leave, beside the list itself.
import { facetsFor } from '../server/domain/facets.ts';
import { defineRoute } from '../server/http/define-route.ts';
import { closed, Type } from '../server/http/schema.ts';
import { askedList } from './merchants.ts';
import { merchantQuery } from './merchants.schema.ts';

const { limit: _limit, cursor: _cursor, ...selection } = merchantQuery.properties;
const facetShape = Type.Array(closed({ value: Type.String(), count: Type.Integer() }));

export const facetRoutes = [
  defineRoute({
    method: 'get',
    path: '/merchants/facets',
    summary: 'How many merchants each value of a field would leave',
    description:
      'Takes what the list takes. The counts of a field leave out that field’s own filter; a value that nobody has is left out. With asOf the list of then is counted, which knows no visits and orders.',
    permission: 'merchant.read',
    query: closed(selection),
    answers: {
      200: closed({
        total: Type.Integer(),
        facets: closed({
          status: facetShape,
          category: facetShape,
          subdistrict: facetShape,
          taskForce: facetShape,
          lastVisit: facetShape,
          hasOpenOrders: facetShape,
        }),
      }),
    },
    handle: ({ actor, query: { asOf, ...query } }) =>
      facetsFor(actor, askedList(query), asOf === undefined ? undefined : new Date(asOf)),
  }),
];
