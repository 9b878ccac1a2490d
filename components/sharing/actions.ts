'use server';

import { getLocale, getTranslations } from 'next-intl/server';
import { readId, readSlug } from '@/components/actions/action-arguments';
import { arrive } from '@/components/actions/arrive';
import type { FormState } from '@/components/actions/form-state';
import { memberAction, openAction } from '@/components/actions/guarded-action';
import { parseFields, textOf } from '@/components/actions/parse-fields';
import { AppError } from '@/lib/core/errors';
import { enforceLimit } from '@/lib/limits/enforce';
import { confirmCode, sendCode } from '@/lib/sharing/codes';
import { createShareSchema, MAX_SHARES, updateShareSchema } from '@/lib/sharing/schema';
import { mailShareAgain, readShares, revokeShare, sharePaste, updateShare } from '@/lib/sharing/service';
import { withoutInvisible } from '@/lib/text/unicode/display-text';
import { readAddresses, readContacts } from './share-fields';
import { rememberShare } from './shares-cookie';
import { MAX_TYPED, namedFew } from './typed-addresses';

/**
 * Shares a paste with the chosen contacts and typed addresses, or with none of them if an address is invalid. They
 * get the form's `role`; `editors` has addresses that get the other one, and a contact's field may name its own.
 */
export async function sharePasteAction(
  boundSlug: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const typed = textOf(form, 'addresses');
  const typedEditors = textOf(form, 'editors');
  const isTooLong = typed.length + typedEditors.length > MAX_TYPED;
  const readers = readAddresses(isTooLong ? '' : typed);
  const editors = readAddresses(isTooLong ? '' : typedEditors);
  const invalid = [...readers.invalid, ...editors.invalid];
  let known: string[] = [];
  const state = await memberAction('member', form, async (caller) => {
    const slug = readSlug(boundSlug);
    const contacts = readContacts(form);
    if (isTooLong) throw addressFault('addresses_too_long');
    if (invalid.length > 0) throw addressFault('email_invalid');
    const role = textOf(form, 'role');
    const whom = [
      ...contacts.map(({ id, role: own }) => ({ contact_id: id, role: own ?? role })),
      ...readers.addresses.map((email) => ({ email, role })),
      ...editors.addresses.map((email) => ({ email, role: 'editor' })),
    ];
    if (whom.length > MAX_SHARES) throw addressFault('shares_too_many');
    if (whom.length === 0) throw addressFault('share_without_recipient');
    const how = { notify: form.has('notify'), tell_title: form.has('tell_title') };
    const inputs = whom.map((one) => parseFields(createShareSchema, { ...one, ...how }));
    await enforceLimit('change-pastes', caller);
    // The form is for new people: existing shares are changed in the list.
    const shared = new Set((await readShares(slug, caller)).map(({ email }) => email));
    known = [...readers.addresses, ...editors.addresses].filter((email) => shared.has(email));
    if (known.length > 0) throw addressFault('already_shared');
    const shares = await sharePaste(slug, inputs, { caller, keepsRoles: true }).catch(blameAddresses);
    const done = how.notify ? 'mailed' : 'shared';
    return arrive(`/${slug}/share?${done}=${shares.length}`);
  });
  if (state.outcome !== 'error') return state;
  const values = { ...state.values, addresses: typed };
  if (state.fields.addresses === undefined) return { ...state, values };
  const named = await nameAddresses({ invalid, known });
  return { ...state, values, fields: { ...state.fields, ...(named !== null && { addresses: named }) } };
}

/** Changes the role of a share. */
export async function updateShareAction(
  boundSlug: string,
  boundId: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return memberAction('member', form, async (caller) => {
    const slug = readSlug(boundSlug);
    const input = parseFields(updateShareSchema, { role: textOf(form, 'role') });
    await enforceLimit('change-pastes', caller);
    await updateShare(readId(boundId), input, caller.user.id);
    return arrive(`/${slug}/share?changed`);
  });
}

/** Revokes a share. */
export async function revokeShareAction(
  boundSlug: string,
  boundId: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return memberAction('member', form, async (caller) => {
    const slug = readSlug(boundSlug);
    await enforceLimit('change-pastes', caller);
    await revokeShare(readId(boundId), caller.user.id);
    return arrive(`/${slug}/share?revoked`);
  });
}

/** Emails a new personal link for an existing share. */
export async function mailShareAgainAction(
  boundSlug: string,
  boundId: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return memberAction('member', form, async (caller) => {
    const slug = readSlug(boundSlug);
    await enforceLimit('change-pastes', caller);
    await mailShareAgain(slug, readId(boundId), caller);
    return arrive(`/${slug}/share?again`);
  });
}

/** Emails a code to the recipient of a personal link. */
export async function requestCodeAction(
  boundSlug: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return openAction(form, async (caller) => {
    const slug = readSlug(boundSlug);
    const link = textOf(form, 'share');
    await enforceLimit('mail-request', caller);
    await sendCode(slug, link, await getLocale());
    return arrive(linkHref(slug, link));
  });
}

/** Opens the paste of a personal link in this browser, given the emailed code. */
export async function confirmCodeAction(
  boundSlug: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return openAction(form, async (caller) => {
    const slug = readSlug(boundSlug);
    await enforceLimit('guess-key', caller);
    await rememberShare(await confirmCode(slug, textOf(form, 'share'), textOf(form, 'code')));
    return arrive(`/${slug}`);
  });
}

function linkHref(slug: string, link: string): string {
  return `/${slug}?${new URLSearchParams({ share: link, confirm: '' })}`;
}

function addressFault(message: string): AppError {
  return new AppError('validation_failed', { fields: [{ path: 'addresses', message }] });
}

/** The form has one field for recipients, which may be contacts or addresses. */
function blameAddresses(error: unknown): never {
  const [fault] = error instanceof AppError ? error.fields : [];
  throw fault ? addressFault(fault.message) : error;
}

interface RejectedAddresses {
  invalid: readonly string[];
  /** Those that the paste is shared with already. */
  known: readonly string[];
}

/** Which addresses the fault is about; null if it is about none in particular. */
async function nameAddresses({ invalid, known }: RejectedAddresses): Promise<string | null> {
  const t = await getTranslations('sharing');
  const few = (addresses: readonly string[]) => ({
    count: addresses.length,
    ...namedFew(addresses.map(withoutInvisible), (name) => t('quoted', { name })),
  });
  if (invalid.length > 0) return t('badAddresses', few(invalid));
  return known.length > 0 ? t('known', few(known)) : null;
}
