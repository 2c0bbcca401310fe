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

/** For so long a refused caller may fetch the answer while nothing more of the request is taken. */
const lingerMs = 2_000;

/**
 * Ends a connection behind the answer to a long request, whether or not that was read to its end. Only our direction is
 * closed at first: cut while bytes lie unread, the caller would see a broken connection, and not the answer (RFC 9112 §9.6).
 */
export const closeAfterLong: RequestHandler = (request, response, next) => {
  if (isLong(request)) {
    const { socket } = request;
    response.set('Connection', 'close');
    // Node calls this behind a last answer.
    socket.destroySoon = () => {
      socket.end();
      setTimeout(() => socket.destroy(), lingerMs).unref();
    };
  }
  next();
};
