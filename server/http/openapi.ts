// OpenAPI 3.1 made from the route table: the schemas that validate are the ones that are shown.
import { rolesWith } from '../domain/abilities.ts';
import { catalogue, type ProblemCode } from '../lib/problem.ts';
import { type Answer, mayKeepAnswer, type Route } from './define-route.ts';
import { ProblemShape, type TSchema } from './schema.ts';

type Json = Record<string, unknown>;

export function openApiOf(routes: Route[], { version, prefix }: { version: string; prefix: string }): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.bare ? route.path : `${prefix}${route.path}`;
    const item = (paths[path] ??= {});
    item[route.method] = operationOf(route);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Mingdan 名单',
      version,
      description:
        'A district’s whitelist of essential businesses: adjustments, visits with photo evidence, fix orders.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'Access token of /auth/login, or the token of a signed link',
        },
      },
      schemas: { Problem: plain(ProblemShape) },
    },
  };
}

function operationOf(route: Route): Json {
  const open = route.permission === 'public';
  const who = route.permission === 'public' ? 'public' : rolesWith(route.permission).join(', ');
  return {
    operationId: operationIdOf(route),
    summary: route.summary,
    description: [route.description, `Who: ${who}.`].filter(Boolean).join('\n\n'),
    tags: [route.path.split('/')[1] || 'root'],
    security: open ? [] : [{ bearer: [] }],
    parameters: [
      ...parametersOf('path', route.params),
      ...parametersOf('query', route.query),
      ...headersOf(route),
    ],
    ...bodyOf(route),
    responses: { ...successesOf(route), ...refusalsOf(route) },
  };
}

function operationIdOf({ method, path }: Route): string {
  const parts = path.replace(/[{}.]/g, '').split(/[/-]/).filter(Boolean);
  return method + parts.map((part) => part[0]?.toUpperCase() + part.slice(1)).join('');
}

/** What an object's schema says of its fields; a schema of anything else has none. */
function objectParts(schema: TSchema | undefined): {
  properties: Record<string, TSchema>;
  required: string[];
} {
  const { properties = {}, required = [] } = (schema ?? {}) as Partial<ReturnType<typeof objectParts>>;
  return { properties, required };
}

function parametersOf(place: 'path' | 'query', schema: TSchema | undefined): Json[] {
  const { properties, required } = objectParts(schema);
  return Object.entries(properties).map(([name, shape]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: plain(shape),
  }));
}

function headersOf(route: Route): Json[] {
  const header = (name: string, required: boolean) => ({
    name,
    in: 'header',
    required,
    schema: { type: 'string', minLength: 1, maxLength: 200 },
  });
  const key = mayKeepAnswer(route) ? [header('Idempotency-Key', false)] : [];
  return route.method === 'patch' ? [header('If-Match', true), ...key] : key;
}

const contentTypes = {
  photo: 'image/jpeg, image/png, image/webp',
  file: 'text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

function bodyOf({ body, upload }: Route): Json {
  const content: Json = {};
  if (body && !upload?.required && !upload?.fields) content['application/json'] = { schema: plain(body) };
  if (upload) {
    const photos = { type: 'array', items: { type: 'string', format: 'binary' }, maxItems: upload.maxFiles };
    const fields = upload.fields && objectParts(body).properties;
    const properties = {
      ...(upload.part !== undefined && body && { [upload.part]: plain(body) }),
      ...fields,
      [upload.field]: photos,
    };
    const required = [
      ...(upload.part !== undefined ? [upload.part] : []),
      ...(upload.required ? [upload.field] : []),
    ];
    const encoding = { [upload.field]: { contentType: contentTypes[upload.field] } };
    content['multipart/form-data'] = {
      schema: { type: 'object', properties, required, additionalProperties: false },
      encoding,
    };
  }
  if (Object.keys(content).length === 0) return {};
  const mayBeEmpty = body !== undefined && objectParts(body).required.length === 0 && !upload;
  return { requestBody: { required: !mayBeEmpty, content } };
}

function successesOf({ answers }: Route): Json {
  const entries = Object.entries(answers).map(([status, answer]) => [
    status,
    { description: 'Done', ...contentOf(answer) },
  ]);
  return Object.fromEntries(entries) as Json;
}

function contentOf(answer: Answer): Json {
  if (answer === null) return {};
  if ('mediaType' in answer) {
    const { mediaType, others = [] } = answer;
    return { content: Object.fromEntries([mediaType, ...others].map((type) => [type, { schema: {} }])) };
  }
  return { content: { 'application/json': { schema: plain(answer) } } };
}

/** Refusals any route can give for what its shape is, besides those it names. */
function usualProblems(route: Route): ProblemCode[] {
  const codes: ProblemCode[] = ['invalid-request', 'unavailable'];
  if (route.permission !== 'public') codes.push('not-signed-in', 'forbidden', 'link-ended');
  if (route.params) codes.push('not-found');
  if (route.body || route.upload) codes.push('malformed-json', 'too-large', 'unsupported-media');
  if (route.upload) codes.push('malformed-upload', 'photo-unsupported', 'photo-damaged', 'storage-full');
  if (route.method === 'patch') codes.push('precondition-required', 'stale-version');
  if (mayKeepAnswer(route)) codes.push('request-in-flight', 'idempotency-differs');
  return codes;
}

function refusalsOf(route: Route): Json {
  const byStatus = new Map<number, Set<string>>();
  for (const code of [...usualProblems(route), ...(route.problems ?? [])]) {
    const { status } = catalogue[code];
    byStatus.set(status, (byStatus.get(status) ?? new Set()).add(code));
  }
  const shown = route.refuse
    ? { 'text/html': { schema: {} } }
    : { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  const content = route.method === 'head' ? {} : { content: shown };
  const entries = [...byStatus].map(([status, codes]) => [
    String(status),
    { description: [...codes].join(', '), ...content },
  ]);
  return Object.fromEntries(entries) as Json;
}

/** The schema as plain JSON, without what the type builder keeps in it. */
function plain(schema: TSchema): unknown {
  return JSON.parse(JSON.stringify(schema));
}
