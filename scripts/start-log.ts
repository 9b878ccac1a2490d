import { createLogger } from '../lib/core/logger';

export interface StartLog {
  /** Writes a line, with the milliseconds since the one before it. */
  write(phase: string, facts?: Record<string, unknown>): void;
}

/** The lines of a start and a stop, in the format of all others. A terminal gets none: there is a sentence for people. */
export function createStartLog(level: string): StartLog {
  const logger = createLogger(process.stdout.isTTY ? 'silent' : level);
  let before = performance.now();
  return {
    write(phase, facts = {}) {
      const now = performance.now();
      logger.info({ ...facts, ms: Math.round(now - before) }, phase);
      before = now;
    },
  };
}
