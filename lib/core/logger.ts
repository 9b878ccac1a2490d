import pino from 'pino';
import { env } from './env';

let instance: pino.Logger | undefined;

/** The process's logger: JSON lines on stdout, never a body, never a token. */
export function logger(): pino.Logger {
  instance ??= pino({ level: env().LOG_LEVEL, base: undefined, timestamp: pino.stdTimeFunctions.isoTime });
  return instance;
}
