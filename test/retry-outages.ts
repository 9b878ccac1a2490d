import { toAppError } from '@/lib/core/app-error';

const ATTEMPTS = 20;

/**
 * Repeats work that the database did not get to in time: many requests at once on a slow machine wait longer for
 * a connection than the service lets them. What it says of everything else is the result.
 */
export async function retryOutages<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || toAppError(error).code !== 'database_unavailable') throw error;
    }
  }
}
