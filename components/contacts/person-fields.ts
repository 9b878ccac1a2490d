import { textOf } from '@/components/actions/parse-fields';
import { AppError } from '@/lib/core/errors';
import { safeNextPath } from '@/lib/core/next-path';
import { isUuid } from '@/lib/core/uuid';

export function isContactId(value: unknown): value is string {
  return typeof value === 'string' && isUuid(value);
}

/** The id of a path or a form; of anything that cannot be one, there is nobody. @throws AppError not_found */
export function readContactId(value: unknown): string {
  if (!isContactId(value)) throw new AppError('not_found');
  return value;
}

/** What was filled in about somebody; fields that were left empty are null. */
export function readContactForm(form: FormData) {
  return {
    first_name: textOf(form, 'first_name'),
    last_name: textOf(form, 'last_name'),
    email: textOf(form, 'email').trim() || null,
    phone: textOf(form, 'phone').trim() || null,
    birthday: textOf(form, 'birthday').trim() || null,
    // Forms break lines as mail does.
    info: textOf(form, 'info').replaceAll('\r\n', '\n'),
    favorite: form.has('favorite'),
  };
}

/** The page of the list that was come from. */
export function readBackHref(value: unknown): string {
  const href = safeNextPath(value, '/people');
  return /^\/people(\?|$)/.test(href) ? href : '/people';
}
