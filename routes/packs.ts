// The offline pack (离线包): what an inspector's phone needs in the street; sent again only what has changed.
import { type Pack, packOf, packScope } from '../server/domain/packs.ts';
import { environment } from '../server/domain/environment.ts';
import { differenceSince, versionOf } from '../server/domain/pack-versions.ts';
import { defineRoute, Reply } from '../server/http/define-route.ts';
import { AreaCode, closed, text, Type } from '../server/http/schema.ts';
import { Problem } from '../server/lib/problem.ts';
import { presentChecklist } from './checklists.schema.ts';
import { packDifferenceShape, packShape } from './packs.schema.ts';

function presentPack(pack: Pack) {
  const { areas, categories, checklists, sites, taskForces, colleagues, merchants, orders, visits } = pack;
  return {
    areas: areas.map(({ _id, name }) => ({ code: _id, name })),
    categories: categories.map(({ _id, name, checklist }) => ({
      key: _id,
      name: { zh: name.zh, en: name.en },
      checklist: checklist && { key: checklist.key, version: checklist.version },
    })),
    checklists: checklists.map(presentChecklist),
    sites: sites.map(({ _id, name }) => ({ id: _id, name })),
    keys: environment().keys.map(({ kid, x }) => ({ kid, x })),
    taskForces: taskForces.map(({ _id, name }) => ({ key: _id, name: { zh: name.zh, en: name.en } })),
    colleagues: colleagues.map(({ _id, name, scopes }) => ({
      id: _id,
      name,
      scopes: scopes.map((scope) => ({ areas: scope.areas, taskForce: scope.taskForce })),
    })),
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
    summary:
      'Offline pack of an area, or of all that is mine: whole, or what has changed since a version of it',
    permission: 'pack.read',
    query: closed({
      area: Type.Optional(AreaCode),
      since: Type.Optional(text(4_096, { description: 'the version of a pack that the phone has' })),
    }),
    answers: { 200: Type.Union([packShape, packDifferenceShape]) },
    problems: ['not-found', 'pack-too-large', 'resync'],
    handle: async ({ actor, query }) => {
      const pack = await packOf(actor, query.area);
      const content = presentPack(pack);
      const version = versionOf(content, packScope(actor, query.area));
      const sent = query.since === undefined ? content : differenceSince(content, query.since, version);
      if (sent === null) throw new Problem('resync');
      return new Reply({ body: { madeAt: pack.madeAt, version: version.text, ...sent }, etag: version.etag });
    },
  }),
];
