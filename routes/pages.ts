// The first screens, whole pages without script: the register's search, a shop's public status, the order behind a signed link.
import { answerLinkedOrder, openLinkedOrder, openOrderToAnswer } from '../server/domain/linked-orders.ts';
import { isOurMark, pageOf } from '../server/domain/door-notices.ts';
import { publicStatus, searchRegister } from '../server/domain/status.ts';
import { defineRoute, Reply } from '../server/http/define-route.ts';
import { closed, text, Type } from '../server/http/schema.ts';
import { Problem } from '../server/lib/problem.ts';
import { mostPhotos } from '../server/pages/fix-page.ts';
import { longestQuery, searchPage } from '../server/pages/search-page.ts';
import { outletsPage, statusPage } from '../server/pages/status-page.ts';
import {
  orderPage,
  page,
  publicPage,
  readerOf,
  refuse,
  refuseAnswer,
  refuseStatus,
  shared,
} from './pages.present.ts';

const byToken = closed({ token: text(128, { minLength: 1 }) });
const readerFields = { lang: Type.Optional(text(16)), skip: Type.Optional(text(4)) };
/** Messengers add fields of their own to an address that they pass on: those are not looked at. */
const open = { additionalProperties: true };
const readerQuery = Type.Object(readerFields, open);
/** `k` is the mark of a door's QR code. */
const statusQuery = Type.Object({ ...readerFields, k: Type.Optional(text(200)) }, open);
const searchQuery = Type.Object({ ...readerFields, q: Type.Optional(text(longestQuery)) }, open);

const nothing = { shops: [], nearly: false };
const skipOf = (skip = '') => (/^[0-9]{1,2}$/.test(skip) ? Number(skip) : 0);

export const pageRoutes = [
  defineRoute({
    method: 'get',
    path: '/',
    bare: true,
    summary: 'The first page: search the register',
    permission: 'public',
    query: searchQuery,
    answers: { 200: page },
    refuse,
    handle: async ({ query, request }) => {
      const reader = readerOf({ query, request });
      const q = (query.q ?? '').trim();
      return publicPage(
        reader,
        searchPage(reader, q, q === '' ? nothing : await searchRegister(q), skipOf(query.skip)),
      );
    },
  }),
  defineRoute({
    method: 'get',
    path: '/s/{code}',
    bare: true,
    summary: 'Status as a page, by door code, credit code or register number',
    permission: 'public',
    params: closed({ code: text(longestQuery, { minLength: 1 }) }),
    query: statusQuery,
    answers: { 200: page },
    problems: ['merchant-not-found', 'door-code-renewed'],
    refuse: refuseStatus,
    handle: async ({ params, query, request }) => {
      const reader = readerOf({ query, request });
      const shops = await publicStatus(params.code);
      const [shop] = shops;
      if (shop && shops.length === 1) {
        const isForged = query.k !== undefined && !isOurMark(shop.doorCode, query.k);
        return publicPage(reader, statusPage(reader, shop, pageOf(request.origin, shop.doorCode), isForged));
      }
      return publicPage(reader, outletsPage(reader, params.code, shops, skipOf(query.skip)));
    },
  }),
  defineRoute({
    method: 'get',
    path: '/f/{token}',
    bare: true,
    summary: 'The order behind a signed link as a page; opening it changes nothing',
    permission: 'public',
    params: byToken,
    query: readerQuery,
    answers: { 200: page },
    problems: ['link-ended'],
    refuse,
    handle: async ({ params, query, request }) =>
      orderPage({ query, request }, await openLinkedOrder(params.token)),
  }),
  defineRoute({
    method: 'post',
    path: '/f/{token}',
    bare: true,
    summary: 'Answer it by the form: photos and a note',
    permission: 'public',
    params: byToken,
    query: readerQuery,
    body: closed({ note: Type.Optional(text(2_000)) }),
    upload: { field: 'photo', maxFiles: mostPhotos, fields: ['note'] },
    precheck: ({ token }) => openOrderToAnswer(token),
    answers: { 303: null },
    problems: ['link-ended', 'order-state'],
    refuse: refuseAnswer,
    handle: async ({ params, query, request, body, photos }) => {
      const note = (body.note ?? '').trim();
      const asked = { params, query, request };
      if (photos.length === 0)
        return orderPage(asked, await openLinkedOrder(params.token), { refused: 'needsPhoto', note });
      try {
        await answerLinkedOrder(params.token, note === '' ? null : note, photos);
      } catch (error) {
        if (error instanceof Problem) return refuseAnswer(error, asked, note);
        throw error;
      }
      const { chosen, language } = readerOf(asked);
      return new Reply({
        status: 303,
        headers: {
          ...shared,
          'Cache-Control': 'no-store',
          Location: `/f/${params.token}${chosen ? `?lang=${language}` : ''}`,
        },
      });
    },
  }),
];
