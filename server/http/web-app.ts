// The built pages that need script: files with a hash in their names for ever, the page itself asked for anew each time.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express, type Response } from 'express';
import { projectFile } from '../lib/version.ts';

/** Asked for by browsers at these addresses, with names that stay: so they are looked at anew each time. */
const named = ['inspect.webmanifest', 'icon-192.png', 'icon-512.png', 'icon-maskable-512.png'];

/** Without a build there is nothing to serve, and the addresses are not found. */
export function mountWebApp(app: Express, folder = projectFile('dist/web')): void {
  if (!existsSync(join(folder, 'inspect.html'))) return;
  const send = (response: Response, file: string, headers: Record<string, string> = {}) => {
    response.sendFile(file, {
      root: folder,
      cacheControl: false,
      headers: { 'Cache-Control': 'no-cache', ...headers },
    });
  };
  app.use(
    '/assets',
    express.static(join(folder, 'assets'), {
      index: false,
      redirect: false,
      immutable: true,
      maxAge: '365d',
    }),
  );
  app.get('/inspect-sw.js', (_request, response) => {
    send(response, 'inspect-sw.js', { 'Service-Worker-Allowed': '/inspect' });
  });
  for (const file of named) {
    app.get(`/${file}`, (_request, response) => {
      send(response, file);
    });
  }
  // Addresses below these are the page's own affair.
  for (const face of ['inspect', 'desk', 'shop']) {
    app.get([`/${face}`, `/${face}/{*splat}`], (_request, response) => {
      send(response, `${face}.html`);
    });
  }
}
