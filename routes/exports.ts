// Exports of the list: for people (CSV, XLSX), for programs (NDJSON), for other cities (LIVES).
import { exportFormats, exportList, exportMedia } from '../server/domain/list-export.ts';
import { defineRoute, Reply } from '../server/http/define-route.ts';
import { closed, oneOf } from '../server/http/schema.ts';
import { askedList } from './merchants.ts';
import { presentMerchant, presentMerchantAsOf } from './merchants.present.ts';
import { merchantQuery } from './merchants.schema.ts';

const { limit: _limit, cursor: _cursor, ...selection } = merchantQuery.properties;

export const exportRoutes = [
  defineRoute({
    method: 'get',
    path: '/merchants/export',
    summary: 'The list within my scope as a file, of any size (logged)',
    description:
      'Takes what the list takes; headers in the language of Accept-Language. Text that would begin a formula has an apostrophe before it, which an import takes away again.',
    permission: 'merchant.export',
    query: closed({ ...selection, format: oneOf(exportFormats) }),
    answers: {
      200: { mediaType: 'text/csv', others: [exportMedia.xlsx, exportMedia.ndjson, exportMedia.lives] },
    },
    problems: ['too-large'],
    handle: async ({ actor, query: { format, asOf, ...query }, request: { language } }) => {
      const { name, stream } = await exportList(actor, {
        format,
        query: askedList(query),
        asOf: asOf === undefined ? null : new Date(asOf),
        language,
        show: (merchant) => presentMerchant(actor, merchant),
        showThen: presentMerchantAsOf,
      });
      return new Reply({
        media: { mediaType: exportMedia[format], stream, fileName: name },
        headers: { 'Cache-Control': 'no-store', Vary: 'Accept-Language' },
      });
    },
  }),
];
