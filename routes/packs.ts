// The offline pack (离线包): what an inspector's phone needs in the street, sent again only where something has changed.
import { createHash } from 'node:crypto';
import { statuses } from '../models/merchant.ts';
import { orderLevels, severities } from '../models/order.ts';
import { visitKinds, visitResults } from '../models/visit.ts';
import { type Pack, packOf } from '../server/domain/packs.ts';
import { defineRoute, Reply } from '../server/http/define-route.ts';
import { AreaCode, closed, Instant, nullable, oneOf, Type, WordsShape } from '../server/http/schema.ts';
import { checklistShape, presentChecklist } from './checklists.schema.ts';

const packShape = closed({
  madeAt: Instant,
  areas: Type.Array(closed({ code: Type.String(), name: Type.String() })),
  categories: Type.Array(
    closed({
      key: Type.String(),
      name: WordsShape,
      checklist: nullable(closed({ key: Type.String(), version: Type.Integer() })),
    }),
  ),
  checklists: Type.Array(checklistShape),
  sites: Type.Array(closed({ id: Type.String(), name: Type.String() })),
  merchants: Type.Array(
    closed({
      id: Type.String(),
      code: Type.String(),
      name: Type.String(),
      address: Type.String(),
      category: Type.String(),
      subdistrict: Type.String(),
      site: nullable(Type.String()),
      point: nullable(Type.Array(Type.Number())),
      status: oneOf(statuses),
      lastVisit: nullable(closed({ at: Instant, result: oneOf(visitResults) })),
      text: Type.String(),
    }),
  ),
  orders: Type.Array(
    closed({
      id: Type.String(),
      merchant: Type.String(),
      item: Type.String(),
      itemText: WordsShape,
      severity: oneOf(severities),
      state: oneOf(['open', 'submitted'] as const),
      level: oneOf(orderLevels),
      due: nullable(Instant),
      note: nullable(Type.String()),
      openedAt: Instant,
    }),
  ),
  visits: Type.Array(
    closed({
      id: Type.String(),
      merchant: Type.String(),
      kind: oneOf(visitKinds),
      result: oneOf(visitResults),
      arrivedAt: Instant,
      inspectors: Type.Array(Type.String()),
      checklist: closed({ key: Type.String(), version: Type.Integer() }),
    }),
  ),
});

function presentPack({ areas, categories, checklists, sites, merchants, orders, visits }: Pack) {
  return {
    areas: areas.map(({ _id, name }) => ({ code: _id, name })),
    categories: categories.map(({ _id, name, checklist }) => ({
      key: _id,
      name: { zh: name.zh, en: name.en },
      checklist: checklist && { key: checklist.key, version: checklist.version },
    })),
    checklists: checklists.map(presentChecklist),
    sites: sites.map(({ _id, name }) => ({ id: _id, name })),
    merchants: merchants.map((shop) => ({
      id: shop._id,
      code: shop.doorCode,
      name: shop.name,
      address: shop.address,
      category: shop.category,
      subdistrict: shop.subdistrict,
      site: shop.site,
      point: shop.point?.coordinates ?? null,
      status: shop.status,
      lastVisit: shop.lastVisit && { at: shop.lastVisit.at, result: shop.lastVisit.result },
      text: shop.text,
    })),
    orders: orders.map((order) => ({
      id: order._id,
      merchant: order.merchant,
      item: order.item,
      itemText: { zh: order.itemText.zh, en: order.itemText.en },
      severity: order.severity,
      state: order.state,
      level: order.level,
      due: order.due,
      note: order.note,
      openedAt: order.openedAt,
    })),
    visits: visits.map(({ _id, merchant, kind, result, arrivedAt, inspectors, body }) => ({
      id: _id,
      merchant,
      kind,
      result,
      arrivedAt,
      inspectors: inspectors.map(({ name }) => name),
      checklist: { key: body.checklist.key, version: body.checklist.version },
    })),
  };
}

export const packRoutes = [
  defineRoute({
    method: 'get',
    path: '/pack',
    summary: 'Offline pack of an area, or of all that is mine: 304 where nothing has changed',
    permission: 'pack.read',
    query: closed({ area: Type.Optional(AreaCode) }),
    answers: { 200: packShape },
    problems: ['not-found', 'pack-too-large'],
    handle: async ({ actor, query }) => {
      const pack = await packOf(actor, query.area);
      const content = presentPack(pack);
      const etag = createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22);
      return new Reply({ body: { madeAt: pack.madeAt, ...content }, etag });
    },
  }),
];
