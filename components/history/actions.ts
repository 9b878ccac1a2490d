'use server';

import { readSlug } from '@/components/actions/action-arguments';
import { arrive, callerOfAction } from '@/components/actions/action-caller';
import type { FormState } from '@/components/actions/form-state';
import { refuse } from '@/components/actions/refusal';
import { viewerOf } from '@/components/request/edit-key-cookie';
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
  const caller = await callerOfAction(form);
  let slug: string;
  try {
    slug = readSlug(boundSlug);
    if (!isRevisionNumber(number)) throw new AppError('not_found');
    const viewer = await viewerOf(slug);
    await enforceLimit('change-pastes', { ...caller, userId: viewer.userId });
    await restoreRevision(slug, number, viewer);
  } catch (error) {
    return refuse(error, caller);
  }
  return arrive(`/${slug}/history?restored`, caller);
}

/** Ends one earlier revision and its text. */
export async function deleteRevisionAction(
  boundSlug: string,
  number: number,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const caller = await callerOfAction(form);
  let slug: string;
  try {
    slug = readSlug(boundSlug);
    if (!isRevisionNumber(number)) throw new AppError('not_found');
    const viewer = await viewerOf(slug);
    await enforceLimit('change-pastes', { ...caller, userId: viewer.userId });
    await deleteRevision(slug, number, viewer);
  } catch (error) {
    return refuse(error, caller);
  }
  return arrive(`/${slug}/history?deleted`, caller);
}
