// Problems on the wire: RFC 9457 in the caller's language. What is no Problem is a bug: a bare 500 and a full log entry.
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import mongoose from 'mongoose';
import multer from 'multer';
import { currentContext } from '../lib/context.ts';
import { logger } from '../lib/logger.ts';
import { type Language, Problem, problemWords } from '../lib/problem.ts';

/** Chinese unless the caller prefers English. */
export function languageOf(request: Request): Language {
  return request.acceptsLanguages('zh', 'en') === 'en' ? 'en' : 'zh';
}

export function sendProblem(request: Request, response: Response, problem: Problem): void {
  const { errors, present, retryAfterSeconds } = problem.extras;
  const requestId = currentContext()?.requestId;
  if (retryAfterSeconds !== undefined) response.set('Retry-After', String(retryAfterSeconds));
  if (problem.status === 401) response.set('WWW-Authenticate', 'Bearer');
  response
    .set('Vary', 'Accept-Language')
    .set('Cache-Control', 'no-store')
    .status(problem.status)
    .type('application/problem+json');
  response.send(
    JSON.stringify({
      type: `/docs/problems#${problem.code}`,
      ...problemWords(problem, languageOf(request)),
      status: problem.status,
      code: problem.code,
      ...(errors && { errors }),
      ...(present !== undefined && { present }),
      ...(requestId && { requestId }),
    }),
  );
}

/** What frameworks and the driver throw, as the problems they are; anything else stays a bug. */
export function asProblem(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  if (error instanceof multer.MulterError) return uploadProblem(error);
  if (isUnavailable(error)) return new Problem('unavailable', {}, { retryAfterSeconds: 2 });
  const type = error instanceof Error && 'type' in error ? String(error.type) : '';
  if (type === 'entity.too.large') return new Problem('too-large', { why: '≤ 1 MB' });
  if (type === 'entity.parse.failed') return new Problem('malformed-json');
  if (type.startsWith('encoding.') || type.startsWith('charset.'))
    return new Problem('unsupported-media', { expected: 'UTF-8' });
  if (type.startsWith('request.')) return new Problem('malformed-json');
  if (error instanceof URIError) return new Problem('not-found');
  return isRefusedByParser(error) ? new Problem('malformed-json') : null;
}

/** What the body parser refuses without naming a type: a compressed body that cannot be unpacked. */
function isRefusedByParser(error: unknown): boolean {
  return error instanceof Error && 'statusCode' in error && error.statusCode === 400;
}

function uploadProblem(error: multer.MulterError): Problem {
  const sizes = [
    'LIMIT_FILE_SIZE',
    'LIMIT_FILE_COUNT',
    'LIMIT_PART_COUNT',
    'LIMIT_FIELD_VALUE',
    'LIMIT_FIELD_COUNT',
  ];
  const why = error.field === undefined ? error.message : `${error.message}: ${error.field}`;
  return new Problem(sizes.includes(error.code) ? 'too-large' : 'malformed-upload', { why });
}

const { mongo } = mongoose;
/** What the driver throws when the other side goes away, between requests or in the middle of a transaction. */
const lostConnection = [
  mongo.MongoNetworkError,
  mongo.MongoServerSelectionError,
  mongo.MongoNotConnectedError,
  mongo.MongoTopologyClosedError,
  mongo.MongoExpiredSessionError,
];

const brokenSocket = new Set(['EPIPE', 'ECONNRESET', 'ECONNREFUSED']);

/** No primary, no connection, or a failover under way: the caller should try again, nothing was acknowledged. */
function isUnavailable(error: unknown): boolean {
  if (lostConnection.some((kind) => error instanceof kind)) return true;
  // A socket that broke while the driver wrote to it comes through as it is.
  if (error instanceof Error && 'code' in error && brokenSocket.has(String(error.code))) return true;
  if (error instanceof mongoose.Error.MongooseServerSelectionError) return true;
  // A bulk write wraps what broke it off.
  if (error instanceof mongo.MongoBulkWriteError && isUnavailable(error.errorResponse)) return true;
  // Shutting down, stepping down, or ended by an operator: the same request again may well succeed.
  const failover = [91, 189, 10107, 11600, 11601, 11602, 13435, 13436];
  if (!(error instanceof mongo.MongoServerError)) return false;
  return (
    failover.includes(Number(error.code)) ||
    error.hasErrorLabel('TransientTransactionError') ||
    error.hasErrorLabel('RetryableWriteError')
  );
}

export const answerNotFound: RequestHandler = (request, response) => {
  sendProblem(request, response, new Problem('not-found'));
};

export const answerError: ErrorRequestHandler = (error: unknown, request, response, _next) => {
  const problem = asProblem(error);
  if (!problem)
    logger.error(
      { err: error, requestId: currentContext()?.requestId, method: request.method, path: request.path },
      'bug',
    );
  if (response.headersSent) {
    response.destroy();
    return;
  }
  sendProblem(request, response, problem ?? new Problem('internal-error'));
};
