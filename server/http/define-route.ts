// A route is data: method, path, permission, schemas, possible problems, and a handler that returns a value.
import type { Readable } from 'node:stream';
import type { Ability } from '../domain/abilities.ts';
import type { Actor } from '../domain/actor.ts';
import type { Language, Problem, ProblemCode } from '../lib/problem.ts';
import type { StagedPhoto } from '../storage/photo-storage.ts';
import type { Static, TSchema } from './schema.ts';

export type Method = 'get' | 'head' | 'post' | 'patch' | 'put' | 'delete';

/** What of the request a handler may know besides its validated parts. */
export type RequestFacts = {
  language: Language;
  /** The version in If-Match, without quotes. */
  ifMatch: string | null;
  cookie(name: string): string | null;
  header(name: string): string | null;
  /** Who is calling, asked anew: an answer that goes on for long ends with the login. */
  caller(): Promise<Actor>;
  /** Address under which this server was reached, without a trailing slash. */
  origin: string;
};

export type RouteInput<P, Q, B> = {
  actor: Actor;
  params: P;
  query: Q;
  body: B;
  photos: Uploaded[];
  request: RequestFacts;
};

/** Bytes or text that are not JSON; `others` where the caller chooses. */
export type Media = { mediaType: string; others?: string[] };
export type Answer = TSchema | Media | null;

/** A file that came with the request, and what its sender calls it. */
export type Uploaded = StagedPhoto & { name: string };

/** Files of a multipart request, photos unless `field` says otherwise, each of `maxBytes` at most; `part` names the field that holds the JSON body beside them, or `fields` are the body: a form's. */
export type Upload = {
  field: 'photo' | 'file';
  maxFiles: number;
  maxBytes?: number;
  part?: string;
  fields?: string[];
  required?: boolean;
};

/** What is known of a request when it is refused: possibly nothing of it was valid. */
export type Asked = {
  params: Record<string, unknown>;
  query: Record<string, unknown>;
  request: RequestFacts;
};

/** What was done for a deed beforehand; `tidy` removes what is left over when the deed is done or has failed. */
export type Preparation = { tidy: () => Promise<void> };

type Spec<P extends TSchema, Q extends TSchema, B extends TSchema, R extends Preparation> = {
  method: Method;
  /** As in OpenAPI: `/orders/{id}/verify`. */
  path: string;
  summary: string;
  description?: string;
  /** Who may come at all; which records, the domain decides. */
  permission: Ability | 'public';
  params?: P;
  query?: Q;
  body?: B;
  upload?: Upload;
  /** Looks before the body is read: throws where taking it in would be in vain. */
  precheck?: (params: Static<P>) => Promise<unknown>;
  /** Answers on success by status; the first is the usual one. */
  answers: Record<number, Answer>;
  problems?: ProblemCode[];
  /** Whether the answer may be kept under an Idempotency-Key. Off where the act is its own key or makes a secret. */
  keepsAnswer?: boolean;
  /** Outside the `/api/v1` prefix. */
  bare?: boolean;
  /** Answers a problem where people read: a page in place of problem+json. */
  refuse?: (problem: Problem, asked: Asked) => Reply | Promise<Reply>;
  /** Does beforehand what takes too long for the transaction that keeps the answer. */
  prepare?: (input: RouteInput<Static<P>, Static<Q>, Static<B>>) => Promise<R>;
  handle: (input: RouteInput<Static<P>, Static<Q>, Static<B>>, prepared: R) => unknown;
};

type Input = RouteInput<unknown, unknown, unknown>;
export type Route = Omit<Spec<TSchema, TSchema, TSchema, Preparation>, 'handle' | 'precheck' | 'prepare'> & {
  precheck?: (params: unknown) => Promise<unknown>;
  prepare?: (input: Input) => Promise<Preparation>;
  handle: (input: Input, prepared?: Preparation) => unknown;
};

export function defineRoute<
  P extends TSchema,
  Q extends TSchema,
  B extends TSchema,
  R extends Preparation = never,
>(spec: Spec<P, Q, B, R>): Route {
  // Safe: the three parts have passed the very schemas that type them before they are called.
  return spec as unknown as Route;
}

/** Whether a caller may send this again under an Idempotency-Key and get the first answer. */
export function mayKeepAnswer({ method, permission, keepsAnswer = true }: Route): boolean {
  return keepsAnswer && permission !== 'public' && (method === 'post' || method === 'patch');
}

/** Bytes at hand, in a file, or made while they are read; `fileName` where they are to be saved. */
type ReplyMedia = {
  mediaType: string;
  bytes?: Uint8Array | string;
  path?: string;
  stream?: Readable;
  fileName?: string;
};

type Cookie = { name: string; value: string | null; maxAgeSeconds: number; path: string };

/** An answer with more to it than a value: status, headers, a version, a cookie, a file. */
export class Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Record<string, string>;
  /** Of the answer's content: the same one is not sent twice to who has it (304). */
  readonly etag: string | null;
  /** Of the record behind it, for If-Match. Says nothing about the content: what one may do, and the last visit, move on without it. */
  readonly version: number | null;
  readonly cookie: Cookie | null;
  readonly media: ReplyMedia | null;

  constructor(parts: {
    status?: number;
    body?: unknown;
    headers?: Record<string, string>;
    etag?: string | null;
    version?: number;
    cookie?: Cookie | null;
    media?: ReplyMedia;
  }) {
    this.status = parts.status ?? 200;
    this.body = parts.body;
    this.headers = parts.headers ?? {};
    this.etag = parts.etag ?? null;
    this.version = parts.version ?? null;
    this.cookie = parts.cookie ?? null;
    this.media = parts.media ?? null;
  }
}
