// Photos: sent once, asked for by hash, read by their use.
import type { PhotoBlob } from '../models/photo.ts';
import { holdPhotos, holdsPhoto, readPhoto } from '../server/domain/evidence.ts';
import { defineRoute, Reply } from '../server/http/define-route.ts';
import { closed, Instant, nullable, oneOf, Sha256, Type } from '../server/http/schema.ts';
import { Problem } from '../server/lib/problem.ts';

const photoShape = closed({
  sha256: Type.String(),
  bytes: Type.Integer(),
  width: Type.Integer(),
  height: Type.Integer(),
  takenAt: nullable(Instant),
  flags: Type.Array(Type.String()),
});

function presentPhoto({ _id, bytes, width, height, takenAt }: PhotoBlob) {
  return { sha256: _id, bytes, width, height, takenAt, flags: [] };
}

const byHash = closed({ sha256: Sha256 });
/** What browsers may do with bytes that strangers sent: show them, nothing else. A copy is kept, and asked for again before each use. */
const sealed = {
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
};

export const photoRoutes = [
  defineRoute({
    method: 'post',
    path: '/photos',
    summary: 'Send up to ten photos; sending one again is harmless',
    permission: 'photo.hold',
    keepsAnswer: false,
    upload: { field: 'photo', maxFiles: 10, required: true },
    answers: { 201: Type.Array(photoShape) },
    handle: async ({ actor, photos }) => (await holdPhotos(actor, photos)).map(presentPhoto),
  }),
  defineRoute({
    method: 'head',
    path: '/photos/{sha256}',
    summary: 'Have I sent this photo already?',
    permission: 'photo.hold',
    params: byHash,
    answers: { 200: null },
    handle: async ({ actor, params }) => {
      if (!(await holdsPhoto(actor, params.sha256))) throw new Problem('not-found');
      return new Reply({});
    },
  }),
  defineRoute({
    method: 'get',
    path: '/photos/{sha256}',
    summary: 'A photo by a use within my scope: upright copy without metadata, or the original (logged)',
    permission: 'photo.read',
    params: byHash,
    query: closed({ size: Type.Optional(oneOf(['320', '1600', 'original'] as const)) }),
    answers: { 200: { mediaType: 'image/*' } },
    problems: ['photo-damaged'],
    handle: async ({ actor, params, query }) => {
      const size = query.size ?? '1600';
      const { sha256 } = params;
      if (size === 'original') {
        const media = await readPhoto(actor, sha256, size);
        return new Reply({ media, headers: { ...sealed, 'Cache-Control': 'no-store' } });
      }
      const media = await readPhoto(actor, sha256, size === '320' ? 320 : 1600);
      return new Reply({
        media,
        headers: { ...sealed, 'Cache-Control': 'private, no-cache' },
        etag: `${sha256}-${size}`,
      });
    },
  }),
];
