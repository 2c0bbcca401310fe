// For whoever runs it: alive, able to serve, and its figures.
import { isReady } from '../server/domain/readiness.ts';
import { defineRoute, Reply } from '../server/http/define-route.ts';
import { metricsText } from '../server/http/metrics.ts';
import { closed, Type } from '../server/http/schema.ts';
import { Problem } from '../server/lib/problem.ts';

const okShape = closed({ status: Type.String() });

export const operatorRoutes = [
  defineRoute({
    method: 'get',
    path: '/healthz',
    bare: true,
    summary: 'The process is alive',
    permission: 'public',
    answers: { 200: okShape },
    handle: () => ({ status: 'alive' }),
  }),
  defineRoute({
    method: 'get',
    path: '/readyz',
    bare: true,
    summary: 'Able to serve: the database has a primary',
    permission: 'public',
    answers: { 200: okShape },
    handle: async () => {
      if (!(await isReady())) throw new Problem('unavailable', {}, { retryAfterSeconds: 2 });
      return { status: 'ready' };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/metrics',
    bare: true,
    summary: 'Figures for Prometheus',
    permission: 'public',
    answers: { 200: { mediaType: 'text/plain' } },
    handle: async () =>
      new Reply({ media: { mediaType: 'text/plain; version=0.0.4', bytes: await metricsText() } }),
  }),
];
