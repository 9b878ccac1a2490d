import { AppError } from '@/lib/core/errors';
import { STORAGE_TIMEOUT_MS } from './store';

/**
 * Runs one storage operation. Whatever goes wrong, and silence after `STORAGE_TIMEOUT_MS`, becomes
 * `AppError('storage_unavailable')` with the reason as its cause. The signal aborts at the deadline, so
 * that work which can still be stopped is.
 */
export async function withinDeadline<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`The store did not answer within ${STORAGE_TIMEOUT_MS} ms`));
      // Without a reason of its own: Vercel's SDK ends its retries on a plain AbortError only.
      controller.abort();
    }, STORAGE_TIMEOUT_MS);
  });
  try {
    return await Promise.race([work(controller.signal), expiry]);
  } catch (cause) {
    throw new AppError('storage_unavailable', { cause });
  } finally {
    clearTimeout(timer);
  }
}
