'use server';

import type { FormState } from '@/components/actions/form-state';

// As in `components/composer/actions.ts`, each loads its work when it is first called.

/** Reveals the paste of the page that the form was posted to; that page then shows it, or the error. */
export async function revealAction(form: FormData): Promise<void> {
  const { revealByForm } = await import('./burn-forms');
  return revealByForm(form);
}

/** Gives a burning paste the chosen lifetime, which must be shorter than what is left of its own. */
export async function shortenLifetimeAction(boundSlug: string, _previous: FormState, form: FormData) {
  const { shortenLifetime } = await import('./burn-forms');
  return shortenLifetime(boundSlug, form);
}

/** Deletes what is kept of a burned paste. */
export async function dismissBurnAction(boundSlug: string, _previous: FormState, form: FormData) {
  const { dismissBurn } = await import('./burn-forms');
  return dismissBurn(boundSlug, form);
}

/** As `dismissBurnAction`, from the list of the user's own pastes. */
export async function dismissBurnRecordAction(boundId: string, _previous: FormState, form: FormData) {
  const { dismissBurnById } = await import('./burn-forms');
  return dismissBurnById(boundId, form);
}
