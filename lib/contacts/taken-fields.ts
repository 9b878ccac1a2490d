import 'server-only';
import { AppError, type FieldError } from '../core/errors';
import { prisma } from '../core/prisma';
import type { ContactInput } from './schema';

interface Attempt {
  ownerId: string;
  input: ContactInput;
  /** The contact that is being updated. */
  exceptId?: string;
}

/** For `catch`: adds to `contact_taken` the fields whose values another contact has. */
export function addTakenFields({ ownerId, input, exceptId }: Attempt): (error: unknown) => Promise<never> {
  return async (error) => {
    if (!(error instanceof AppError) || error.code !== 'contact_taken') throw error;
    const fields: FieldError[] = [];
    for (const path of ['email', 'phone'] as const) {
      const value = input[path];
      if (!value) continue;
      const where = { ownerId, [path]: value, ...(exceptId === undefined ? {} : { id: { not: exceptId } }) };
      if ((await prisma().contact.count({ where })) > 0)
        fields.push({ path, message: `contact_${path}_taken` });
    }
    throw new AppError('contact_taken', { fields, cause: error });
  };
}
