// One log for the whole server: JSON lines on standard output. Secrets and telephone numbers never enter it.
import { pino } from 'pino';
import { readLogLevel } from './config.ts';

export const logger = pino({
  level: readLogLevel(),
  base: null,
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
