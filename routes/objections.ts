// Objections: filed and withdrawn by the merchant, decided by somebody without part in the decision.
import { objectionStates } from '../models/objection.ts';
import type { Actor } from '../server/domain/actor.ts';
import {
  decideObjection,
  fileObjection,
  findObjection,
  listObjections,
  objectionPhotos,
  objectionSorts,
  redraftRemedy,
  viewsOf,
  withdrawObjection,
} from '../server/domain/objections.ts';
import type { Objection } from '../models/objection.ts';
import { defineRoute } from '../server/http/define-route.ts';
import {
  AreaCode,
  closed,
  Key,
  oneOf,
  pageOf,
  pageQuery,
  Sha256,
  text,
  Type,
  Uuid,
} from '../server/http/schema.ts';
import { objectionShape, presentObjection } from './objections.present.ts';

const byId = closed({ id: Uuid });
const said = text(2_000, { minLength: 1, pattern: '\\S' });
const shown = async (actor: Actor, objections: Objection[]) =>
  (await viewsOf(actor, objections)).map(presentObjection);
async function one(actor: Actor, objection: Objection) {
  const [view] = await shown(actor, [objection]);
  if (!view) throw new Error('an objection has one view');
  return view;
}

export const objectionRoutes = [
  defineRoute({
    method: 'post',
    path: '/objections',
    summary: 'Object to a decision about my shop',
    description: 'A late one is accepted and marked; photos are sent before.',
    permission: 'objection.file',
    body: closed({
      merchant: Uuid,
      adjustment: Uuid,
      text: said,
      photos: Type.Optional(Type.Array(Sha256, { maxItems: objectionPhotos, uniqueItems: true })),
    }),
    answers: { 201: objectionShape },
    problems: ['merchant-not-found', 'not-objectionable', 'objection-open', 'photo-missing'],
    handle: async ({ actor, body }) => one(actor, await fileObjection(actor, body)),
  }),
  defineRoute({
    method: 'get',
    path: '/objections',
    summary: 'Objections within my scope, newest first',
    permission: 'objection.read',
    query: closed({
      ...pageQuery,
      state: Type.Optional(Type.Array(oneOf(objectionStates), { maxItems: 10 })),
      overdue: Type.Optional(Type.Boolean({ description: 'open, and its due has passed' })),
      merchant: Type.Optional(Uuid),
      area: Type.Optional(AreaCode),
      taskForce: Type.Optional(Key),
      sort: Type.Optional(oneOf(objectionSorts)),
    }),
    answers: { 200: pageOf(objectionShape) },
    problems: ['invalid-cursor'],
    handle: async ({ actor, query }) => {
      const page = await listObjections(actor, query);
      return { ...page, items: await shown(actor, page.items) };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/objections/{id}',
    summary: 'One objection',
    permission: 'objection.read',
    params: byId,
    answers: { 200: objectionShape },
    handle: async ({ actor, params }) => one(actor, await findObjection(actor, params.id)),
  }),
  defineRoute({
    method: 'post',
    path: '/objections/{id}/withdraw',
    summary: 'Take my objection back',
    permission: 'objection.withdraw',
    params: byId,
    answers: { 200: objectionShape },
    problems: ['objection-state'],
    handle: async ({ actor, params }) => one(actor, await withdrawObjection(actor, params.id)),
  }),
  defineRoute({
    method: 'post',
    path: '/objections/{id}/decide',
    summary:
      'Uphold it, which drafts the undoing for this shop, or dismiss it; not by whoever had part in the decision',
    permission: 'objection.decide',
    params: byId,
    body: closed({ uphold: Type.Boolean(), reason: said }),
    answers: { 200: objectionShape },
    problems: ['objection-state', 'took-part', 'duplicate'],
    handle: async ({ actor, params, body }) => one(actor, await decideObjection(actor, params.id, body)),
  }),
  defineRoute({
    method: 'post',
    path: '/objections/{id}/redraft',
    summary: 'Draft the undoing of an upheld one anew, where it was rejected, withdrawn or became stale',
    permission: 'objection.decide',
    params: byId,
    answers: { 200: objectionShape },
    problems: ['objection-state', 'took-part', 'duplicate'],
    handle: async ({ actor, params }) => one(actor, await redraftRemedy(actor, params.id)),
  }),
];
