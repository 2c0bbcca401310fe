// Server-sent events over an authorised GET: that something has changed within my scope, for whoever follows the feed.
import { listenToFeed } from '../server/domain/feed-streams.ts';
import { defineRoute, Reply } from '../server/http/define-route.ts';

export const eventRoutes = [
  defineRoute({
    method: 'get',
    path: '/events',
    summary: 'Says when something changed within my scope (server-sent events)',
    description:
      'Events: ready (at once), merchants (ask /merchants/changes, at most one a second), end (with the reason: token-expired, session-ended, resync, shutdown). Each id is a cursor of the feed; send the last one as Last-Event-ID to go on from there.',
    permission: 'merchant.follow',
    answers: { 200: { mediaType: 'text/event-stream' } },
    problems: ['resync', 'too-many-requests'],
    handle: async ({ actor, request }) =>
      new Reply({
        media: {
          mediaType: 'text/event-stream',
          stream: await listenToFeed(actor, {
            since: request.header('last-event-id'),
            renew: () => request.caller(),
          }),
        },
        // Neither compressed here nor gathered by a proxy: an event must not wait for the next one.
        headers: { 'Cache-Control': 'no-store, no-transform', 'X-Accel-Buffering': 'no' },
      }),
  }),
];
