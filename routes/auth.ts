// Login, refresh and logout; who I am; my sessions; my password.
import {
  changePassword,
  endSession,
  listSessions,
  login,
  logout,
  refresh,
  sessionMillis,
  type SignedIn,
} from '../server/domain/accounts.ts';
import { findUser } from '../server/domain/users.ts';
import { defineRoute, Reply } from '../server/http/define-route.ts';
import { closed, text, Type, Uuid } from '../server/http/schema.ts';
import { Problem } from '../server/lib/problem.ts';
import { presentSession, presentUser, sessionShape, userShape } from './users.present.ts';

const cookieName = 'mingdan_refresh';
const cookiePath = '/api/v1/auth';

const signedInShape = closed({ accessToken: Type.String(), expiresIn: Type.Integer(), user: userShape });

function signedInReply({ accessToken, expiresIn, refreshToken, user }: SignedIn): Reply {
  return new Reply({
    body: { accessToken, expiresIn, user: presentUser(user) },
    cookie: { name: cookieName, value: refreshToken, maxAgeSeconds: sessionMillis / 1000, path: cookiePath },
  });
}

const noCookie = { name: cookieName, value: null, maxAgeSeconds: 0, path: cookiePath };

export const authRoutes = [
  defineRoute({
    method: 'post',
    path: '/auth/login',
    summary: 'Log in with user name and password',
    description: 'Answers an access token for 15 minutes; the refresh token comes as an HttpOnly cookie.',
    permission: 'public',
    body: closed({ username: text(64, { minLength: 1 }), password: text(256, { minLength: 1 }) }),
    answers: { 200: signedInShape },
    problems: ['wrong-credentials', 'too-many-requests'],
    handle: async ({ body }) => signedInReply(await login(body)),
  }),
  defineRoute({
    method: 'post',
    path: '/auth/refresh',
    summary: 'A new pair of tokens for the refresh cookie',
    permission: 'public',
    answers: { 200: signedInShape },
    problems: ['session-ended'],
    handle: async ({ request }) => {
      const token = request.cookie(cookieName);
      if (token === null) throw new Problem('session-ended');
      return signedInReply(await refresh(token));
    },
  }),
  defineRoute({
    method: 'post',
    path: '/auth/logout',
    summary: 'End this session',
    permission: 'public',
    answers: { 204: null },
    handle: async ({ request }) => {
      const token = request.cookie(cookieName);
      if (token !== null) await logout(token);
      return new Reply({ status: 204, cookie: noCookie });
    },
  }),
  defineRoute({
    method: 'get',
    path: '/auth/me',
    summary: 'Who I am and what I am in charge of',
    permission: 'session.own',
    answers: { 200: userShape },
    handle: async ({ actor }) => presentUser(await findUser(actor.id)),
  }),
  defineRoute({
    method: 'get',
    path: '/auth/sessions',
    summary: 'Where I am logged in',
    permission: 'session.own',
    answers: { 200: closed({ items: Type.Array(sessionShape) }) },
    handle: async ({ actor }) => ({
      items: (await listSessions(actor)).map((session) => presentSession(session, actor)),
    }),
  }),
  defineRoute({
    method: 'delete',
    path: '/auth/sessions/{id}',
    summary: 'Log another device out',
    permission: 'session.own',
    params: closed({ id: Uuid }),
    answers: { 204: null },
    handle: async ({ actor, params }) => {
      await endSession(actor, params.id);
      return new Reply({ status: 204 });
    },
  }),
  defineRoute({
    method: 'post',
    path: '/auth/password',
    summary: 'Change my password; every session ends',
    permission: 'session.own',
    keepsAnswer: false,
    body: closed({ current: text(256, { minLength: 1 }), next: text(256, { minLength: 1 }) }),
    answers: { 204: null },
    problems: ['wrong-credentials', 'weak-password', 'too-many-requests'],
    handle: async ({ actor, body }) => {
      await changePassword(actor, body);
      return new Reply({ status: 204, cookie: noCookie });
    },
  }),
];
