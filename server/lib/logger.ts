// One log for the whole server: JSON lines on standard output. Secrets and telephone numbers never enter it.
import { pino } from 'pino';
import { readLogLevel } from './config.ts';

/** An error without what drivers hang on it: a failed bulk write carries the documents themselves. */
export function briefError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, code, cause } = error as Error & { code?: unknown };
  return {
    type: name,
    message: message.slice(0, 2_000),
    stack: stack?.slice(0, 8_000),
    ...(['string', 'number'].includes(typeof code) && { code }),
    ...(cause !== undefined && { cause: briefError(cause) }),
  };
}

export const logger = pino({
  level: readLogLevel(),
  base: null,
  serializers: { err: briefError },
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: [
    'password',
    '*.password',
    'token',
    '*.token',
    'phone',
    '*.phone',
    'authorization',
    '*.authorization',
  ],
});
