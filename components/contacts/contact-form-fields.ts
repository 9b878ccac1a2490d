import { textOf } from '@/components/actions/parse-fields';
import { MAX_IN_GROUP } from '@/lib/contacts/schema';
import { AppError } from '@/lib/core/errors';
import { safeNextPath } from '@/lib/core/next-path';
import { isUuid } from '@/lib/core/uuid';

/** Reads the fields of the contact form; empty optional fields are null. */
export function readContactForm(form: FormData) {
  return {
    first_name: textOf(form, 'first_name'),
    last_name: textOf(form, 'last_name'),
    email: textOf(form, 'email').trim() || null,
    phone: textOf(form, 'phone').trim() || null,
    birthday: textOf(form, 'birthday').trim() || null,
    // Browsers submit line breaks as CRLF.
    info: textOf(form, 'info').replaceAll('\r\n', '\n'),
    favorite: form.has('favorite'),
  };
}

/** The contacts of a group that are different people. @throws AppError not_found for a list that no page sends */
export function readDistinctIds(form: FormData): string[] {
  const ids = textOf(form, 'ids').split(' ');
  if (ids.length > MAX_IN_GROUP || !ids.every(isUuid)) throw new AppError('not_found');
  return ids;
}

/** The page of the list to return to. */
export function readBackHref(value: unknown): string {
  const href = safeNextPath(value, '/contacts');
  return /^\/contacts(\?|$)/.test(href) ? href : '/contacts';
}
