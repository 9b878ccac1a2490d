'use server';

import { AppError } from '../errors';
import { enforceLimit } from '../limits/enforce';
import { arrive, callerOfAction } from './action-caller';
import type { SaveState } from './draft';
import { viewerOf } from './edit-key-cookie';
import { deleteRevision, restoreRevision } from './history';
import { isRevisionNumber } from './revision-number';
import { refuse } from './save-state';

/** Makes the text of an earlier revision the newest one. */
export async function restoreRevisionAction(
  slug: string,
  number: number,
  _previous: SaveState,
  _form: FormData,
): Promise<SaveState> {
  const caller = await callerOfAction();
  try {
    if (!isRevisionNumber(number)) throw new AppError('not_found');
    await enforceLimit('change-pastes', caller);
    await restoreRevision(slug, number, await viewerOf(slug));
  } catch (error) {
    return refuse(error, caller);
  }
  return arrive(`/${slug}/history?restored`, caller);
}

/** Ends one earlier revision and its text. */
export async function deleteRevisionAction(
  slug: string,
  number: number,
  _previous: SaveState,
  _form: FormData,
): Promise<SaveState> {
  const caller = await callerOfAction();
  try {
    if (!isRevisionNumber(number)) throw new AppError('not_found');
    await enforceLimit('change-pastes', caller);
    await deleteRevision(slug, number, await viewerOf(slug));
  } catch (error) {
    return refuse(error, caller);
  }
  return arrive(`/${slug}/history?deleted`, caller);
}
