import pino from 'pino';
import { env } from './env';

let instance: pino.Logger | undefined;

/** The process's logger: JSON lines on stdout, never a body, never a token. */
export function logger(): pino.Logger {
  instance ??= createLogger(env().LOG_LEVEL);
  return instance;
}

/** For a process that runs before the configuration is complete. */
export function createLogger(level: string): pino.Logger {
  return pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime });
}
