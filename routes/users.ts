// Users, for admins to manage and for colleagues to be named.
import {
  addUser,
  changeUser,
  findVisibleUser,
  listUsers,
  type NamedShop,
  nameShops,
} from '../server/domain/users.ts';
import { defineRoute, Reply } from '../server/http/define-route.ts';
import {
  AreaCode,
  closed,
  Key,
  nullable,
  oneOf,
  pageOf,
  pageQuery,
  text,
  Type,
  Uuid,
} from '../server/http/schema.ts';
import { roles } from '../models/user.ts';
import { requiredVersion } from './versions.ts';
import { presentUser, userShape } from './users.present.ts';

const grants = Type.Array(
  closed({ areas: Type.Array(AreaCode, { minItems: 1, maxItems: 200 }), taskForce: nullable(Key) }),
  { maxItems: 50 },
);
const idList = Type.Array(text(64), { maxItems: 500 });
const name = text(64, { minLength: 1 });
const password = text(256, { minLength: 1 });

const shopShape = closed({
  id: Type.String(),
  name: Type.String(),
  doorCode: Type.String(),
  address: Type.String(),
});
const presentShop = ({ _id, name: named, doorCode, address }: NamedShop) => ({
  id: _id,
  name: named,
  doorCode,
  address,
});

const versioned = (user: Parameters<typeof presentUser>[0], status = 200) =>
  new Reply({ status, body: presentUser(user), version: user.rev });

export const userRoutes = [
  defineRoute({
    method: 'get',
    path: '/users',
    summary: 'Users; all for an admin, colleagues of the same areas for others',
    permission: 'user.read',
    query: closed({
      ...pageQuery,
      role: Type.Optional(oneOf(roles)),
      disabled: Type.Optional(Type.Boolean()),
      q: Type.Optional(text(64, { minLength: 1, description: 'part of a name or a user name' })),
    }),
    answers: { 200: pageOf(userShape) },
    problems: ['invalid-cursor'],
    handle: async ({ actor, query }) => {
      const page = await listUsers(actor, query);
      return { ...page, items: page.items.map(presentUser) };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/users/shops',
    summary:
      'Shops that a merchant’s account may stand for: by their ids, or by a search; as their doors say',
    permission: 'user.manage',
    query: closed({
      id: Type.Optional(Type.Array(text(64, { minLength: 1 }), { maxItems: 200 })),
      q: Type.Optional(text(64, { minLength: 1 })),
    }),
    answers: { 200: closed({ items: Type.Array(shopShape) }) },
    handle: async ({ query }) => ({ items: (await nameShops(query)).map(presentShop) }),
  }),
  defineRoute({
    method: 'get',
    path: '/users/{id}',
    summary: 'One user; any for an admin, oneself and colleagues for others',
    permission: 'user.read',
    params: closed({ id: Uuid }),
    answers: { 200: userShape },
    handle: async ({ actor, params }) => versioned(await findVisibleUser(actor, params.id)),
  }),
  defineRoute({
    method: 'post',
    path: '/users',
    summary: 'Add a user',
    permission: 'user.manage',
    keepsAnswer: false,
    body: closed({
      username: Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{1,31}$', maxLength: 32 }),
      name,
      role: oneOf(roles),
      password,
      scopes: Type.Optional(grants),
      merchants: Type.Optional(idList),
      sites: Type.Optional(idList),
    }),
    answers: { 201: userShape },
    problems: ['duplicate', 'weak-password', 'unknown-reference'],
    handle: async ({ actor, body }) => {
      const { scopes = [], merchants = [], sites = [], ...rest } = body;
      return versioned(await addUser(actor, { ...rest, scopes, merchants, sites }), 201);
    },
  }),
  defineRoute({
    method: 'patch',
    path: '/users/{id}',
    summary: 'Change a user; needs If-Match',
    permission: 'user.manage',
    params: closed({ id: Uuid }),
    keepsAnswer: false,
    body: closed({
      name: Type.Optional(name),
      role: Type.Optional(oneOf(roles)),
      password: Type.Optional(password),
      scopes: Type.Optional(grants),
      merchants: Type.Optional(idList),
      sites: Type.Optional(idList),
      disabled: Type.Optional(Type.Boolean()),
    }),
    answers: { 200: userShape },
    problems: ['weak-password', 'unknown-reference'],
    handle: async ({ actor, params, body, request }) =>
      versioned(await changeUser(actor, params.id, requiredVersion(request), body)),
  }),
];
