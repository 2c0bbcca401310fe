// Gives every request an id and an address that audit trail and log can name, and logs it once when it is answered.
import type { RequestHandler } from 'express';
import { runInContext } from '../lib/context.ts';
import { ids } from '../lib/ids.ts';
import { logger } from '../lib/logger.ts';

export const inRequestContext: RequestHandler = (request, response, next) => {
  const requestId = ids.secret(12);
  const startedAt = performance.now();
  response.set('X-Request-Id', requestId);
  response.once('close', () => {
    const route = request.route as { path?: string } | undefined;
    const millis = Math.round(performance.now() - startedAt);
    // The route, never the address itself: links and searches stand in addresses.
    logger.info(
      {
        requestId,
        method: request.method,
        route: route?.path ?? null,
        status: response.statusCode,
        millis,
        cut: !response.writableFinished,
      },
      'request',
    );
  });
  const context = {
    requestId,
    address: request.ip ?? '',
    userAgent: (request.get('user-agent') ?? '').slice(0, 256),
  };
  runInContext(context, next);
};
