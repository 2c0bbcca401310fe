// Checklists: read by every signed-in user, previewed and written by an admin.
import {
  addChecklist,
  checklistFor,
  findChecklist,
  listChecklists,
  previewChecklist,
} from '../server/domain/checklists.ts';
import { defineRoute, Reply } from '../server/http/define-route.ts';
import { closed, Key, Type } from '../server/http/schema.ts';
import { checklistBody, checklistShape, presentChecklist, previewShape } from './checklists.schema.ts';

export const checklistRoutes = [
  defineRoute({
    method: 'get',
    path: '/checklists',
    summary: 'The newest version of every checklist, or the one for a category',
    permission: 'reference.read',
    query: closed({
      category: Type.Optional(Key),
      latest: Type.Optional(Type.Boolean({ description: 'false: every version; not with category' })),
    }),
    answers: { 200: closed({ items: Type.Array(checklistShape) }) },
    handle: async ({ query: { category, latest = true } }) => {
      const fitting = category === undefined ? null : await checklistFor(category);
      const lists = category === undefined ? await listChecklists({ latest }) : fitting ? [fitting] : [];
      return { items: lists.map(presentChecklist) };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/checklists/preview',
    summary: 'What the next version of a checklist would be; nothing is written',
    permission: 'reference.manage',
    body: checklistBody,
    answers: { 200: previewShape },
    keepsAnswer: false,
    handle: async ({ body }) => {
      const preview = await previewChecklist(body);
      return { ...preview, next: presentChecklist(preview.next) };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/checklists',
    summary: 'Add the next version of a checklist, or its first',
    permission: 'reference.manage',
    body: checklistBody,
    answers: { 201: checklistShape },
    problems: ['duplicate', 'unknown-reference'],
    handle: async ({ actor, body }) => presentChecklist(await addChecklist(actor, body, body.version)),
  }),
  defineRoute({
    method: 'get',
    path: '/checklists/{key}/{version}',
    summary: 'A version of a checklist; versions never change',
    permission: 'reference.read',
    params: closed({ key: Key, version: Type.Integer({ minimum: 1, maximum: 1_000_000 }) }),
    answers: { 200: checklistShape },
    problems: ['unknown-reference'],
    handle: async ({ params }) => {
      const checklist = await findChecklist(params.key, params.version);
      return new Reply({
        body: presentChecklist(checklist),
        etag: checklist._id,
        headers: { 'Cache-Control': 'private, max-age=31536000, immutable' },
      });
    },
  }),
];
