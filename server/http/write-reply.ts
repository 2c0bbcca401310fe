// Writing an answer after the commit: status, version, cookie, JSON or bytes.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { Reply } from './define-route.ts';

export async function writeReply(request: Request, response: Response, reply: Reply): Promise<void> {
  const { etag, version, cookie, media } = reply;
  if (!reply.headers['Cache-Control']) response.set('Cache-Control', etag === null ? 'no-store' : 'no-cache');
  response.set(reply.headers);
  if (cookie) {
    const { name, value, maxAgeSeconds, path } = cookie;
    const life = value === null ? 0 : maxAgeSeconds * 1000;
    response.cookie(name, value ?? '', {
      httpOnly: true,
      sameSite: 'strict',
      secure: request.secure,
      path,
      maxAge: life,
    });
  }
  if (version !== null) response.set('ETag', `"${version}"`);
  if (etag !== null) {
    response.set('ETag', `"${etag}"`);
    const seen = (request.get('if-none-match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
    const safe = request.method === 'GET' || request.method === 'HEAD';
    if (safe && (seen.includes(`"${etag}"`) || seen.includes('*'))) {
      response.status(304).end();
      return;
    }
  }
  response.status(reply.status);
  if (media) await writeMedia(request, response, media);
  else if (reply.body === undefined || reply.status === 204) response.end();
  else response.type('application/json').send(JSON.stringify(reply.body));
}

async function writeMedia(
  request: Request,
  response: Response,
  media: NonNullable<Reply['media']>,
): Promise<void> {
  response.type(media.mediaType);
  if (media.fileName !== undefined) response.attachment(media.fileName).type(media.mediaType);
  if (media.stream) {
    if (request.method === 'HEAD') media.stream.destroy();
    else await pipeline(media.stream, response).catch(unlessLeft);
    response.end();
    return;
  }
  if (media.path === undefined) {
    response.send(typeof media.bytes === 'string' ? media.bytes : Buffer.from(media.bytes ?? []));
    return;
  }
  response.set('Content-Length', String((await stat(media.path)).size));
  await pipeline(createReadStream(media.path), response);
}

/** Who reads no further has left: nothing went wrong here. */
function unlessLeft(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
}
