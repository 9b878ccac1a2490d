import { AppError } from '@/lib/core/errors';

/** The page of a list; a cursor or filter that is not valid means that no such page exists. @throws AppError not_found */
export async function listOrNotFound<T>(list: () => Promise<T>): Promise<T> {
  try {
    return await list();
  } catch (error) {
    if (error instanceof AppError && error.code === 'validation_failed') throw new AppError('not_found');
    throw error;
  }
}
