// The desk's way to the server.
import { createSession } from '../shared/server/session.ts';

export { type Query, Refusal, type User } from '../shared/server/session.ts';

export const { user, loginOver, get, getVersion, send, getBytes, listen, resume, login, logout } =
  createSession('mingdan.desk.signed-in');
