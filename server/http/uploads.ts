// Multipart requests: files are streamed to the staging place while they are hashed, never into memory.
import type { Writable } from 'node:stream';
import type { Request, RequestHandler, Response } from 'express';
import multer from 'multer';
import { environment } from '../domain/environment.ts';
import { maxPhotoBytes } from '../lib/images.ts';
import { Problem } from '../lib/problem.ts';
import type { Upload, Uploaded } from './define-route.ts';
import { announcedBytes, isLong } from './long-requests.ts';

/** A file that multer has handed over: its name is the hash of its bytes. */
const stagedOf = ({ filename, size, path, originalname }: Express.Multer.File): Uploaded => ({
  sha256: filename,
  bytes: size,
  path,
  name: originalname,
});

const stagingEngine = (maxBytes: number): multer.StorageEngine => ({
  _handleFile(_request, file, done) {
    environment()
      .storage.stage(file.stream, maxBytes)
      .then(({ sha256, bytes, path }) => {
        done(null, { filename: sha256, size: bytes, path });
      }, done);
  },
  _removeFile(_request, file, done) {
    environment()
      .storage.discard(stagedOf(file))
      .then(() => {
        done(null);
      }, done);
  },
});

const fieldBytes = 1_048_576;
/** What an envelope of boundaries and part headers may add. */
const envelopeBytes = 1_048_576;
/** Uploads that are read at once, per route: slow ones must not take every descriptor. */
const mostAtOnce = 64;

const bytesOfFile = ({ maxBytes = maxPhotoBytes }: Upload): number => maxBytes;
const fieldsOfForm = ({ part, fields = [] }: Upload): number => (part === undefined ? fields.length : 1);

function parserFor(upload: Upload): RequestHandler {
  const { field, maxFiles } = upload;
  const fields = fieldsOfForm(upload);
  // The package's types do not know `streamHandler` yet.
  const options: multer.Options & { streamHandler: typeof pipeUntilRefused } = {
    storage: stagingEngine(bytesOfFile(upload)),
    defParamCharset: 'utf8',
    streamHandler: pipeUntilRefused,
    limits: {
      fieldNameSize: 50,
      fieldSize: fieldBytes,
      fields,
      fileSize: bytesOfFile(upload),
      files: maxFiles,
      parts: maxFiles + fields,
      headerPairs: 50,
      fieldNestingDepth: 0,
      fieldArrayIndexLimit: 0,
    },
  };
  return multer(options).array(field, maxFiles);
}

/** multer reads what it refuses to the end before it says so. Of a long request that would be far more than was allowed. */
function pipeUntilRefused(request: Request, parser: Writable): void {
  request.pipe(parser);
  parser.once('unpipe', () => {
    if (isLong(request)) request.readable = false;
  });
}

type Door = { parse: RequestHandler; reading: number };
const doors = new WeakMap<Upload, Door>();

export type Parsed = { body: unknown; photos: Uploaded[] };

/** Reads a multipart request. Throws `malformed-upload`, `too-large`, `storage-full` or `unavailable`; staged bytes are gone then. */
export async function parseUpload(upload: Upload, request: Request, response: Response): Promise<Parsed> {
  const most = upload.maxFiles * bytesOfFile(upload) + fieldsOfForm(upload) * fieldBytes + envelopeBytes;
  const announced = announcedBytes(request);
  if (announced > most && announced < Infinity)
    throw new Problem('too-large', {
      why: `≤ ${upload.maxFiles} × ${bytesOfFile(upload) / 1_048_576} MB`,
    });
  let door = doors.get(upload);
  if (!door) doors.set(upload, (door = { parse: parserFor(upload), reading: 0 }));
  if (door.reading >= mostAtOnce) throw new Problem('unavailable', {}, { retryAfterSeconds: 2 });
  door.reading += 1;
  try {
    await read(door.parse, request, response);
  } finally {
    door.reading -= 1;
  }
  const files = (request.files ?? []) as Express.Multer.File[];
  const photos = files.map(stagedOf);
  try {
    if (upload.required && photos.length === 0)
      throw new Problem('malformed-upload', { why: `缺少文件 / no file in "${upload.field}"` });
    return {
      photos,
      body: upload.part === undefined ? upload.fields && fieldsOf(request) : partOf(request, upload.part),
    };
  } catch (error) {
    for (const photo of photos) await environment().storage.discard(photo);
    throw error;
  }
}

function read(parse: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    void parse(request, response, (error: unknown) => {
      if (error === undefined) return resolve();
      // Nothing more is taken: the connection ends with the answer.
      if (isLong(request)) request.removeAllListeners('readable').pause();
      reject(asUploadError(error));
    });
  });
}

/** A form's fields as they came: the route's schema says which and how long. */
function fieldsOf(request: Request): Record<string, unknown> {
  return { ...(request.body as Record<string, unknown> | undefined) };
}

function partOf(request: Request, part: string): unknown {
  const value = (request.body as Record<string, unknown> | undefined)?.[part];
  if (typeof value !== 'string')
    throw new Problem('malformed-upload', { why: `缺少字段 / no part "${part}"` });
  try {
    return JSON.parse(value);
  } catch {
    throw new Problem('malformed-json');
  }
}

/** busboy's plain errors speak of broken multipart; what we threw ourselves, and bugs, stay what they are. */
function asUploadError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error('the upload cannot be read', { cause: error });
  if (error instanceof Problem || error instanceof multer.MulterError) return error;
  const broken = /multipart|boundary|unexpected end|malformed|content-type|request (aborted|closed)|header/i;
  if (broken.test(error.message)) return new Problem('malformed-upload', { why: error.message });
  return error;
}
