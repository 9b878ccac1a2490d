import type { Caller } from '../core/caller';
import { instanceRules, maxPasteBytes, type Quotas, quotas } from '../core/instance-rules';
import type { Visibility } from '../generated/prisma/enums';
import { sameHash } from './edit-key';
import type { Grant } from './grants';

/** What the decision depends on, besides the caller. */
export interface PasteFacts {
  ownerId: string | null;
  isOwnerBanned: boolean;
  /** Whether no moderator has approved its owner yet, whose public pastes are not listed until then. */
  isOwnerNew: boolean;
  visibility: Visibility;
  expiresAt: Date | null;
  burnAfter: number | null;
  reads: number;
  /** Whether the server has only ciphertext. */
  isSecret: boolean;
  /** SHA-256 of the proof that reveals a secret paste. */
  proofHash: Uint8Array | null;
  editKeyHash: Uint8Array | null;
  hiddenAt: Date | null;
  deletedAt: Date | null;
  /** What a share gives the caller; set by `withGrant`. */
  grant?: Grant | null;
}

export type Surface = 'page' | 'metadata' | 'bytes';

/**
 * `full`: everything. `envelope`: only that it exists, and when it expires. `absent`: it does not exist for this
 * caller.
 */
export type ReadDecision = 'full' | 'envelope' | 'reveal_required' | 'absent';

export type InstanceDecision = 'allowed' | 'members_only' | 'disabled';

/** Whether the caller may create pastes on this instance. */
export function decideCreate(
  caller: Pick<Caller, 'user' | 'role'>,
  rules = instanceRules(),
): InstanceDecision {
  if (rules.create === 'everyone') return 'allowed';
  if (rules.create === 'none') return 'disabled';
  if (caller.user === null) return 'members_only';
  return rules.create === 'members' || isStaff(caller) ? 'allowed' : 'disabled';
}

/** Whether a text is larger than its author may store. @param size.bytes of all files of the paste */
export function isOverCap(
  { bytes, isMember }: { bytes: number; isMember: boolean },
  most = maxPasteBytes(isMember),
): boolean {
  return bytes > most;
}

/** What is stored: the texts in bytes, earlier revisions included, and the number of pastes. */
export interface Usage {
  bytes: number;
  pastes: number;
}

/** What is to be stored. Texts that are stored already, of a paste that gets an owner, have `isStored`. */
export interface Addition extends Usage {
  ownerId: string | null;
  isStored?: boolean;
}

/**
 * Whether something may be added to what is stored: to the pastes of the member who owns it, if any, and to all.
 * @param used.member of that member
 */
export function decideQuota(
  used: { member: Usage; allBytes: number },
  adding: Addition,
  limits: Quotas = quotas(),
): 'allowed' | 'quota_pastes' | 'quota_bytes' | 'instance_full' {
  const isOver = (sum: number, limit: number | null) => limit !== null && sum > limit;
  if (adding.ownerId !== null) {
    const { bytes, pastes } = used.member;
    if (adding.pastes > 0 && isOver(pastes + adding.pastes, limits.memberPastes)) return 'quota_pastes';
    if (adding.bytes > 0 && isOver(bytes + adding.bytes, limits.memberBytes)) return 'quota_bytes';
  }
  if (!adding.isStored && isOver(used.allBytes + adding.bytes, limits.allBytes)) return 'instance_full';
  return 'allowed';
}

/** Whether a caller with this account, or null, may see lists of public pastes: the feed, its search, profiles and the sitemap. */
export function decideBrowse(user: object | null, rules = instanceRules()): InstanceDecision {
  if (isClosedTo(user, rules)) return 'members_only';
  return rules.hasFeed ? 'allowed' : 'disabled';
}

/** Whether the instance is for members only, and the caller, whose account is `user`, is not signed in. */
export function isClosedTo(user: object | null, rules = instanceRules()): boolean {
  return rules.read === 'members' && user === null;
}

/** The one read decision of every page, route, action, feed and preview. */
export function decideRead(
  caller: Caller,
  paste: PasteFacts,
  at: { surface: Surface; now: Date },
  rules = instanceRules(),
): ReadDecision {
  if (!isAlive(paste, at.now)) return 'absent';
  if (rules.read === 'members' && !isMemberOrGranted(caller, paste)) return 'absent';
  if (isOutOfSight(paste) && !maySeeHidden(caller, paste)) return 'absent';
  if (paste.visibility === 'private' && !mayReadPrivate(caller, paste)) return 'absent';
  if (paste.burnAfter !== null) return at.surface === 'bytes' ? 'reveal_required' : 'envelope';
  return 'full';
}

export type RevealDecision = 'full' | 'counts' | 'proof_required' | 'absent';

/**
 * Whether the caller may reveal the paste: `full` gives a paste that does not burn, `counts` also counts a read. A
 * secret paste is given for its proof alone, so that no read is spent on a ciphertext that cannot be decrypted.
 * @param at.isRepeat whether the caller revealed it within the last minute: they may see it again, also after the
 *   last read.
 * @param at.proofHash SHA-256 of the proof that they sent; null without one.
 */
export function decideReveal(
  caller: Caller,
  paste: PasteFacts,
  { now, isRepeat, proofHash }: { now: Date; isRepeat: boolean; proofHash: Uint8Array | null },
): RevealDecision {
  const decision = decideRead(caller, isRepeat ? { ...paste, reads: 0 } : paste, { surface: 'page', now });
  if (decision === 'absent') return 'absent';
  if (paste.isSecret && !isProven(paste, proofHash)) return 'proof_required';
  return decision === 'full' ? 'full' : 'counts';
}

/**
 * Whether the feed, its search and the sitemap may list the paste, which is the same for all callers.
 */
export function isListed(paste: PasteFacts, now: Date): boolean {
  return (
    isAlive(paste, now) &&
    !paste.isOwnerBanned &&
    isIndexable(paste) &&
    paste.hiddenAt === null &&
    paste.burnAfter === null &&
    !paste.isSecret
  );
}

/** Whether search engines may index what can be read of the paste. */
export function isIndexable({
  visibility,
  isOwnerNew,
}: Pick<PasteFacts, 'visibility' | 'isOwnerNew'>): boolean {
  return visibility === 'public' && !isOwnerNew;
}

/** Whether a paste would be listed if its owner was approved; until then it is as an unlisted one. */
export function awaitsApproval(paste: PasteFacts): boolean {
  return (
    paste.isOwnerNew && paste.visibility === 'public' && paste.hiddenAt === null && paste.burnAfter === null
  );
}

/**
 * New revisions and settings: the owner, editors, and holders of the edit key of a paste without an owner. A
 * burning paste cannot be edited.
 */
export function canEdit(caller: Caller, paste: PasteFacts, now: Date): boolean {
  return paste.burnAfter === null && canChange(caller, paste, now);
}

function canChange(caller: Caller, paste: PasteFacts, now: Date): boolean {
  if (decideRead(caller, paste, { surface: 'metadata', now }) === 'absent') return false;
  return isOwner(caller, paste) || paste.grant?.role === 'editor' || holdsEditKey(caller, paste);
}

/** Visibility and lifetime: as `canEdit`, without editors. Of a burning paste, only a shorter lifetime. */
export function canManage(caller: Caller, paste: PasteFacts, now: Date): boolean {
  return canChange(caller, paste, now) && (isOwner(caller, paste) || holdsEditKey(caller, paste));
}

/** The list of shares, and changes to it: the owner. */
export function canShare(caller: Caller, paste: PasteFacts, now: Date): boolean {
  return isAlive(paste, now) && isOwner(caller, paste);
}

/** Earlier revisions: callers who can create new ones. */
export function canSeeHistory(caller: Caller, paste: PasteFacts, now: Date): boolean {
  return canEdit(caller, paste, now);
}

export function canDelete(caller: Caller, paste: PasteFacts, now: Date): boolean {
  if (!isAlive(paste, now)) return false;
  return isOwner(caller, paste) || holdsEditKey(caller, paste) || caller.role === 'admin';
}

/** Whether a caller who may delete the paste may do so only as an admin. */
export function deletesByRole(caller: Caller, paste: PasteFacts): boolean {
  return caller.role === 'admin' && !isOwner(caller, paste) && !holdsEditKey(caller, paste);
}

/** Hide a paste from everyone but its owner, or show it again: moderators, for pastes they can see. */
export function canHide(caller: Caller, paste: PasteFacts, now: Date): boolean {
  if (decideRead(caller, paste, { surface: 'metadata', now }) === 'absent') return false;
  return isStaff(caller) && canJudge(caller, paste);
}

/** Whether moderators may decide about a paste of this owner: not about their own, which is for admins. */
export function canJudge(caller: Caller, { ownerId }: Pick<PasteFacts, 'ownerId'>): boolean {
  return caller.role === 'admin' || caller.user === null || caller.user.id !== ownerId;
}

/**
 * Report a paste to the moderators: callers who know that it exists, except its author, whose report would begin a new
 * round. What is hidden was decided already.
 */
export function canReport(caller: Caller, paste: PasteFacts, now: Date): boolean {
  if (paste.hiddenAt !== null || isOwner(caller, paste) || holdsEditKey(caller, paste)) return false;
  return decideRead(caller, paste, { surface: 'metadata', now }) !== 'absent';
}

/**
 * What the queue of reports shows of a reported paste to a moderator, who may not read it elsewhere if it is private:
 * `text`, only its `metadata`, or nothing. A paste that burns is never opened, a secret one with a key that a
 * reporter has handed over.
 */
export function decideReported(
  caller: Caller,
  paste: PasteFacts,
  { now, hasKey }: { now: Date; hasKey: boolean },
): 'text' | 'metadata' | 'absent' {
  if (!isStaff(caller) || !isAlive(paste, now)) return 'absent';
  if (paste.burnAfter !== null || (paste.isSecret && !hasKey)) return 'metadata';
  return 'text';
}

/** Claim a paste without an owner: signed-in users with its edit key. */
export function canClaim(caller: Caller, paste: PasteFacts, now: Date): boolean {
  return caller.user !== null && isAlive(paste, now) && holdsEditKey(caller, paste);
}

/** Whether the caller presents anything that could authorize a change; without it the answer is 401. */
export function hasCredential(caller: Caller): boolean {
  return caller.user !== null || caller.editKeyHash !== null || caller.shareIds.length > 0;
}

/** How often a burning paste can still be revealed; null if the paste does not burn. */
export function readsLeft({ burnAfter, reads }: Pick<PasteFacts, 'burnAfter' | 'reads'>): number | null {
  return burnAfter === null ? null : Math.max(0, burnAfter - reads);
}

function isAlive(paste: PasteFacts, now: Date): boolean {
  if (paste.deletedAt !== null) return false;
  if (paste.expiresAt !== null && paste.expiresAt <= now) return false;
  return readsLeft(paste) !== 0;
}

/** On an instance for members, a share and the edit key of one's own paste still count. */
function isMemberOrGranted(caller: Caller, paste: PasteFacts): boolean {
  return caller.user !== null || Boolean(paste.grant) || holdsEditKey(caller, paste);
}

function isStaff({ role }: Pick<Caller, 'role'>): boolean {
  return role === 'moderator' || role === 'admin';
}

function mayReadPrivate(caller: Caller, paste: PasteFacts): boolean {
  return isOwner(caller, paste) || caller.role === 'admin' || Boolean(paste.grant);
}

function maySeeHidden(caller: Caller, paste: PasteFacts): boolean {
  return isOwner(caller, paste) || isStaff(caller);
}

/** Hidden by a moderator, or by a ban of its author: then a private paste stays with those it is shared with. */
function isOutOfSight(paste: PasteFacts): boolean {
  return paste.hiddenAt !== null || (paste.isOwnerBanned && paste.visibility !== 'private');
}

function isOwner(caller: Caller, paste: PasteFacts): boolean {
  return caller.user !== null && caller.user.id === paste.ownerId;
}

function isProven({ proofHash }: PasteFacts, sent: Uint8Array | null): boolean {
  return sent !== null && proofHash !== null && sameHash(sent, proofHash);
}

function holdsEditKey(caller: Caller, paste: PasteFacts): boolean {
  if (caller.editKeyHash === null || paste.editKeyHash === null || paste.ownerId !== null) return false;
  return sameHash(caller.editKeyHash, paste.editKeyHash);
}
