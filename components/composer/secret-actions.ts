'use server';

import type { FormState } from '@/components/actions/form-state';

// As in `actions.ts`, each loads its work when it is first called.

/** Stores what a browser has encrypted. A form with the same `once` creates nothing new. */
export async function createSecretPasteAction(_previous: FormState, form: FormData) {
  const { createFromSecret } = await import('./posted-secret');
  return createFromSecret(form);
}

/** Stores a new revision of a secret paste. */
export async function updateSecretPasteAction(boundSlug: string, _previous: FormState, form: FormData) {
  const { updateFromSecret } = await import('./posted-secret');
  return updateFromSecret(boundSlug, form);
}
