import 'server-only';
import type { Caller } from '../core/caller';
import { AppError, type FieldError } from '../core/errors';
import { instanceRules, longestLifetime, offersPublic, presetLifetime } from '../core/instance-rules';
import { expiryOf, isPossibleExpiry } from '../core/lifetime';
import type { Visibility } from '../generated/prisma/enums';
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

/** The expiry of a paste whose author chose none: the default one, within the longest lifetime. */
export function defaultExpiry({ user }: Pick<Caller, 'user'>, from: Date): { at: Date | null } {
  const preset = configuredExpiry(presetLifetime(user !== null), from);
  const latest = configuredExpiry(longestLifetime(user !== null), from);
  return { at: isLater(preset, latest) ? latest : preset };
}

interface Chosen {
  visibility?: Visibility | undefined;
  /** When the paste is to expire, counted from `from`; undefined if that does not change. */
  expiry: { at: Date | null } | undefined;
  isMember: boolean;
  from: Date;
}

/** What the configuration of this instance does not allow to choose. */
export function instanceFaults({ visibility, expiry, isMember, from }: Chosen, expiryPath: string) {
  const faults: FieldError[] = [];
  if (visibility === 'public' && !instanceRules().hasFeed) {
    faults.push({ path: 'visibility', message: 'public_disabled' });
  } else if (visibility === 'public' && !offersPublic(isMember)) {
    faults.push({ path: 'visibility', message: 'public_needs_account' });
  }
  if (expiry && isLater(expiry.at, configuredExpiry(longestLifetime(isMember), from))) {
    faults.push({ path: expiryPath, message: 'lifetime_too_long' });
  }
  return faults;
}

/** Whether one expiry is after the other; null is never. */
function isLater(one: Date | null, other: Date | null): boolean {
  return other !== null && (one === null || one > other);
}

function configuredExpiry(lifetime: string, from: Date): Date | null {
  const at = expiryOf(lifetime, from);
  if (at === undefined) throw new Error('a lifetime in the configuration is not a lifetime');
  return at;
}

/** The field of the input that says when the paste expires. */
export function expiryPathOf({ expires_in }: { expires_in?: unknown }): 'expires_in' | 'expires_at' {
  return expires_in === undefined ? 'expires_at' : 'expires_in';
}

/** @throws AppError validation_failed */
export function requireNoFaults(faults: FieldError[]): undefined {
  if (faults.length > 0) throw new AppError('validation_failed', { fields: faults });
}
