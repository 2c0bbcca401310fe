// Logging in as a browser does: an access token in the answer, a refresh token in a cookie.
import mongoose from 'mongoose';
import type supertest from 'supertest';
import { anybody, caller } from './app.ts';
import { type Person, testPassword } from './world.ts';

export type SignedIn = { accessToken: string; expiresIn: number; user: { id: string; rev: number } };

export const signedInIn = (response: { body: unknown }) => response.body as SignedIn;

/** The refresh cookie that an answer sets, as a later request sends it. */
export function cookieIn(response: supertest.Response): string {
  const set = response.headers['set-cookie'] as unknown as string[] | undefined;
  const [pair = ''] = set?.[0]?.split(';') ?? [];
  return pair;
}

export const tryLogin = (username: string, password = testPassword) =>
  anybody().post('/auth/login').send({ username, password });

export const refreshed = (cookie: string) => anybody().post('/auth/refresh').set('Cookie', cookie);

/** A new session of this person: its cookie, and a caller with its token. */
export async function loggedIn({ user }: Person, password = testPassword) {
  const response = await tryLogin(user.username, password).expect(200);
  return {
    cookie: cookieIn(response),
    api: caller(signedInIn(response).accessToken),
    ...signedInIn(response),
  };
}

/** Every process reads users and sessions anew after less than a second. */
export const withinASecond = () => new Promise((resolve) => setTimeout(resolve, 1_000));

export async function forgetAttempts(): Promise<void> {
  await mongoose.connection.collection('loginlimits').deleteMany({});
}
