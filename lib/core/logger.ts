import { createRequire } from 'node:module';
import type pino from 'pino';
import { env } from './env';

// Loaded with the first line: a new process that logs nothing answers its first request sooner.
const loadNow = createRequire(import.meta.url);

let instance: pino.Logger | undefined;

/** The process's logger: JSON lines on stdout, never a body, never a token. */
export function logger(): pino.Logger {
  instance ??= createLogger(env().LOG_LEVEL);
  return instance;
}

/** Whether `debug` writes anything. */
export function isDebugging(): boolean {
  return ['debug', 'trace'].includes(env().LOG_LEVEL);
}

/** For a process that runs before the configuration is complete. */
export function createLogger(level: string): pino.Logger {
  const create: typeof pino = loadNow('pino');
  return create({ level, base: undefined, timestamp: create.stdTimeFunctions.isoTime });
}
