// Statistics for the desk: each figure with the address of its rows.
import { coverageMapFor } from '../server/domain/coverage-map.ts';
import {
  coverageFor,
  coverageGroups,
  orderStatsFor,
  overviewFor,
  type StatsQuery,
} from '../server/domain/stats.ts';
import { defineRoute } from '../server/http/define-route.ts';
import {
  AreaCode,
  closed,
  Instant,
  InstantText,
  IsoDay,
  Key,
  nullable,
  oneOf,
  type Static,
  Type,
  WordsShape,
} from '../server/http/schema.ts';

const spanQuery = {
  area: Type.Optional(AreaCode),
  taskForce: Type.Optional(Key),
  from: Type.Optional(InstantText),
  to: Type.Optional(InstantText),
};
const statsQuery = closed(spanQuery);

const figure = closed({ count: Type.Integer(), rows: Type.String() });
const rate = nullable(Type.Number());
const span = { from: Instant, to: Instant };
const supervisionFields = { overdue: figure, yellow: figure, red: figure };
const coverageFields = { listed: figure, covered: figure, uncovered: figure, rate };

const overviewShape = closed({
  ...span,
  coverage: closed(coverageFields),
  visits: figure,
  noEntry: figure,
  passed: figure,
  passRate: rate,
  faulty: figure,
  fixed: figure,
  fixedRate: rate,
  ...supervisionFields,
  days: Type.Array(
    closed({ day: IsoDay, passed: figure, fixed: figure, orders: figure, 'no-entry': figure }),
  ),
  items: Type.Array(
    closed({
      item: Type.String(),
      text: WordsShape,
      faults: figure,
      onSite: figure,
      timed: figure,
      unfixed: figure,
      passed: figure,
      passRate: rate,
    }),
  ),
});

const orderStatsShape = closed({
  ...span,
  opened: figure,
  onSite: figure,
  timed: figure,
  open: figure,
  submitted: figure,
  closed: figure,
  cancelled: figure,
  closedInTime: figure,
  closedLate: figure,
  inTimeRate: rate,
  ...supervisionFields,
  days: Type.Array(closed({ day: IsoDay, onSite: figure, timed: figure })),
  items: Type.Array(
    closed({
      item: Type.String(),
      text: WordsShape,
      opened: figure,
      onSite: figure,
      timed: figure,
      unsettled: figure,
    }),
  ),
});

function askedOf({ from, to, ...part }: Static<typeof statsQuery>): StatsQuery {
  return {
    ...part,
    ...(from !== undefined && { from: new Date(from) }),
    ...(to !== undefined && { to: new Date(to) }),
  };
}

const spanWords =
  'The span is the last fourteen days in Shanghai, today included, unless `from` and `to` say otherwise (at most 366 days).';

export const statsRoutes = [
  defineRoute({
    method: 'get',
    path: '/stats/overview',
    summary: 'Visits, what they found, coverage, and what is overdue; each figure with its rows',
    description: `${spanWords} Self-checks are not counted; a visit without entry is attempted, not made.`,
    permission: 'stats.read',
    query: statsQuery,
    answers: { 200: overviewShape },
    handle: ({ actor, query }) => overviewFor(actor, askedOf(query)),
  }),
  defineRoute({
    method: 'get',
    path: '/stats/coverage',
    summary: 'Which of the shops listed now were visited since the span began',
    description: `${spanWords} Coverage is always of now: \`to\` does not narrow it.`,
    permission: 'stats.read',
    query: closed({ ...spanQuery, by: oneOf(coverageGroups) }),
    answers: {
      200: closed({
        ...span,
        by: oneOf(coverageGroups),
        ...coverageFields,
        items: Type.Array(closed({ value: Type.String(), ...coverageFields })),
      }),
    },
    handle: ({ actor, query: { by, ...query } }) => coverageFor(actor, by, askedOf(query)),
  }),
  defineRoute({
    method: 'get',
    path: '/stats/coverage/map',
    summary: 'Where the shops listed now stand, and which were visited since the span began',
    description: `${spanWords} Each place is \`[lng, lat, listed, covered]\`; shops that stand closer together than a screen shows are one place. \`outlines\`: polygons of the areas around, where they are known. \`unplaced\`: shops without a point.`,
    permission: 'stats.read',
    query: statsQuery,
    answers: {
      200: closed({
        ...span,
        outlines: Type.Array(Type.Array(Type.Array(Type.Array(Type.Number())))),
        places: Type.Array(Type.Array(Type.Number(), { minItems: 4, maxItems: 4 })),
        unplaced: Type.Integer(),
      }),
    },
    handle: ({ actor, query }) => coverageMapFor(actor, askedOf(query)),
  }),
  defineRoute({
    method: 'get',
    path: '/stats/orders',
    summary: 'Orders opened in a span and what became of them, and what is overdue now',
    description: spanWords,
    permission: 'stats.read',
    query: statsQuery,
    answers: { 200: orderStatsShape },
    handle: ({ actor, query }) => orderStatsFor(actor, askedOf(query)),
  }),
];
