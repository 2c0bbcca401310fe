// Reference data that every signed-in user may read and an admin writes: areas, categories, task forces, sites.
import { type Area, areaLevels } from '../models/area.ts';
import type { Category } from '../models/category.ts';
import { type Site, siteKinds } from '../models/site.ts';
import type { TaskForce } from '../models/task-force.ts';
import { putArea, putCategory, putSite, putTaskForce } from '../server/domain/reference-changes.ts';
import { listAreas, listCategories, listSites, listTaskForces } from '../server/domain/reference.ts';
import { defineRoute } from '../server/http/define-route.ts';
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
import { written } from './written.ts';
import { areaBody, categoryBody, siteBody, taskForceBody } from './reference.schema.ts';

const itemsOf = <S extends Parameters<typeof Type.Array>[0]>(shape: S) =>
  closed({ items: Type.Array(shape) });

const areaShape = closed({
  code: Type.String(),
  name: Type.String(),
  level: oneOf(areaLevels),
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

const taskForceShape = closed({ key: Type.String(), name: WordsShape, example: Type.Boolean() });
const presentTaskForce = ({ _id, name, example }: TaskForce) => ({ key: _id, name, example });

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
    method: 'put',
    path: '/areas/{code}',
    summary: 'Write an area; level and parent follow from its code',
    permission: 'reference.manage',
    params: closed({ code: AreaCode }),
    body: areaBody,
    answers: { 200: areaShape, 201: areaShape },
    problems: ['unknown-reference'],
    handle: async ({ actor, params, body }) => written(await putArea(actor, params.code, body), presentArea),
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
    method: 'put',
    path: '/categories/{key}',
    summary: 'Write a category',
    permission: 'reference.manage',
    params: closed({ key: Key }),
    body: categoryBody,
    answers: { 200: categoryShape, 201: categoryShape },
    problems: ['unknown-reference', 'in-use'],
    handle: async ({ actor, params, body }) =>
      written(await putCategory(actor, params.key, body), presentCategory),
  }),
  defineRoute({
    method: 'get',
    path: '/taskforces',
    summary: 'Task forces',
    permission: 'reference.read',
    answers: { 200: itemsOf(taskForceShape) },
    handle: async () => ({ items: (await listTaskForces()).map(presentTaskForce) }),
  }),
  defineRoute({
    method: 'put',
    path: '/taskforces/{key}',
    summary: 'Write a task force',
    permission: 'reference.manage',
    params: closed({ key: Key }),
    body: taskForceBody,
    answers: { 200: taskForceShape, 201: taskForceShape },
    handle: async ({ actor, params, body }) =>
      written(await putTaskForce(actor, params.key, body), presentTaskForce),
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
    method: 'put',
    path: '/sites/{id}',
    summary: 'Write a market, mall or logistics park',
    permission: 'reference.manage',
    params: closed({ id: Key }),
    body: siteBody,
    answers: { 200: siteShape, 201: siteShape },
    problems: ['unknown-reference', 'in-use'],
    handle: async ({ actor, params, body }) => written(await putSite(actor, params.id, body), presentSite),
  }),
];
