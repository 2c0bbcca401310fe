// Door notices: the QR code of a shop, sheets to print, and a new code for a paper that is lost or misused.
import {
  markedLink,
  mostNotices,
  printNotice,
  printNotices,
  renewDoorCode,
} from '../server/domain/door-notices.ts';
import { findMerchant } from '../server/domain/merchants.ts';
import { defineRoute, Reply } from '../server/http/define-route.ts';
import { closed, oneOf, text, Type, Uuid } from '../server/http/schema.ts';
import { qrPng, qrSvg } from '../server/lib/qr-picture.ts';
import { askedList } from './merchants.ts';
import { merchantQuery } from './merchants.schema.ts';
import { requiredVersion } from './versions.ts';

const byId = closed({ id: Uuid });
const { asOf: _asOf, limit: _limit, cursor: _cursor, ...selectorFields } = merchantQuery.properties;
const pdfOf = ({ name, pdf }: { name: string; pdf: Buffer }) =>
  new Reply({ media: { mediaType: 'application/pdf', bytes: pdf, fileName: name } });

export const doorNoticeRoutes = [
  defineRoute({
    method: 'get',
    path: '/merchants/notices',
    summary: 'Door notices to print, one A4 sheet a shop, street by street',
    description: `Fields of the selector narrow it, as in GET /merchants; at most ${mostNotices} shops a run.`,
    permission: 'merchant.read',
    query: closed(selectorFields),
    answers: { 200: { mediaType: 'application/pdf' } },
    problems: ['too-many-notices', 'merchant-not-found'],
    handle: async ({ actor, query, request }) =>
      pdfOf(await printNotices(actor, askedList(query), request.origin)),
  }),
  defineRoute({
    method: 'get',
    path: '/merchants/{id}/notice',
    summary: 'The door notice of one shop, an A4 sheet',
    permission: 'merchant.read',
    params: byId,
    answers: { 200: { mediaType: 'application/pdf' } },
    problems: ['merchant-not-found'],
    handle: async ({ actor, params, request }) => pdfOf(await printNotice(actor, params.id, request.origin)),
  }),
  defineRoute({
    method: 'get',
    path: '/merchants/{id}/qr',
    summary:
      'The QR code of a shop’s door as SVG or PNG: the address of its page, with a mark that shows who issued it',
    permission: 'merchant.read',
    params: byId,
    query: closed({ format: Type.Optional(oneOf(['svg', 'png'] as const)) }),
    answers: { 200: { mediaType: 'image/svg+xml', others: ['image/png'] } },
    problems: ['merchant-not-found'],
    handle: async ({ actor, params, query, request }) => {
      const { doorCode } = await findMerchant(actor, params.id);
      const link = markedLink(request.origin, doorCode);
      const media =
        query.format === 'png'
          ? { mediaType: 'image/png', bytes: await qrPng(link), fileName: `${doorCode}.png` }
          : { mediaType: 'image/svg+xml', bytes: qrSvg(link), fileName: `${doorCode}.svg` };
      return new Reply({ media });
    },
  }),
  defineRoute({
    method: 'post',
    path: '/merchants/{id}/door-code',
    summary: 'Renew the door code: the old paper opens nothing any more; needs If-Match',
    permission: 'merchant.edit',
    params: byId,
    body: closed({ reason: text(500, { minLength: 1 }) }),
    answers: { 201: closed({ doorCode: Type.String() }) },
    problems: ['merchant-not-found', 'precondition-required', 'stale-version'],
    handle: async ({ actor, params, body, request }) =>
      new Reply({
        status: 201,
        body: { doorCode: await renewDoorCode(actor, params.id, requiredVersion(request), body.reason) },
      }),
  }),
];
