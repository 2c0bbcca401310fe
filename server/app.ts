// The application, as a table of contents.
import express, { type Express } from 'express';
import { allRoutes } from '../routes/index.ts';
import { compress } from './http/compress.ts';
import { mountDocs } from './http/docs.ts';
import { closeAfterLong } from './http/long-requests.ts';
import { inRequestContext } from './http/request-context.ts';
import { measure } from './http/metrics.ts';
import { mountRoutes } from './http/mount.ts';
import { openApiOf } from './http/openapi.ts';
import { answerError, answerNotFound } from './http/problem-response.ts';
import { protect } from './http/protect.ts';
import { mountWebApp } from './http/web-app.ts';
import { version } from './lib/version.ts';

export const prefix = '/api/v1';

/** What differs between deployments, and between serving and testing. */
export type Deps = { publicUrl: string | undefined; trustProxy: string | undefined; checkAnswers: boolean };

export const openApi = openApiOf(allRoutes, { version, prefix });

export function createApp(deps: Deps): Express {
  const app = express();
  app
    .disable('x-powered-by')
    .disable('etag')
    .set('query parser', 'simple')
    .set('trust proxy', deps.trustProxy ?? false);
  app.use(inRequestContext, measure, protect, closeAfterLong, compress);

  const api = express.Router();
  mountRoutes(
    api,
    allRoutes.filter(({ bare }) => !bare),
    deps,
  );
  app.use(prefix, api);
  mountRoutes(
    app,
    allRoutes.filter(({ bare }) => bare),
    deps,
  );
  mountDocs(app, openApi, prefix);
  mountWebApp(app);

  app.use(answerNotFound, answerError);
  return app;
}
