// JSON schemas: one TypeBox schema gives the validator, the TypeScript type and OpenAPI. Every string and array is bounded.
import addFormats from 'ajv-formats';
import * as localize from 'ajv-i18n';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import Type, { type Static, type TObject, type TProperties, type TSchema } from 'typebox';
import type { Language, ProblemPart } from '../lib/problem.ts';

export { Type };
export type { Static, TSchema };

const shared = {
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
  allErrors: true,
  useDefaults: false,
  removeAdditional: false,
} as const;
const bodies = withFormats(new Ajv2020({ ...shared, coerceTypes: false }));
/** Queries and paths arrive as text: numbers, booleans and single values of lists are read from it. */
const texts = withFormats(new Ajv2020({ ...shared, coerceTypes: 'array' }));

function withFormats(ajv: Ajv2020): Ajv2020 {
  // The package's types describe its CommonJS shape only.
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  ajv.addFormat('binary', true);
  ajv.addFormat('instant', isInstant);
  // A keyword of ours, because readers of OpenAPI disagree about `prefixItems`.
  ajv.addKeyword({
    keyword: 'x-lng-lat',
    type: 'array',
    schemaType: 'boolean',
    macro: () => ({
      prefixItems: [{}, { type: 'number', minimum: -90, maximum: 90 }],
      minItems: 2,
      maxItems: 2,
    }),
  });
  return ajv;
}

/** RFC 3339 with a zone; what a Date cannot hold (the leap second, for one) is no instant of ours. */
function isInstant(value: string): boolean {
  return (
    /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$/i.test(
      value,
    ) && !Number.isNaN(Date.parse(value))
  );
}

export type Validate = (value: unknown, language: Language) => ProblemPart[];

export function bodyValidator(schema: TSchema): Validate {
  return validatorOf(bodies.compile(schema));
}

export function textValidator(schema: TSchema): Validate {
  return validatorOf(texts.compile(schema));
}

function validatorOf(validate: ValidateFunction): Validate {
  return (value, language) => {
    const forbidden = forbiddenPart(value, '', deepest);
    if (forbidden) return [forbidden];
    if (validate(value)) return [];
    const errors = plainErrors(validate.errors ?? []);
    const inWords = (localize as unknown as { default: Record<Language, (errors: ErrorObject[]) => void> })
      .default;
    inWords[language](errors);
    return errors.slice(0, 50).map(partOf);
  };
}

/** Their errors only say that there are others. */
const wrappers = ['anyOf', 'x-lng-lat'];

/** "Must be null" and "must match one of" tell nobody what is wrong with a part that may also be null. */
function plainErrors(errors: ErrorObject[]): ErrorObject[] {
  const telling = errors.filter(
    ({ keyword, params }) => !wrappers.includes(keyword) && (params as { type?: string }).type !== 'null',
  );
  return telling.length > 0 ? telling : errors;
}

function partOf(error: ErrorObject): ProblemPart {
  const params = error.params as { additionalProperty?: string; missingProperty?: string };
  const name = params.additionalProperty ?? params.missingProperty;
  const path = name === undefined ? error.instancePath : `${error.instancePath}/${name}`;
  return { path, message: error.message ?? error.keyword };
}

/** No shape of ours is deeper; what is would exhaust the stack of whoever walks it. */
const deepest = 32;

/** NUL, and halves of surrogate pairs: the database would store something else than what was hashed. */
const unstorable = /\0|\p{Surrogate}/u;

/** Keys that mean something to the database, and NUL anywhere, are refused at any depth before a schema is asked. */
function forbiddenPart(value: unknown, path: string, levelsLeft: number): ProblemPart | null {
  if (typeof value === 'string')
    return unstorable.test(value) ? { path, message: 'NUL / U+D800–DFFF' } : null;
  if (typeof value !== 'object' || value === null) return null;
  if (levelsLeft === 0) return { path, message: `嵌套过深 / nested deeper than ${deepest} levels` };
  for (const [key, inner] of Object.entries(value)) {
    const at = `${path}/${key}`;
    if (key.startsWith('$') || key.includes('\0') || key === '__proto__') return { path: at, message: key };
    const found = forbiddenPart(inner, at, levelsLeft - 1);
    if (found) return found;
  }
  return null;
}

/** An object that refuses fields it does not know. */
export function closed<P extends TProperties>(properties: P, options: object = {}): TObject<P> {
  return Type.Object(properties, { additionalProperties: false, ...options });
}

export const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
export const oneOf = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values] });
export const text = (maxLength: number, options: object = {}) => Type.String({ maxLength, ...options });
/** A time in an answer: a Date that JSON writes in RFC 3339. */
export const Instant = Type.Unsafe<Date>({ type: 'string', format: 'date-time' });
/** A time in a request. */
export const InstantText = Type.String({
  format: 'instant',
  maxLength: 40,
  description: 'RFC 3339, with seconds and zone',
});
export const IsoDay = Type.String({ format: 'date', maxLength: 10 });
export const Uuid = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
  maxLength: 36,
});
export const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$', maxLength: 64 });
export const AreaCode = Type.String({ pattern: '^[0-9]{2,12}$', maxLength: 12 });
export const Key = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$', maxLength: 64 });
export const PointShape = closed({
  type: oneOf(['Point'] as const),
  coordinates: Type.Unsafe<[number, number]>({
    type: 'array',
    description: 'lng, lat (WGS 84)',
    items: { type: 'number', minimum: -180, maximum: 180 },
    minItems: 2,
    maxItems: 2,
    'x-lng-lat': true,
  }),
});
export const WordsShape = closed({ zh: Type.String(), en: Type.String() });
export const ByShape = closed({
  kind: oneOf(['user', 'link', 'system'] as const),
  role: Type.String(),
  name: Type.String(),
});
export const Can = Type.Record(Type.String(), Type.Boolean());

export const pageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  cursor: Type.Optional(text(1_000)),
};

export function pageOf<S extends TSchema>(item: S) {
  return closed({
    items: Type.Array(item),
    nextCursor: nullable(Type.String()),
    total: Type.Integer(),
    totalIsExact: Type.Boolean(),
  });
}

export const ProblemShape = closed(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.Optional(Type.String()),
    code: Type.String(),
    errors: Type.Optional(Type.Array(closed({ path: Type.String(), message: Type.String() }))),
    present: Type.Optional(Type.Unknown()),
    requestId: Type.Optional(Type.String()),
  },
  { title: 'Problem' },
);
