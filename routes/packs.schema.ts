// The offline pack as a phone takes it, whole or as a difference.
import { statuses } from '../models/merchant.ts';
import { orderLevels, severities } from '../models/order.ts';
import { visitKinds, visitResults } from '../models/visit.ts';
import { closed, Instant, nullable, oneOf, Type, WordsShape } from '../server/http/schema.ts';
import { checklistShape } from './checklists.schema.ts';

const checklistKey = closed({ key: Type.String(), version: Type.Integer() });

const merchants = Type.Array(
  closed({
    id: Type.String(),
    code: Type.String(),
    name: Type.String(),
    address: Type.String(),
    category: Type.String(),
    subdistrict: Type.String(),
    site: nullable(Type.String()),
    point: nullable(Type.Array(Type.Number())),
    status: oneOf(statuses),
    lastVisit: nullable(closed({ at: Instant, result: oneOf(visitResults) })),
    text: Type.String(),
  }),
);
const orders = Type.Array(
  closed({
    id: Type.String(),
    merchant: Type.String(),
    item: Type.String(),
    itemText: WordsShape,
    severity: oneOf(severities),
    state: oneOf(['open', 'submitted'] as const),
    level: oneOf(orderLevels),
    due: nullable(Instant),
    note: nullable(Type.String()),
    openedAt: Instant,
  }),
);
const visits = Type.Array(
  closed({
    id: Type.String(),
    merchant: Type.String(),
    kind: oneOf(visitKinds),
    result: oneOf(visitResults),
    arrivedAt: Instant,
    inspectors: Type.Array(Type.String()),
    checklist: checklistKey,
  }),
);
const small = {
  areas: Type.Array(closed({ code: Type.String(), name: Type.String() })),
  categories: Type.Array(closed({ key: Type.String(), name: WordsShape, checklist: nullable(checklistKey) })),
  checklists: Type.Array(checklistShape),
  sites: Type.Array(closed({ id: Type.String(), name: Type.String() })),
  keys: Type.Array(closed({ kid: Type.String(), x: Type.String() })),
  taskForces: Type.Array(closed({ key: Type.String(), name: WordsShape })),
  colleagues: Type.Array(
    closed({
      id: Type.String(),
      name: Type.String(),
      scopes: Type.Array(closed({ areas: Type.Array(Type.String()), taskForce: nullable(Type.String()) })),
    }),
  ),
};
const madeAt = Instant;
const version = Type.String({ description: 'sent back as since' });

export const packShape = closed({ madeAt, version, ...small, merchants, orders, visits });

export const packDifferenceShape = closed({
  madeAt,
  version,
  parts: Type.Array(Type.Integer(), {
    description:
      'Whose shops, orders and visits the answer holds whole: a shop’s part is the number of the last two hexadecimal digits of its id.',
  }),
  counts: closed({ merchants: Type.Integer(), orders: Type.Integer(), visits: Type.Integer() }),
  merchants,
  orders,
  visits,
  areas: Type.Optional(small.areas),
  categories: Type.Optional(small.categories),
  checklists: Type.Optional(small.checklists),
  sites: Type.Optional(small.sites),
  keys: Type.Optional(small.keys),
  taskForces: Type.Optional(small.taskForces),
  colleagues: Type.Optional(small.colleagues),
});
