import { AppError } from '../core/errors';
import { type Deadline, withTimeout } from '../core/timeout';
import { STORAGE_TIMEOUT_MS } from './store';

/**
 * Runs one storage operation. Every error, and no answer within `STORAGE_TIMEOUT_MS`, becomes
 * `AppError('storage_unavailable')` with the reason as its cause. The signal aborts at the deadline, so
 * that work which can still be stopped is.
 */
export async function withinDeadline<T>(work: (deadline: Deadline) => Promise<T>): Promise<T> {
  const message = `The store did not answer within ${STORAGE_TIMEOUT_MS} ms`;
  try {
    return await withTimeout({ ms: STORAGE_TIMEOUT_MS, message }, work);
  } catch (cause) {
    throw new AppError('storage_unavailable', { cause });
  }
}
