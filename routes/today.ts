// What needs a decision at the desk today.
import { decisions, decisionsFor } from '../server/domain/today.ts';
import { defineRoute } from '../server/http/define-route.ts';
import { closed, Instant, nullable, oneOf, Type } from '../server/http/schema.ts';

export const todayRoutes = [
  defineRoute({
    method: 'get',
    path: '/today',
    summary: 'What needs a decision: counts, clocks, and the lists behind them',
    permission: 'today.read',
    answers: {
      200: closed({
        items: Type.Array(
          closed({
            kind: oneOf(decisions),
            count: Type.Integer(),
            clock: nullable(Instant),
            rows: Type.String(),
          }),
        ),
      }),
    },
    handle: async ({ actor }) => ({ items: await decisionsFor(actor) }),
  }),
];
