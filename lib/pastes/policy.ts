import type { Role, Visibility } from '../generated/prisma/enums';
import { sameHash } from './edit-key';
import type { Grant } from './grants';

/** Who makes the request. An anonymous viewer has no `userId`; any viewer may hold an edit key. */
export interface Viewer {
  userId: string | null;
  role: Role;
  /** SHA-256 of the edit key presented for this paste, if any. */
  editKeyHash: Uint8Array | null;
  /** The confirmed email of the signed-in user. */
  email: string | null;
  /** Shares that were confirmed in this browser by a mailed code. */
  shareIds: readonly string[];
  /** What its owner gave them on the paste in question; set by `withGrant`. */
  grant: Grant | null;
}

export const ANONYMOUS: Viewer = {
  userId: null,
  role: 'user',
  editKeyHash: null,
  email: null,
  shareIds: [],
  grant: null,
};

/** What the decision depends on, and nothing else. */
export interface PasteFacts {
  ownerId: string | null;
  visibility: Visibility;
  expiresAt: Date | null;
  burnAfter: number | null;
  reads: number;
  hasPassword: boolean;
  isSecret: boolean;
  editKeyHash: Uint8Array | null;
  hiddenAt: Date | null;
  deletedAt: Date | null;
}

export type Surface = 'page' | 'metadata' | 'bytes';

/**
 * `full`: everything. `envelope`: that it exists, when it goes, and no more. `absent`: the one answer
 * for whatever is not there for this viewer.
 */
export type ReadDecision = 'full' | 'envelope' | 'reveal_required' | 'password_required' | 'absent';

/** The one read decision of every page, route, action, feed and preview. */
export function decideRead(
  viewer: Viewer,
  paste: PasteFacts,
  at: { surface: Surface; now: Date },
): ReadDecision {
  if (!isAlive(paste, at.now)) return 'absent';
  if (paste.hiddenAt && !maySeeHidden(viewer, paste)) return 'absent';
  if (paste.visibility === 'private' && !mayReadPrivate(viewer, paste)) return 'absent';
  if (paste.burnAfter !== null) return at.surface === 'bytes' ? 'reveal_required' : 'envelope';
  if (paste.hasPassword) return at.surface === 'bytes' ? 'password_required' : 'envelope';
  return 'full';
}

/**
 * Whether the feed, its search and the sitemap may list the paste, which is the same for all viewers. What a
 * banned author published stays at its link and is not listed.
 */
export function isListed(paste: PasteFacts & { isOwnerBanned: boolean }, now: Date): boolean {
  return (
    isAlive(paste, now) &&
    !paste.isOwnerBanned &&
    paste.visibility === 'public' &&
    paste.hiddenAt === null &&
    paste.burnAfter === null &&
    !paste.hasPassword &&
    !paste.isSecret
  );
}

/** New revisions and settings: the owner, who they made an editor, or who holds the key of a paste without one. */
export function canEdit(viewer: Viewer, paste: PasteFacts, now: Date): boolean {
  if (decideRead(viewer, paste, { surface: 'metadata', now }) === 'absent') return false;
  return isOwner(viewer, paste) || viewer.grant?.role === 'editor' || holdsEditKey(viewer, paste);
}

/** Who else may see it and for how long: not for editors to say. */
export function canManage(viewer: Viewer, paste: PasteFacts, now: Date): boolean {
  return canEdit(viewer, paste, now) && (isOwner(viewer, paste) || holdsEditKey(viewer, paste));
}

/** Whom a paste is shared with, and changing that: its owner. */
export function canShare(viewer: Viewer, paste: PasteFacts, now: Date): boolean {
  return isAlive(paste, now) && isOwner(viewer, paste);
}

/** Earlier revisions: those who may make new ones. */
export function canSeeHistory(viewer: Viewer, paste: PasteFacts, now: Date): boolean {
  return canEdit(viewer, paste, now);
}

export function canDelete(viewer: Viewer, paste: PasteFacts, now: Date): boolean {
  if (!isAlive(paste, now)) return false;
  return isOwner(viewer, paste) || holdsEditKey(viewer, paste) || viewer.role === 'admin';
}

/** Hide a paste from everyone but its owner, or show it again: moderators, for pastes they can see. */
export function canHide(viewer: Viewer, paste: PasteFacts, now: Date): boolean {
  if (decideRead(viewer, paste, { surface: 'metadata', now }) === 'absent') return false;
  return viewer.role === 'moderator' || viewer.role === 'admin';
}

/** Claim a paste without an owner: signed-in users with its edit key. */
export function canClaim(viewer: Viewer, paste: PasteFacts, now: Date): boolean {
  return viewer.userId !== null && isAlive(paste, now) && holdsEditKey(viewer, paste);
}

/** Whether the viewer brought anything that could authorise a change; without it the answer is 401. */
export function hasCredential(viewer: Viewer): boolean {
  return viewer.userId !== null || viewer.editKeyHash !== null || viewer.shareIds.length > 0;
}

function isAlive(paste: PasteFacts, now: Date): boolean {
  if (paste.deletedAt !== null) return false;
  if (paste.expiresAt !== null && paste.expiresAt <= now) return false;
  return paste.burnAfter === null || paste.reads < paste.burnAfter;
}

function mayReadPrivate(viewer: Viewer, paste: PasteFacts): boolean {
  return isOwner(viewer, paste) || viewer.role === 'admin' || viewer.grant !== null;
}

function maySeeHidden(viewer: Viewer, paste: PasteFacts): boolean {
  return isOwner(viewer, paste) || viewer.role === 'moderator' || viewer.role === 'admin';
}

function isOwner(viewer: Viewer, paste: PasteFacts): boolean {
  return viewer.userId !== null && viewer.userId === paste.ownerId;
}

function holdsEditKey(viewer: Viewer, paste: PasteFacts): boolean {
  if (viewer.editKeyHash === null || paste.editKeyHash === null || paste.ownerId !== null) return false;
  return sameHash(viewer.editKeyHash, paste.editKeyHash);
}
