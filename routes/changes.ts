// The feed of the list: all of it, and from then on what has changed.
import { changesSince, type FeedItem } from '../server/domain/feed.ts';
import type { Actor } from '../server/domain/actor.ts';
import { defineRoute } from '../server/http/define-route.ts';
import { closed, text, Type } from '../server/http/schema.ts';
import { presentMerchant } from './merchants.present.ts';
import { changedMerchantShape } from './merchants.schema.ts';

const presentItem = (actor: Actor, item: FeedItem) =>
  'gone' in item ? { id: item.gone, gone: true } : presentMerchant(actor, item.merchant);

export const changeRoutes = [
  defineRoute({
    method: 'get',
    path: '/merchants/changes',
    summary: 'What changed within my scope since a cursor; without one the whole list, and then its changes',
    permission: 'merchant.follow',
    query: closed({
      since: Type.Optional(text(200, { description: 'next of the answer before, or the id of an event' })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
    }),
    answers: {
      200: closed({
        items: Type.Array(changedMerchantShape),
        next: Type.String({ description: 'sent back as since' }),
        more: Type.Boolean({ description: 'whether there is more at this moment' }),
      }),
    },
    problems: ['resync'],
    handle: async ({ actor, query }) => {
      const { items, next, more } = await changesSince(actor, query);
      return { items: items.map((item) => presentItem(actor, item)), next, more };
    },
  }),
];
