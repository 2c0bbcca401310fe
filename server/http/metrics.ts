// Figures for Prometheus: requests by route and status, and what the process itself uses.
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { RequestHandler } from 'express';

const registry = new Registry();
collectDefaultMetrics({ register: registry });

const seconds = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'Time to answer',
  labelNames: ['method', 'route', 'status'],
  registers: [registry],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});

export const measure: RequestHandler = (request, response, next) => {
  const stop = seconds.startTimer();
  response.once('finish', () => {
    const route = request.route as { path?: string } | undefined;
    stop({ method: request.method, route: route?.path ?? 'unknown', status: response.statusCode });
  });
  next();
};

export function metricsText(): Promise<string> {
  return registry.metrics();
}
