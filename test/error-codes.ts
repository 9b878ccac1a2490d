import { AppError } from '@/lib/core/errors';

/** The code with which something is refused; a text that is no code if it is not, or by another error. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof AppError ? error.code : `not an AppError: ${String(error)}`;
}
