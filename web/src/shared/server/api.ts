// The way to the server: the access token in memory, refreshed once for all who wait, and every outcome as a value.
import { type Answer, type Away, isRecord, jsonOf, type Login, type Trouble, troubleOf } from './answers.ts';
import type { Locks } from './locks.ts';

const base = '/api/v1';

export type Ask = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  json?: unknown;
  form?: () => FormData;
  headers?: Record<string, string>;
  /** How long an answer may take; a photo over a weak network takes its time. */
  seconds?: number;
  /** The body as it is, for pictures and files. */
  bytes?: boolean;
  /** How many bytes of it have come so far. */
  onBytes?: (received: number) => void;
  /** In place of a time: for an answer that goes on until it is left. */
  signal?: AbortSignal;
};
export type Reply = { status: number; body: unknown; etag: string | null };
export type SignedIn = { accessToken: string; expiresIn: number; user: Record<string, unknown> };

export type Api = {
  /** As the user who is signed in. `ok` holds answers up to 304; its body is undefined where it was no JSON. */
  ask: (path: string, ask?: Ask) => Promise<Answer<Reply>>;
  /** The answer itself, to be read as it comes. */
  open: (path: string, ask?: Ask) => Promise<Answer<Response>>;
  login: (username: string, password: string) => Promise<Answer<SignedIn>>;
  /** Whoever this browser is still signed in as, by its cookie. */
  resume: () => Promise<Answer<SignedIn>>;
  logout: () => Promise<void>;
};

type Parts = {
  fetch: typeof fetch;
  now: () => number;
  locks: Locks;
  language: () => string;
  /** Whom this phone is signed in as. A token of anybody else is not taken: the queue holds that person's visits. */
  userId: () => string | null;
};

export function createApi({ fetch, now, locks, language, userId }: Parts): Api {
  let token: { text: string; owner: string; until: number } | null = null;
  let refreshing: Promise<Trouble | null> | null = null;

  async function send(path: string, ask: Ask, bearer?: string): Promise<Response | Away> {
    const { method = 'GET', json, form, headers = {}, seconds = 30, signal } = ask;
    try {
      return await fetch(`${base}${path}`, {
        method,
        signal: signal ?? AbortSignal.timeout(seconds * 1000),
        headers: {
          'Accept-Language': language(),
          ...(bearer !== undefined && { Authorization: `Bearer ${bearer}` }),
          ...(json !== undefined && { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(json !== undefined && { body: JSON.stringify(json) }),
        ...(form && { body: form() }),
      });
    } catch {
      return { kind: 'away', retryAfter: null, isThrottled: false };
    }
  }

  async function signIn(path: string, ask: Ask): Promise<Answer<SignedIn>> {
    const response = await send(path, { ...ask, method: 'POST' });
    if ('kind' in response) return response;
    if (!response.ok) return troubleOf(response);
    const body = await jsonOf(response);
    if (!isSignedIn(body)) return { kind: 'away', retryAfter: null, isThrottled: false };
    return { kind: 'ok', body };
  }

  function keep({ accessToken, expiresIn, user }: SignedIn): void {
    // A minute early, so that no photo is sent with a token that ends on the way.
    token = { text: accessToken, owner: String(user.id), until: now() + (expiresIn - 60) * 1000 };
  }

  /** Null when there is a good token now. Tabs take turns, as each refresh replaces the cookie of all. */
  function refresh(): Promise<Trouble | null> {
    refreshing ??= locks
      .request('mingdan-refresh', async () => {
        const answer = await signIn('/auth/refresh', {});
        if (answer.kind !== 'ok') return answer.kind === 'refused' ? login : answer;
        if (answer.body.user.id !== userId()) return login;
        keep(answer.body);
        return null;
      })
      .finally(() => (refreshing = null));
    return refreshing;
  }

  async function open(path: string, asked: Ask = {}): Promise<Answer<Response>> {
    if (userId() === null) return login;
    for (let isSecondTry = false; ; isSecondTry = true) {
      if (token?.owner !== userId() || token.until <= now()) {
        const trouble = await refresh();
        if (trouble) return trouble;
      }
      const response = await send(path, asked, token?.text);
      if ('kind' in response) return response;
      if (response.status === 401) {
        const trouble = await troubleOf(response);
        // Of a password that somebody typed, not of the login itself.
        if (trouble.kind === 'refused' && trouble.problem.code === 'wrong-credentials') return trouble;
        token = null;
        if (isSecondTry) return login;
        continue;
      }
      if (!response.ok && response.status !== 304) return troubleOf(response);
      return { kind: 'ok', body: response };
    }
  }

  async function ask(path: string, asked: Ask = {}): Promise<Answer<Reply>> {
    const answer = await open(path, asked);
    if (answer.kind !== 'ok') return answer;
    const { body: response } = answer;
    const etag = response.headers.get('etag');
    const body = asked.bytes ? await bytesOf(response, asked.onBytes) : await jsonOf(response);
    if (asked.bytes && body === undefined) return { kind: 'away', retryAfter: null, isThrottled: false };
    return { kind: 'ok', body: { status: response.status, body, etag } };
  }

  return {
    ask,
    open,
    async login(username, password) {
      const answer = await signIn('/auth/login', { json: { username, password } });
      if (answer.kind === 'ok') keep(answer.body);
      return answer;
    },
    resume: () =>
      locks.request('mingdan-refresh', async () => {
        const answer = await signIn('/auth/refresh', {});
        if (answer.kind === 'ok') keep(answer.body);
        return answer.kind === 'refused' ? login : answer;
      }),
    async logout() {
      token = null;
      // Whoever leaves does not wait for long; without an answer the session ends by itself, later.
      await send('/auth/logout', { method: 'POST', seconds: 10 });
    },
  };
}

const login: Login = { kind: 'login' };

/** Undefined when the connection broke on the way. */
async function bytesOf(response: Response, onBytes?: Ask['onBytes']): Promise<Blob | undefined> {
  try {
    return onBytes && response.body
      ? await gathered(response, response.body, onBytes)
      : await response.blob();
  } catch {
    return undefined;
  }
}

async function gathered(
  { headers }: Response,
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  onBytes: (received: number) => void,
): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let received = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(chunks, { type: headers.get('content-type') ?? '' });
    chunks.push(value);
    received += value.length;
    onBytes(received);
  }
}

function isSignedIn(body: unknown): body is SignedIn {
  return (
    isRecord(body) &&
    typeof body.accessToken === 'string' &&
    typeof body.expiresIn === 'number' &&
    isRecord(body.user)
  );
}
