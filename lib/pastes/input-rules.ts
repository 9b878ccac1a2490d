import 'server-only';
import { AppError, type FieldError } from '../core/errors';
import { expiryOf, isPossibleExpiry } from '../core/lifetime';
import type { PasteRecord } from './queries';
import type { CreatePaste } from './schema';
import type { ContentWarnings } from './warnings';

/** A paste after a change, with warnings about its content. */
export interface StoredPaste extends ContentWarnings {
  paste: PasteRecord;
}

/** The expiry in the input; undefined if the input has none. @throws AppError validation_failed */
export function resolveExpiry(
  input: Pick<CreatePaste, 'expires_in' | 'expires_at'>,
  from: Date,
): { at: Date | null } | undefined {
  if (input.expires_in !== undefined) {
    const at = expiryOf(input.expires_in, from);
    if (at === undefined) return requireNoFaults([{ path: 'expires_in', message: 'lifetime_unknown' }]);
    return { at };
  }
  if (input.expires_at === undefined) return undefined;
  if (input.expires_at !== null && !isPossibleExpiry(input.expires_at, from)) {
    return requireNoFaults([{ path: 'expires_at', message: 'expiry_not_ahead' }]);
  }
  return { at: input.expires_at };
}

/** A private paste needs an owner: its edit key does not let anyone read it. */
export function memberOnlyFaults(
  input: { visibility?: string | undefined; slug?: string | undefined },
  ownerId: string | null,
) {
  const faults: FieldError[] = [];
  if (ownerId !== null) return faults;
  if (input.visibility === 'private') faults.push({ path: 'visibility', message: 'private_needs_account' });
  if (input.slug !== undefined) faults.push({ path: 'slug', message: 'slug_needs_account' });
  return faults;
}

/** @throws AppError validation_failed */
export function requireNoFaults(faults: FieldError[]): undefined {
  if (faults.length > 0) throw new AppError('validation_failed', { fields: faults });
}
