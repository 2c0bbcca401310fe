// A face's way to the server: who is signed in, asking, and refusals as errors that a page can show.
import { readonly, ref } from 'vue';
import { acceptLanguage } from '../language.ts';
import type { Problem } from './answers.ts';
import { type Ask, createApi } from './api.ts';
import { locksOf } from './browser-locks.ts';
import type { AnswerOf } from './types.ts';

export type User = AnswerOf<'getAuthMe'>;
export type LoginOutcome = 'ok' | 'wrong' | 'too-many' | 'offline';

/** Why an ask came to nothing: `away` may be tried again as it is, `login` needs somebody to log in. */
export class Refusal extends Error {
  readonly kind: 'away' | 'failed' | 'login' | 'refused';
  readonly problem: Problem | null;
  readonly status: number | null;

  constructor(kind: Refusal['kind'], problem: Problem | null = null, status: number | null = null) {
    super(problem?.title ?? kind);
    this.kind = kind;
    this.problem = problem;
    this.status = status;
  }
}

/** Values of a query: a list is repeated, what is absent is left out. */
export type Query = Record<string, string | number | boolean | readonly string[] | null | undefined>;

export function addressOf(path: string, query: Query = {}): string {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    (Array.isArray(value) ? (value as readonly string[]) : [value])
      .filter((one) => one !== undefined && one !== null && one !== '')
      .map((one) => [key, String(one)]),
  );
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs).toString()}`;
}

type Change = Pick<Ask, 'method' | 'headers' | 'form' | 'seconds'> & { etag?: string | null };

/** One for each face. `marker` is where it keeps that somebody logged in here and has not logged out: without, there is no session to ask for. */
export function createSession(marker: string) {
  const present = ref<User | null>(null);
  const over = ref(false);

  const api = createApi({
    fetch: (input, init) => fetch(input, { ...init, cache: 'no-store' }),
    now: () => Date.now(),
    locks: locksOf(navigator),
    language: acceptLanguage,
    userId: () => present.value?.id ?? null,
  });

  async function answered(path: string, ask: Ask) {
    const answer = await api.ask(path, ask);
    if (answer.kind === 'ok') return answer.body;
    if (answer.kind === 'refused') throw new Refusal('refused', answer.problem, answer.status);
    over.value ||= answer.kind === 'login' && present.value !== null;
    throw new Refusal(answer.kind);
  }

  /** Reads; the caller names the type of the answer: `get<AnswerOf<'getMerchants'>>('/merchants', { q })`. */
  async function get<T>(path: string, query?: Query): Promise<T> {
    return (await answered(addressOf(path, query), {})).body as T;
  }

  /** Like `get`, with the version that a change has to name. */
  async function getVersion<T>(path: string): Promise<{ body: T; etag: string | null }> {
    const { body, etag } = await answered(path, {});
    return { body: body as T, etag };
  }

  /** Does something: POST unless told otherwise. Its answer, where it has one. */
  async function send<T = void>(path: string, json?: unknown, change: Change = {}): Promise<T> {
    const { etag, headers = {}, ...rest } = change;
    const { body } = await answered(path, {
      method: 'POST',
      ...rest,
      json: json ?? (rest.form ? undefined : {}),
      headers: { ...headers, ...(etag && { 'If-Match': etag }) },
    });
    return body as T;
  }

  /** Files and pictures. */
  async function getBytes(
    path: string,
    ask: Pick<Ask, 'method' | 'json' | 'seconds' | 'onBytes'> = {},
  ): Promise<Blob> {
    const { body } = await answered(path, { seconds: 120, ...ask, bytes: true });
    return body as Blob;
  }

  /**
   * Hears what the server says until it ends, breaks or is left. Asks for no login: pages do that, when somebody looks at them.
   */
  async function listen(
    path: string,
    { since, signal, onText }: { since: string | null; signal: AbortSignal; onText: (text: string) => void },
  ): Promise<'ended' | 'away' | 'login' | 'refused'> {
    const answer = await api.open(path, {
      signal,
      ...(since !== null && { headers: { 'Last-Event-ID': since } }),
    });
    if (answer.kind !== 'ok') return answer.kind === 'failed' ? 'away' : answer.kind;
    const reader = answer.body.body?.pipeThrough(new TextDecoderStream()).getReader();
    try {
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
        onText(part.value);
      return 'ended';
    } catch {
      return 'away';
    }
  }

  /** As whoever this browser is still signed in as; nobody, when the session has ended or the server is away. */
  async function resume(): Promise<void> {
    if (localStorage.getItem(marker) === null) return;
    const answer = await api.resume();
    if (answer.kind === 'ok') present.value = answer.body.user as User;
    if (answer.kind === 'login') localStorage.removeItem(marker);
  }

  async function login(username: string, password: string): Promise<LoginOutcome> {
    const answer = await api.login(username, password);
    if (answer.kind === 'ok') {
      present.value = answer.body.user as User;
      over.value = false;
      localStorage.setItem(marker, '');
      return 'ok';
    }
    if (answer.kind === 'refused') return 'wrong';
    return answer.kind === 'away' && answer.isThrottled ? 'too-many' : 'offline';
  }

  async function logout(): Promise<void> {
    localStorage.removeItem(marker);
    await api.logout();
    present.value = null;
    over.value = false;
  }

  return {
    /** Whoever is signed in here, with role and scopes. */
    user: readonly(present),
    /** The login has run out while somebody works: asked for over the page, which stays as it is. */
    loginOver: readonly(over),
    get,
    getVersion,
    send,
    getBytes,
    listen,
    resume,
    login,
    logout,
  };
}
