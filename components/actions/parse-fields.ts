import type { z } from 'zod';
import { AppError } from '@/lib/core/errors';
import { toFieldErrors } from './error-state';

/** The fields as the schema parses them. @throws AppError validation_failed, with all faults by field */
export function parseFields<Schema extends z.ZodType>(schema: Schema, fields: unknown): z.output<Schema> {
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  throw new AppError('validation_failed', { fields: toFieldErrors(parsed.error) });
}

/** The text of a field; empty if it is absent. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** The fields that a script has posted. @throws AppError malformed_body */
export async function readForm(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch (error) {
    throw new AppError('malformed_body', { cause: error });
  }
}
