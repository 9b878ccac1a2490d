'use server';

import type { FormState } from '@/components/actions/form-state';

// Each loads its work when it is first called: a new instance of a serverless host that shows the page does without.

/** Creates a paste from the composer's form, or returns the form with one file more or less. */
export async function createPasteAction(_previous: FormState, form: FormData) {
  const { createFromDraft } = await import('./posted-draft');
  return createFromDraft(form);
}

/** Saves the changes to a paste, or returns the form with one file more or less. */
export async function updatePasteAction(boundSlug: string, _previous: FormState, form: FormData) {
  const { updateFromDraft } = await import('./posted-draft');
  return updateFromDraft(boundSlug, form);
}

/** Checks an entered edit key; this browser remembers it if it is correct. */
export async function enterEditKeyAction(boundSlug: string, _previous: FormState, form: FormData) {
  const { enterEditKey } = await import('./posted-draft');
  return enterEditKey(boundSlug, form);
}
