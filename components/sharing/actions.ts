'use server';

import type { FormState } from '@/components/actions/form-state';

// As in `components/composer/actions.ts`, each loads its work when it is first called.

/** Shares a paste with the contacts and addresses of the form; see `shareByForm`. */
export async function sharePasteAction(boundSlug: string, _previous: FormState, form: FormData) {
  const { sharePaste } = await import('./share-forms');
  return sharePaste(boundSlug, form);
}

/** Changes the role of a share. */
export async function updateShareAction(
  boundSlug: string,
  boundId: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { updateShare } = await import('./share-forms');
  return updateShare(boundSlug, boundId, form);
}

/** Revokes a share. */
export async function revokeShareAction(
  boundSlug: string,
  boundId: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { revokeShare } = await import('./share-forms');
  return revokeShare(boundSlug, boundId, form);
}

/** Emails a new personal link for an existing share. */
export async function mailShareAgainAction(
  boundSlug: string,
  boundId: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const { mailAgain } = await import('./share-forms');
  return mailAgain(boundSlug, boundId, form);
}

/** Emails a code to the recipient of a personal link. */
export async function requestCodeAction(boundSlug: string, _previous: FormState, form: FormData) {
  const { requestCode } = await import('./share-forms');
  return requestCode(boundSlug, form);
}

/** Opens the paste of a personal link in this browser, given the emailed code. */
export async function confirmCodeAction(boundSlug: string, _previous: FormState, form: FormData) {
  const { enterCode } = await import('./share-forms');
  return enterCode(boundSlug, form);
}
