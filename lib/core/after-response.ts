import 'server-only';
import { logger } from './logger';
import { perProcess } from './per-process';

type Runner = (work: () => Promise<void>) => void;

const runner = perProcess<{ run: Runner }>('after-response', () => ({ run: runNow }));

/**
 * Runs `work` once the response is sent, without waiting for it; a failure is only logged. In the Next
 * process its own `after` does that, so that serverless hosts do not freeze the process too early;
 * another process simply continues.
 */
export function runAfterResponse(work: () => Promise<void>): void {
  const guarded = async () => {
    try {
      await work();
    } catch (error) {
      logger().error({ err: error }, 'work after a response failed');
    }
  };
  runner.get().run(guarded);
}

/** Call once when the Next server starts, with Next's `after`, which the front must not import. */
export function registerAfterResponse(after: Runner): void {
  runner.get().run = (work) => {
    try {
      after(work);
    } catch {
      // It knows requests only.
      runNow(work);
    }
  };
}

function runNow(work: () => Promise<void>): void {
  void work();
}
