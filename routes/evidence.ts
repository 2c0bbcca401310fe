// Evidence for the file: a visit's package, an original's custody, copies with parts painted over.
import { custodyActs, custodyOf } from '../server/domain/custody.ts';
import { packageOf } from '../server/domain/evidence-package.ts';
import { redactPhoto } from '../server/domain/redactions.ts';
import { defineRoute, Reply } from '../server/http/define-route.ts';
import {
  ByShape,
  closed,
  Instant,
  nullable,
  oneOf,
  Sha256,
  text,
  Type,
  Uuid,
} from '../server/http/schema.ts';
import { presentBy } from './by.present.ts';

const byHash = closed({ sha256: Sha256 });
const fraction = Type.Number({ minimum: 0, maximum: 1 });
const extent = Type.Number({ exclusiveMinimum: 0, maximum: 1 });
const rectangle = closed({ x: fraction, y: fraction, width: extent, height: extent });

export const evidenceRoutes = [
  defineRoute({
    method: 'get',
    path: '/visits/{id}/package',
    summary:
      'Evidence package: ZIP with report, originals, hashes and the means to check it offline (logged)',
    permission: 'visit.package',
    params: closed({ id: Uuid }),
    answers: { 200: { mediaType: 'application/zip' } },
    handle: async ({ actor, params }) => {
      const { name, zip } = await packageOf(actor, params.id);
      return new Reply({
        media: { mediaType: 'application/zip', stream: zip, fileName: name },
        headers: { 'Cache-Control': 'no-store' },
      });
    },
  }),
  defineRoute({
    method: 'get',
    path: '/photos/{sha256}/custody',
    summary: 'Who sent an original, who viewed, packed or redacted it, oldest first',
    permission: 'photo.custody',
    params: byHash,
    answers: {
      200: closed({
        items: Type.Array(
          closed({
            act: oneOf(custodyActs),
            at: Instant,
            by: ByShape,
            address: nullable(Type.String()),
            to: nullable(Type.String()),
          }),
        ),
      }),
    },
    handle: async ({ actor, params }) => {
      const events = await custodyOf(actor, params.sha256);
      return { items: events.map((event) => ({ ...event, by: presentBy(event.by) })) };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/photos/{sha256}/redactions',
    summary: 'A copy with rectangles painted black, in fractions of the upright picture; the original stays',
    permission: 'photo.redact',
    params: byHash,
    body: closed({
      rectangles: Type.Array(rectangle, { minItems: 1, maxItems: 50 }),
      reason: text(2_000, { minLength: 1 }),
    }),
    answers: {
      201: closed({
        sha256: Type.String(),
        of: Type.String(),
        width: Type.Integer(),
        height: Type.Integer(),
        rectangles: Type.Array(rectangle),
      }),
    },
    problems: ['photo-damaged', 'storage-full'],
    handle: async ({ actor, params, body }) => redactPhoto(actor, params.sha256, body),
  }),
];
