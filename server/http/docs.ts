// `/openapi.json` and `/docs`: the interface as it validates, pages to read and try it, and what each problem means. All from our own origin.
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import express, { type Express } from 'express';
import { catalogue } from '../lib/problem.ts';

const page = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>Mingdan 名单 API</title><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/docs/assets/swagger-ui.css"></head>
<body><div id="swagger-ui"></div><script src="/docs/assets/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>`;
/** Without `validatorUrl: null` the page would show our address to a validator elsewhere. */
const start = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true, docExpansion: 'none', validatorUrl: null });`;

/** Where the `type` of a problem leads. */
function problemsPage(): string {
  const rows = Object.entries(catalogue).map(
    ([code, { status, title }]) =>
      `<tr id="${code}"><td>${code}<td>${status}<td lang="zh-CN">${title.zh}<td lang="en">${title.en}`,
  );
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>Mingdan 名单 API: problems</title><meta name="viewport" content="width=device-width"></head>
<body><table><thead><tr><th>code<th>status<th>中文<th>English<tbody>${rows.join('\n')}</table></body></html>`;
}

export function mountDocs(app: Express, openApi: unknown, prefix: string): void {
  const text = JSON.stringify(openApi);
  app.get(['/openapi.json', `${prefix}/openapi.json`], (_request, response) => {
    response.type('application/json').send(text);
  });
  app.get('/docs', (_request, response) => {
    // Swagger UI sets styles on its own elements; it runs no inline script.
    response.set(
      'Content-Security-Policy',
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'",
    );
    response.type('html').send(page);
  });
  app.get('/docs/problems', (_request, response) => {
    response.type('html').send(problemsPage());
  });
  app.get('/docs/start.js', (_request, response) => {
    response.type('text/javascript').send(start);
  });
  const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  app.use('/docs/assets', express.static(assets, { index: false, immutable: true, maxAge: '1d' }));
}
