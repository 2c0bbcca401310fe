// Keeps everything that the inspector's pages need, so that they open without a network. Never touches the interface of the server.
import { createHandlerBoundToURL, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope & { __FILES: PrecacheEntry[] };

const large = 'mingdan-large-files';

precacheAndRoute(self.__FILES);
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/inspect'), { allowlist: [/^\/inspect(?:\/|$)/] }),
);

// The reader of QR codes: too large for the first load, kept from its first use on. Its name says which version it is.
registerRoute(
  ({ url, sameOrigin }) =>
    sameOrigin && url.pathname.startsWith('/assets/') && url.pathname.endsWith('.wasm'),
  async ({ request }) => {
    const cache = await caches.open(large);
    const kept = await cache.match(request.url);
    if (kept) return kept;
    const answer = await fetch(request);
    if (answer.ok) {
      for (const old of await cache.keys()) await cache.delete(old);
      await cache.put(request.url, answer.clone());
    }
    return answer;
  },
);

self.addEventListener('message', ({ data }) => {
  if (data === 'take-over') void self.skipWaiting();
});
// The page that was there at the first visit can go offline at once.
self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});
