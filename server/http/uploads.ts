// Multipart requests: photos are streamed to the staging place while they are hashed, never into memory.
import type { Request, RequestHandler, Response } from 'express';
import multer from 'multer';
import { environment } from '../domain/environment.ts';
import { maxPhotoBytes } from '../lib/images.ts';
import { Problem } from '../lib/problem.ts';
import type { StagedPhoto } from '../storage/photo-storage.ts';
import type { Upload } from './define-route.ts';

/** A file that multer has handed over: its name is the hash of its bytes. */
const stagedOf = ({ filename, size, path }: Express.Multer.File): StagedPhoto => ({
  sha256: filename,
  bytes: size,
  path,
});

const stagingEngine: multer.StorageEngine = {
  _handleFile(_request, file, done) {
    environment()
      .storage.stage(file.stream, maxPhotoBytes)
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
};

function parserFor({ field, maxFiles, part, fields: names = [] }: Upload): RequestHandler {
  const fields = part === undefined ? names.length : 1;
  return multer({
    storage: stagingEngine,
    defParamCharset: 'utf8',
    limits: {
      fieldNameSize: 50,
      fieldSize: 1_048_576,
      fields,
      fileSize: maxPhotoBytes,
      files: maxFiles,
      parts: maxFiles + fields,
      headerPairs: 50,
      fieldNestingDepth: 0,
      fieldArrayIndexLimit: 0,
    },
  }).array(field, maxFiles);
}

const parsers = new WeakMap<Upload, RequestHandler>();

export type Parsed = { body: unknown; photos: StagedPhoto[] };

/** Reads a multipart request. Throws `malformed-upload`, `too-large` or `storage-full`; staged bytes are gone then. */
export async function parseUpload(upload: Upload, request: Request, response: Response): Promise<Parsed> {
  let parser = parsers.get(upload);
  if (!parser) parsers.set(upload, (parser = parserFor(upload)));
  const parse = parser;
  await new Promise<void>((resolve, reject) => {
    void parse(request, response, (error: unknown) => {
      if (error === undefined) resolve();
      else reject(asUploadError(error));
    });
  });
  const files = (request.files ?? []) as Express.Multer.File[];
  const photos = files.map(stagedOf);
  try {
    if (upload.required && photos.length === 0)
      throw new Problem('malformed-upload', { why: `缺少照片 / no file in "${upload.field}"` });
    return {
      photos,
      body: upload.part === undefined ? upload.fields && fieldsOf(request) : partOf(request, upload.part),
    };
  } catch (error) {
    for (const photo of photos) await environment().storage.discard(photo);
    throw error;
  }
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
