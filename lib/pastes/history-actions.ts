'use server';

import { AppError } from '../errors';
import { readSlug } from '../forms/action-arguments';
import { arrive, callerOfAction } from '../forms/action-caller';
import type { FormState } from '../forms/form-state';
import { refuse } from '../forms/refusal';
import { enforceLimit } from '../limits/enforce';
import { viewerOf } from './edit-key-cookie';
import { deleteRevision, restoreRevision } from './history';
import { isRevisionNumber } from './revision-number';

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
