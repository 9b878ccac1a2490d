import { AppError } from '@/lib/core/errors';
import { isUuid } from '@/lib/core/uuid';
import { isSlugShaped } from '@/lib/pastes/slug';

/*
 * Bound arguments of an action pass through the browser, which can send anything instead; the types of an
 * action's parameters are only what its own pages send.
 */

/** @throws AppError not_found for what cannot be the slug of a paste */
export function readSlug(value: unknown): string {
  if (typeof value !== 'string' || !isSlugShaped(value)) throw new AppError('not_found');
  return value;
}

/** @throws AppError not_found for what cannot be an id */
export function readId(value: unknown): string {
  if (typeof value !== 'string' || !isUuid(value)) throw new AppError('not_found');
  return value;
}
