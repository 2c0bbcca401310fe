// Reference data that every signed-in user may read: areas, categories, task forces, sites, checklists.
import type { Area } from '../models/area.ts';
import type { Category } from '../models/category.ts';
import type { Checklist } from '../models/checklist.ts';
import { severities } from '../models/order.ts';
import { type Site, siteKinds } from '../models/site.ts';
import { findChecklist, listChecklists } from '../server/domain/checklists.ts';
import { listAreas, listCategories, listSites, listTaskForces } from '../server/domain/reference.ts';
import { defineRoute, Reply } from '../server/http/define-route.ts';
import {
  AreaCode,
  closed,
  Key,
  nullable,
  oneOf,
  PointShape,
  Type,
  WordsShape,
} from '../server/http/schema.ts';

const itemsOf = <S extends Parameters<typeof Type.Array>[0]>(shape: S) =>
  closed({ items: Type.Array(shape) });
const levels = ['province', 'city', 'district', 'subdistrict', 'community'] as const;

const areaShape = closed({
  code: Type.String(),
  name: Type.String(),
  level: oneOf(levels),
  kind: nullable(Type.String()),
  parent: nullable(Type.String()),
  path: Type.Array(Type.String()),
  centre: nullable(Type.Array(Type.Number())),
});
const presentArea = ({ _id, name, level, kind, parent, path, centre }: Area) => ({
  code: _id,
  name,
  level,
  kind,
  parent,
  path,
  centre,
});

const categoryShape = closed({
  key: Type.String(),
  name: WordsShape,
  gbt4754: Type.Array(Type.String()),
  leadDepartment: Type.String(),
  taskForce: Type.String(),
});
const presentCategory = ({ _id, name, gbt4754, leadDepartment, taskForce }: Category) => ({
  key: _id,
  name,
  gbt4754,
  leadDepartment,
  taskForce,
});

const siteShape = closed({
  id: Type.String(),
  district: Type.String(),
  kind: oneOf(siteKinds),
  name: Type.String(),
  subdistrict: Type.String(),
  address: Type.String(),
  point: PointShape,
});
const presentSite = ({ _id, district, kind, name, subdistrict, address, point }: Site) => ({
  id: _id,
  district,
  kind,
  name,
  subdistrict,
  address,
  point,
});

const checklistShape = closed({
  key: Type.String(),
  version: Type.Integer(),
  title: WordsShape,
  items: Type.Array(
    closed({
      key: Type.String(),
      text: WordsShape,
      guidance: nullable(WordsShape),
      kind: oneOf(['outcome', 'number', 'choice'] as const),
      severity: oneOf(severities),
      photo: oneOf(['never', 'on-failure', 'always'] as const),
    }),
  ),
});
const presentChecklist = ({ key, version, title, items }: Checklist) => ({
  key,
  version,
  title,
  items: items.map((item) => ({
    key: item.key,
    text: item.text,
    guidance: item.guidance,
    kind: item.kind,
    severity: item.severity,
    photo: item.photo,
  })),
});

export const referenceRoutes = [
  defineRoute({
    method: 'get',
    path: '/areas',
    summary: 'Areas by GB/T 2260 code',
    permission: 'reference.read',
    query: closed({ parent: Type.Optional(AreaCode) }),
    answers: { 200: itemsOf(areaShape) },
    handle: async ({ query }) => ({ items: (await listAreas(query.parent)).map(presentArea) }),
  }),
  defineRoute({
    method: 'get',
    path: '/categories',
    summary: 'Categories of essential business',
    permission: 'reference.read',
    answers: { 200: itemsOf(categoryShape) },
    handle: async () => ({ items: (await listCategories()).map(presentCategory) }),
  }),
  defineRoute({
    method: 'get',
    path: '/taskforces',
    summary: 'Task forces',
    permission: 'reference.read',
    answers: { 200: itemsOf(closed({ key: Type.String(), name: WordsShape, example: Type.Boolean() })) },
    handle: async () => ({
      items: (await listTaskForces()).map(({ _id, name, example }) => ({ key: _id, name, example })),
    }),
  }),
  defineRoute({
    method: 'get',
    path: '/sites',
    summary: 'Markets, malls and logistics parks',
    permission: 'reference.read',
    query: closed({ area: Type.Optional(AreaCode), kind: Type.Optional(oneOf(siteKinds)) }),
    answers: { 200: itemsOf(siteShape) },
    handle: async ({ query }) => ({ items: (await listSites(query)).map(presentSite) }),
  }),
  defineRoute({
    method: 'get',
    path: '/checklists',
    summary: 'The newest version of every checklist',
    permission: 'reference.read',
    answers: { 200: itemsOf(checklistShape) },
    handle: async () => ({ items: (await listChecklists()).map(presentChecklist) }),
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
