import { AppError } from '@/lib/core/errors';

/** The code with which something is refused; a text that is no code if it is not, or by another error. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await errorOf(work);
  return error instanceof AppError ? error.code : `not an AppError: ${String(error)}`;
}

/** The same, and the codes of the fields that are at fault. */
export async function codesOf(work: Promise<unknown>): Promise<string> {
  const error = await errorOf(work);
  if (error instanceof AppError) return [error.code, ...error.fields.map(({ message }) => message)].join(' ');
  return `not an AppError: ${String(error)}`;
}

function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
}
