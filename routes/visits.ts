// Visits: handed in exactly once with a receipt, listed and read within scope.
import { reviewOutcomes, visitFlags, visitKinds, visitResults, visitStates } from '../models/visit.ts';
import { holdPhotos } from '../server/domain/evidence.ts';
import { findVisit, listVisits, visitSorts } from '../server/domain/records.ts';
import { amendVisit } from '../server/domain/visit-amendments.ts';
import { itemOutcomes } from '../server/domain/visit-findings.ts';
import { losePhotos, matchVisit, reviewVisit } from '../server/domain/visit-reviews.ts';
import { submitVisit } from '../server/domain/visits.ts';
import { defineRoute, Reply } from '../server/http/define-route.ts';
import {
  AreaCode,
  closed,
  InstantText,
  Key,
  oneOf,
  pageOf,
  pageQuery,
  Sha256,
  text,
  Type,
  Uuid,
} from '../server/http/schema.ts';
import { presentReceipt, presentVisit, presentWhole } from './visits.present.ts';
import { amendmentBody, receiptShape, visitBody, visitDetailShape, visitShape } from './visits.schema.ts';

const byId = closed({ id: Uuid });
const reason = text(2_000, { minLength: 1 });
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
      item: Type.Optional(Key),
      outcome: Type.Optional(oneOf(itemOutcomes)),
      merchant: Type.Optional(Uuid),
      area: Type.Optional(AreaCode),
      taskForce: Type.Optional(Key),
      inspector: Type.Optional(Uuid),
      needsReview: Type.Optional(Type.Boolean()),
      unmatched: Type.Optional(Type.Boolean()),
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
      return { ...page, items: page.items.map((visit) => presentVisit(actor, visit)) };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/visits/{id}',
    summary: 'One visit with what was sealed',
    permission: 'visit.read',
    params: byId,
    answers: { 200: visitDetailShape },
    handle: async ({ actor, params }) => presentWhole(actor, await findVisit(actor, params.id)),
  }),
  defineRoute({
    method: 'post',
    path: '/visits/{id}/amendments',
    summary: 'Correct my own visit: a new version, exactly once by its id; the old ones stay readable',
    description:
      '`version` is the version that it corrects (412 where there is a newer one), `visit` the whole body anew: merchant, kind, times, place, inspectors and checklists stay as they were.',
    permission: 'visit.amend',
    params: byId,
    body: amendmentBody,
    keepsAnswer: false,
    answers: { 201: visitDetailShape, 200: visitDetailShape },
    problems: ['visit-differs', 'stale-version', 'too-many-amendments', 'unknown-reference'],
    handle: async ({ actor, params, body }) => {
      const { visit, isNew } = await amendVisit(actor, params.id, body);
      return new Reply({ status: isNew ? 201 : 200, body: presentWhole(actor, visit) });
    },
  }),
  defineRoute({
    method: 'post',
    path: '/visits/{id}/review',
    summary: 'Settle flags with a reason; not those of one’s own visit',
    permission: 'visit.review',
    params: byId,
    body: closed({
      flags: Type.Array(oneOf(visitFlags), { minItems: 1, maxItems: visitFlags.length, uniqueItems: true }),
      outcome: oneOf(reviewOutcomes),
      note: reason,
    }),
    answers: { 200: visitDetailShape },
    problems: ['four-eyes'],
    handle: async ({ actor, params, body }) => presentWhole(actor, await reviewVisit(actor, params.id, body)),
  }),
  defineRoute({
    method: 'post',
    path: '/visits/{id}/photos-lost',
    summary: 'Give up photos that have not come within seven days, with a reason',
    permission: 'visit.photos-lost',
    params: byId,
    body: closed({ photos: Type.Array(Sha256, { minItems: 1, maxItems: 100, uniqueItems: true }), reason }),
    answers: { 200: visitDetailShape },
    problems: ['photos-may-come'],
    handle: async ({ actor, params, body }) => presentWhole(actor, await losePhotos(actor, params.id, body)),
  }),
  defineRoute({
    method: 'post',
    path: '/visits/{id}/match',
    summary: 'Say which shop an unmatched visit was made at; its faults become orders now',
    permission: 'visit.match',
    params: byId,
    body: closed({ merchant: Uuid }),
    answers: { 200: visitDetailShape },
    problems: ['visit-matched', 'merchant-not-found'],
    handle: async ({ actor, params, body }) => presentWhole(actor, await matchVisit(actor, params.id, body)),
  }),
];
