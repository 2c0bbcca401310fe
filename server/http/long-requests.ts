// Requests too long to be read to their end once they are refused: the answer is sent, and the connection ends with it.
import type { Request, RequestHandler } from 'express';

/** One photo and its envelope. What is shorter is read to its end even when it is refused, so that every phone hears the answer. */
const longBytes = 16 * 1_048_576;

/** Bytes that the caller says are coming; nobody knows where none are named. */
export function announcedBytes({ headers }: Pick<Request, 'headers'>): number {
  const length = headers['content-length'];
  if (length !== undefined) return Number(length);
  return headers['transfer-encoding'] === undefined ? 0 : Infinity;
}

export const isLong = (request: Pick<Request, 'headers'>): boolean => announcedBytes(request) > longBytes;

/** Node cuts a connection behind its last answer, whether or not the request was read to its end. */
export const closeAfterLong: RequestHandler = (request, response, next) => {
  if (isLong(request)) response.set('Connection', 'close');
  next();
};
