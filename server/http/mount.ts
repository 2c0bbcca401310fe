// From routes as data to Express: who, then what, then the deed, then the answer. Only here and in its neighbours is `response` touched.
import express, { type Request, type Response, type Router } from 'express';
import { requireRole } from '../domain/abilities.ts';
import { type Actor, publicActor } from '../domain/actor.ts';
import { environment } from '../domain/environment.ts';
import { invalidPart, Problem, type ProblemPart } from '../lib/problem.ts';
import { authenticate } from './authenticate.ts';
import { mayKeepAnswer, Reply, type Route, type RouteInput, type Uploaded } from './define-route.ts';
import { onceUnderKey, type Prepared } from './idempotency.ts';
import { asProblem, languageOf, sendProblem } from './problem-response.ts';
import { type TSchema, type Validate, bodyValidator, closed, textValidator } from './schema.ts';
import { type Parsed, parseUpload } from './uploads.ts';
import { writeReply } from './write-reply.ts';

export type MountOptions = {
  /** Validates answers too, so that the documentation cannot drift. On in tests. */
  checkAnswers: boolean;
  publicUrl: string | undefined;
};

const readJson = express.json({ limit: '1mb', strict: false });

/**
 * Mounts routes of one prefix, address by address; a known address with another method answers 405. An address without
 * parameters comes first: it is none of those that a parameter would take in.
 */
export function mountRoutes(router: Router, routes: Route[], options: MountOptions): void {
  const paths = [...new Set(routes.map((route) => route.path))];
  for (const path of paths.toSorted((a, b) => parametersIn(a) - parametersIn(b)))
    mountAddress(
      router,
      path,
      routes.filter((route) => route.path === path),
      options,
    );
}

const parametersIn = (path: string): number => path.split('{').length - 1;

function mountAddress(router: Router, path: string, routes: Route[], options: MountOptions): void {
  // Express would answer HEAD by what GET does.
  const inOrder = routes.toSorted((a, b) => Number(b.method === 'head') - Number(a.method === 'head'));
  for (const route of inOrder)
    router[route.method](expressPath(path), readable(route, options, handlerFor(route, options)));
  // What can be read can be asked for without its body.
  const allowed = new Set(routes.flatMap(({ method }) => (method === 'get' ? ['get', 'head'] : [method])));
  router.all(expressPath(path), (request, response) => {
    response.set('Allow', [...allowed].join(', ').toUpperCase());
    sendProblem(request, response, new Problem('method-not-allowed'));
  });
}

type Handler = (request: Request, response: Response) => Promise<void>;

/** Where people read the answer, the route turns a problem into a page. Bugs stay bugs. */
function readable(route: Route, options: MountOptions, handler: Handler): Handler {
  const { refuse } = route;
  if (!refuse) return handler;
  return async (request, response) => {
    try {
      await handler(request, response);
    } catch (error) {
      const problem = asProblem(error);
      if (!problem || response.headersSent) throw error;
      const asked = {
        params: { ...request.params },
        query: { ...request.query },
        request: factsOf(request, options),
      };
      await writeReply(request, response, await refuse(problem, asked));
    }
  };
}

function expressPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

type Validators = {
  params: Validate;
  query: Validate;
  body: Validate | null;
  answers: Map<number, Validate>;
};

function handlerFor(route: Route, options: MountOptions): Handler {
  const validators: Validators = {
    params: textValidator(route.params ?? closed({})),
    query: textValidator(route.query ?? closed({})),
    body: route.body ? bodyValidator(route.body) : null,
    answers: new Map(options.checkAnswers ? answerValidators(route) : []),
  };
  return async (request, response) => {
    const actor = await admit(route, request);
    const language = languageOf(request);
    const params = valid(validators.params, { ...request.params }, '/path', language);
    const query = valid(validators.query, { ...request.query }, '/query', language);
    await route.precheck?.(params);
    const { body, photos } = await readBody(route, request, response);
    try {
      if (validators.body) valid(validators.body, body, '', language);
      const input: RouteInput<unknown, unknown, unknown> = {
        actor,
        params,
        query,
        body,
        photos,
        request: factsOf(request, options),
      };
      const reply = await perform(route, input, request);
      checkAnswer(validators.answers, reply);
      await writeReply(request, response, reply);
    } finally {
      for (const photo of photos) await environment().storage.discard(photo);
    }
  };
}

async function admit(route: Route, request: Request): Promise<Actor> {
  if (route.permission === 'public') return publicActor;
  const actor = await authenticate(request);
  requireRole(actor, route.permission);
  return actor;
}

function valid(validate: Validate, value: unknown, prefix: string, language: 'zh' | 'en'): unknown {
  const wrong: ProblemPart[] = validate(value, language);
  if (wrong.length === 0) return value;
  throw new Problem(
    'invalid-request',
    {},
    { errors: wrong.map(({ path, message }) => ({ path: `${prefix}${path}`, message })) },
  );
}

async function readBody(route: Route, request: Request, response: Response): Promise<Parsed> {
  const none: Uploaded[] = [];
  if (route.upload && request.is('multipart/form-data')) return parseUpload(route.upload, request, response);
  if (!route.body || route.upload?.required || route.upload?.fields) {
    if (route.upload) throw new Problem('unsupported-media', { expected: 'multipart/form-data' });
    return { body: undefined, photos: none };
  }
  const isEmpty = request.get('content-length') === '0' || request.is('*/*') === null;
  if (isEmpty) return { body: emptyBodyOf(route.body), photos: none };
  const expected = route.upload ? 'application/json, multipart/form-data' : 'application/json';
  if (!request.is('application/json')) throw new Problem('unsupported-media', { expected });
  await new Promise<void>((resolve, reject) => {
    readJson(request, response, (error?: unknown) => {
      if (error === undefined) resolve();
      else reject(error instanceof Error ? error : new Error('the body cannot be read', { cause: error }));
    });
  });
  return { body: request.body as unknown, photos: none };
}

/** A request without a body where every field is optional means the empty object. */
function emptyBodyOf(schema: TSchema): unknown {
  const { required } = schema as { required?: string[] };
  return required === undefined || required.length === 0 ? {} : undefined;
}

function factsOf(
  request: Request,
  { publicUrl }: MountOptions,
): RouteInput<unknown, unknown, unknown>['request'] {
  const header = (name: string) => request.get(name) ?? null;
  return {
    language: languageOf(request),
    ifMatch: header('if-match')?.replace(/^(W\/)?"|"$/g, '') ?? null,
    cookie: (name) => cookiesOf(request).get(name) ?? null,
    header,
    caller: () => authenticate(request),
    origin: publicUrl ?? `${request.protocol}://${request.get('host') ?? 'localhost'}`,
  };
}

function cookiesOf(request: Request): Map<string, string> {
  const pairs = (request.get('cookie') ?? '')
    .split(';')
    .map((pair) => pair.trim().split('=') as [string, string?]);
  return new Map(pairs.map(([name, value = '']) => [name, value]));
}

async function perform(
  route: Route,
  input: RouteInput<unknown, unknown, unknown>,
  request: Request,
): Promise<Reply> {
  const prepare = () => prepared(route, input);
  const key = mayKeepAnswer(route) ? request.get('idempotency-key') : undefined;
  if (key === undefined) return atOnce(await prepare());
  if (key.length === 0 || key.length > 200) throw invalidPart('/headers/Idempotency-Key', '1–200');
  return onceUnderKey({
    actor: input.actor,
    key,
    route: `${request.method} ${request.originalUrl}`,
    request: input.body,
    prepare,
  });
}

async function prepared(route: Route, input: RouteInput<unknown, unknown, unknown>): Promise<Prepared> {
  const preparation = await route.prepare?.(input);
  return {
    act: async () => asReply(route, await route.handle(input, preparation)),
    tidy: async () => preparation?.tidy(),
  };
}

async function atOnce({ act, tidy }: Prepared): Promise<Reply> {
  try {
    return await act();
  } finally {
    await tidy();
  }
}

function asReply(route: Route, value: unknown): Reply {
  if (value instanceof Reply) return value;
  const usual = Number(Object.keys(route.answers)[0] ?? 200);
  return new Reply({ status: usual, body: value });
}

function answerValidators(route: Route): [number, Validate][] {
  return Object.entries(route.answers).flatMap(([status, answer]) => {
    const isSchema = answer !== null && !('mediaType' in answer);
    return isSchema ? [[Number(status), bodyValidator(answer)] as [number, Validate]] : [];
  });
}

function checkAnswer(validators: Map<number, Validate>, reply: Reply): void {
  const validate = validators.get(reply.status);
  if (!validate || reply.media) return;
  const wrong = validate(JSON.parse(JSON.stringify(reply.body ?? null)), 'en');
  if (wrong.length > 0)
    throw new Error(`the answer is not as documented: ${JSON.stringify(wrong.slice(0, 5))}`);
}
