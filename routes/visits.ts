// Visits: handed in exactly once with a receipt, listed and read within scope.
import { visitFlags, type Visit, visitKinds, visitResults, visitStates } from '../models/visit.ts';
import { holdPhotos } from '../server/domain/evidence.ts';
import { findVisit, listVisits, visitSorts } from '../server/domain/records.ts';
import { submitVisit } from '../server/domain/visits.ts';
import { defineRoute, Reply } from '../server/http/define-route.ts';
import {
  AreaCode,
  closed,
  InstantText,
  oneOf,
  pageOf,
  pageQuery,
  Type,
  Uuid,
} from '../server/http/schema.ts';
import { presentBy } from './by.present.ts';
import { receiptShape, visitBody, visitDetailShape, visitShape } from './visits.schema.ts';

const missingOf = ({ photos }: Visit) => photos.filter(({ present }) => !present).map(({ sha256 }) => sha256);
const ordersOf = ({ orders }: Visit) =>
  orders.map(({ _id, item, state, due }) => ({ id: _id, item, state, ...(due && { due }) }));

function presentReceipt(visit: Visit) {
  const { _id, state, result, flags, receivedAt } = visit;
  return {
    id: _id,
    state,
    result,
    missingPhotos: missingOf(visit),
    flags,
    orders: ordersOf(visit),
    receivedAt,
  };
}

function presentVisit(visit: Visit) {
  const {
    _id,
    kind,
    merchant,
    state,
    result,
    flags,
    distanceMeters,
    inspectors,
    arrivedAt,
    receivedAt,
    completedAt,
    photos,
  } = visit;
  return {
    id: _id,
    kind,
    merchant,
    state,
    result,
    flags,
    distanceMeters,
    inspectors: inspectors.map(presentBy),
    arrivedAt,
    receivedAt,
    completedAt,
    photos: photos.map(({ sha256, present, takenAt, source }) => ({ sha256, present, takenAt, source })),
    orders: ordersOf(visit),
    can: {},
  };
}

const several = <const T extends readonly string[]>(values: T) =>
  Type.Optional(Type.Array(oneOf(values), { maxItems: 20 }));

export const visitRoutes = [
  defineRoute({
    method: 'post',
    path: '/visits',
    summary: 'Hand in a sealed visit, exactly once',
    description:
      '201 the first time, 200 for a repeat, 409 for the same id with other content. As multipart: part `visit` holds the JSON, parts `photo` the pictures. X-Device names the device.',
    permission: 'visit.submit',
    body: visitBody,
    upload: { field: 'photo', maxFiles: 20, part: 'visit' },
    keepsAnswer: false,
    answers: { 201: receiptShape, 200: receiptShape },
    problems: ['visit-differs', 'id-taken', 'merchant-not-found', 'unknown-reference'],
    handle: async ({ actor, body, photos, request }) => {
      if (photos.length > 0) await holdPhotos(actor, photos);
      const { visit, isNew } = await submitVisit(
        actor,
        body,
        request.header('x-device')?.slice(0, 128) ?? null,
      );
      return new Reply({ status: isNew ? 201 : 200, body: presentReceipt(visit) });
    },
  }),
  defineRoute({
    method: 'get',
    path: '/visits',
    summary: 'Visits within my scope, newest first',
    permission: 'visit.read',
    query: closed({
      ...pageQuery,
      kind: several(visitKinds),
      result: several(visitResults),
      state: several(visitStates),
      flag: Type.Optional(oneOf(visitFlags)),
      merchant: Type.Optional(Uuid),
      area: Type.Optional(AreaCode),
      inspector: Type.Optional(Uuid),
      from: Type.Optional(InstantText),
      to: Type.Optional(InstantText),
      sort: Type.Optional(oneOf(visitSorts)),
    }),
    answers: { 200: pageOf(visitShape) },
    problems: ['invalid-cursor'],
    handle: async ({ actor, query }) => {
      const { from, to, ...rest } = query;
      const page = await listVisits(actor, {
        ...rest,
        ...(from !== undefined && { from: new Date(from) }),
        ...(to !== undefined && { to: new Date(to) }),
      });
      return { ...page, items: page.items.map(presentVisit) };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/visits/{id}',
    summary: 'One visit with what was sealed',
    permission: 'visit.read',
    params: closed({ id: Uuid }),
    answers: { 200: visitDetailShape },
    handle: async ({ actor, params }) => {
      const visit = await findVisit(actor, params.id);
      return { ...presentVisit(visit), contentHash: visit.contentHash, body: visit.body };
    },
  }),
];
