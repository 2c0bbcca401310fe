// Shapes of merchants and of the selector that lists, rules and exports share.
import { grounds } from '../models/adjustment.ts';
import { modes, statuses } from '../models/merchant.ts';
import { siteKinds } from '../models/site.ts';
import { visitResults } from '../models/visit.ts';
import { successions } from '../models/words.ts';
import { nextSteps } from '../server/domain/status.ts';
import {
  AreaCode,
  Can,
  closed,
  Instant,
  InstantText,
  Key,
  nullable,
  oneOf,
  pageQuery,
  PointShape,
  text,
  Type,
} from '../server/http/schema.ts';

const some = <S extends Parameters<typeof Type.Array>[0]>(item: S) =>
  Type.Optional(Type.Array(item, { maxItems: 200 }));
const recordId = text(64, { minLength: 1 });
const lastVisits = [...visitResults, 'never'] as const;

/** Fields of a selector as a query: repeat a name for alternatives. */
export const selectorQuery = {
  status: some(oneOf(statuses)),
  area: some(AreaCode),
  subdistrict: some(AreaCode),
  category: some(Key),
  taskForce: some(Key),
  site: some(recordId),
  'site.kind': some(oneOf(siteKinds)),
  mode: some(oneOf(modes)),
  risk: some(oneOf(['A', 'B', 'C', 'D'] as const)),
  uscc: some(text(18)),
  doorCode: some(text(12)),
  id: some(recordId),
  hasOpenOrders: Type.Optional(Type.Boolean()),
  notVisitedSince: Type.Optional(InstantText),
  visitedSince: Type.Optional(InstantText),
  lastVisit: some(oneOf(lastVisits)),
  zone: some(Key),
};

const alternatives = <S extends Parameters<typeof Type.Array>[0]>(item: S) =>
  Type.Optional(Type.Union([item, Type.Array(item, { minItems: 1, maxItems: 200 })]));

/** One side of a rule: a value or a list of alternatives for each field. */
export const conditionShape = closed(
  {
    status: alternatives(oneOf(statuses)),
    area: alternatives(AreaCode),
    subdistrict: alternatives(AreaCode),
    category: alternatives(Key),
    taskForce: alternatives(Key),
    site: alternatives(recordId),
    'site.kind': alternatives(oneOf(siteKinds)),
    mode: alternatives(oneOf(modes)),
    risk: alternatives(oneOf(['A', 'B', 'C', 'D'] as const)),
    uscc: alternatives(text(18)),
    doorCode: alternatives(text(12)),
    id: alternatives(recordId),
    hasOpenOrders: Type.Optional(Type.Boolean()),
    notVisitedSince: Type.Optional(InstantText),
    visitedSince: Type.Optional(InstantText),
    lastVisit: alternatives(oneOf(lastVisits)),
    zone: alternatives(Key),
  },
  { minProperties: 1 },
);

/** A selector as a body: of rules, imports and webhooks. */
export const selectorShape = closed({ where: conditionShape, except: Type.Optional(conditionShape) });

/** Degrees from −`most` to `most`; `below` matches the whole degrees under it. */
const degrees = (below: string, most: number) => `-?((${below})([.][0-9]{1,8})?|${most}([.]0{1,8})?)`;

export const merchantQuery = closed({
  ...pageQuery,
  ...selectorQuery,
  q: Type.Optional(text(64, { minLength: 1 })),
  near: Type.Optional(
    Type.String({
      pattern: `^${degrees('1[0-7][0-9]|[0-9]{1,2}', 180)},${degrees('[0-8]?[0-9]', 90)}$`,
      maxLength: 32,
      description: 'lng,lat',
    }),
  ),
  radius: Type.Optional(Type.Integer({ minimum: 1, maximum: 50_000, description: 'metres' })),
  asOf: Type.Optional(InstantText),
});

/** Zero-width and direction marks: two names that look alike would be two names. */
const unseen = '\\u200B-\\u200F\\u202A-\\u202E\\u2066-\\u2069';
const notBlank = { minLength: 1, pattern: `^[^${unseen}]*[^${unseen}\\s][^${unseen}]*$` };
const name = text(128, notBlank);
const address = text(256, notBlank);
export const factsFields = {
  name,
  uscc: nullable(text(18)),
  outlet: Type.Integer({ minimum: 1, maximum: 99_999 }),
  registerNumber: nullable(text(64, notBlank)),
  category: Key,
  gbt4754: nullable(text(8)),
  subdistrict: AreaCode,
  address,
  point: nullable(PointShape),
  site: nullable(recordId),
  mode: Type.Array(oneOf(modes), { minItems: 1, maxItems: 3 }),
  capacity: nullable(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
};

const correctionFields = {
  name: Type.Optional(name),
  address: Type.Optional(address),
  category: Type.Optional(Key),
  subdistrict: Type.Optional(AreaCode),
  uscc: Type.Optional(factsFields.uscc),
  outlet: Type.Optional(factsFields.outlet),
  registerNumber: Type.Optional(factsFields.registerNumber),
  gbt4754: Type.Optional(factsFields.gbt4754),
  point: Type.Optional(factsFields.point),
  site: Type.Optional(factsFields.site),
  mode: Type.Optional(factsFields.mode),
  capacity: Type.Optional(factsFields.capacity),
};

export const contactBody = closed({ name: text(64), phone: text(32) });

/** The new tenant of a shop's place: address, subdistrict, point, site and category are that shop's where they are left out. */
export const tenantBody = closed({
  ...correctionFields,
  name,
  contact: Type.Optional(nullable(contactBody)),
});

/** An application: what is left out is unknown. */
export const applicationBody = closed({
  ...correctionFields,
  name,
  address,
  category: Key,
  subdistrict: AreaCode,
  contact: Type.Optional(nullable(contactBody)),
});

export const correctionBody = closed(correctionFields, { minProperties: 1 });

const listFields = {
  id: Type.String(),
  ...factsFields,
  doorCode: Type.String(),
  taskForce: nullable(Type.String()),
  status: oneOf(statuses),
  since: Instant,
};

export const merchantShape = closed({
  ...listFields,
  lastVisit: nullable(closed({ at: Instant, result: oneOf(visitResults) })),
  openOrders: Type.Integer(),
  risk: nullable(oneOf(['A', 'B', 'C', 'D'] as const)),
  rev: Type.Integer(),
  can: Can,
});

const periodShape = closed({
  from: Instant,
  to: nullable(Instant),
  status: oneOf(statuses),
  ground: oneOf(grounds),
  reason: Type.String(),
  notice: nullable(Type.String()),
  adjustment: Type.String(),
});

/** Merchant and name are null for a shop out of the reader's reach. */
export const relatedShape = closed({
  kind: oneOf(successions),
  merchant: nullable(Type.String()),
  name: nullable(Type.String()),
});

export const merchantDetailShape = closed({
  ...merchantShape.properties,
  contact: nullable(closed({ name: Type.String(), phone: Type.String() })),
  layer: periodShape,
  nextStep: nullable(oneOf(nextSteps)),
  planned: Type.Array(periodShape),
  /** Who follows it now, and whom it follows. */
  successor: nullable(relatedShape),
  predecessors: Type.Array(relatedShape),
});

export const merchantAsOfShape = closed({ ...listFields });

/** A merchant as it is now, or one that has left the reader's scope. */
export const changedMerchantShape = Type.Union([
  merchantShape,
  closed({ id: Type.String(), gone: Type.Literal(true) }),
]);
