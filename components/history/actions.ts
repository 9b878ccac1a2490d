'use server';

import { arrive } from '@/components/actions/arrive';
import type { FormState } from '@/components/actions/form-state';
import { pasteAction } from '@/components/actions/guarded-action';
import { AppError } from '@/lib/core/errors';
import { enforceLimit } from '@/lib/limits/enforce';
import { deleteRevision, restoreRevision } from '@/lib/pastes/history';
import { isRevisionNumber } from '@/lib/pastes/revision-number';

/** Makes the text of an earlier revision the newest one. */
export async function restoreRevisionAction(
  boundSlug: string,
  number: number,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return pasteAction(boundSlug, form, async (caller, slug) => {
    if (!isRevisionNumber(number)) throw new AppError('not_found');
    await enforceLimit('change-pastes', caller);
    await restoreRevision(slug, number, caller);
    return arrive(`/${slug}/history?restored`);
  });
}

/** Deletes one earlier revision and its text. */
export async function deleteRevisionAction(
  boundSlug: string,
  number: number,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return pasteAction(boundSlug, form, async (caller, slug) => {
    if (!isRevisionNumber(number)) throw new AppError('not_found');
    await enforceLimit('change-pastes', caller);
    await deleteRevision(slug, number, caller);
    return arrive(`/${slug}/history?deleted`);
  });
}
