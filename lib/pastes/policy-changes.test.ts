import { describe, expect, it, vi } from 'vitest';
import { ANONYMOUS, signedInAs } from '../../test/callers';
import {
  callers,
  forEditor,
  forReader,
  KEY,
  met,
  NOW,
  OTHER,
  OWNER,
  plain,
  SECRET,
} from '../../test/paste-facts';
import type { Caller } from '../core/caller';
import { hashEditKey } from './edit-key';
import {
  canClaim,
  canDelete,
  canEdit,
  canHide,
  canManage,
  canSeeHistory,
  canShare,
  hasCredential,
} from './policy';

// The rules of an instance without configuration.
vi.stubEnv('DATABASE_URL', 'postgres://localhost/none');
vi.stubEnv('AUTH_SECRET', 'x'.repeat(32));

describe('changes', () => {
  const guest = { ...plain, ownerId: null, editKeyHash: hashEditKey(KEY) };
  const keyHolder: Caller = { ...ANONYMOUS, editKeyHash: hashEditKey(KEY) };
  const wrongKey: Caller = { ...ANONYMOUS, editKeyHash: hashEditKey('another') };

  it('lets the edit key change and delete a paste without owner', () => {
    expect(canEdit(keyHolder, guest, NOW)).toBe(true);
    expect(canDelete(keyHolder, guest, NOW)).toBe(true);
    expect(canEdit(wrongKey, guest, NOW)).toBe(false);
    expect(canDelete(wrongKey, guest, NOW)).toBe(false);
    expect(canEdit(ANONYMOUS, guest, NOW)).toBe(false);
  });

  it('ignores the edit key if there is an owner', () => {
    const claimed = { ...guest, ownerId: OWNER };
    expect(canEdit(keyHolder, claimed, NOW)).toBe(false);
    expect(canDelete(keyHolder, claimed, NOW)).toBe(false);
  });

  it('lets the owner edit and delete, an admin only delete, others neither', () => {
    expect(canEdit(callers.owner, plain, NOW)).toBe(true);
    expect(canDelete(callers.owner, plain, NOW)).toBe(true);
    expect(canEdit(callers.admin, plain, NOW)).toBe(false);
    expect(canDelete(callers.admin, plain, NOW)).toBe(true);
    expect(canDelete(callers.moderator, plain, NOW)).toBe(false);
    expect(canDelete(callers.member, plain, NOW)).toBe(false);
  });

  it('lets editors edit, and neither them nor readers do more', () => {
    expect(canEdit(callers.editor, forEditor, NOW)).toBe(true);
    expect(canSeeHistory(callers.editor, forEditor, NOW)).toBe(true);
    expect(canEdit(callers.reader, forReader, NOW)).toBe(false);
    for (const who of ['editor', 'reader', 'admin', 'moderator'] as const) {
      const paste = met[who] ?? plain;
      expect(canManage(callers[who], paste, NOW)).toBe(false);
      expect(canShare(callers[who], paste, NOW)).toBe(false);
    }
    expect(canDelete(callers.editor, forEditor, NOW)).toBe(false);
    expect(canManage(callers.owner, plain, NOW)).toBe(true);
    expect(canShare(callers.owner, plain, NOW)).toBe(true);
  });

  it('lets the author of a burning paste shorten its lifetime and delete it, and no one edit it', () => {
    const burning = { ...plain, burnAfter: 1 };
    expect(canManage(callers.owner, burning, NOW)).toBe(true);
    expect(canDelete(callers.owner, burning, NOW)).toBe(true);
    expect(canManage(keyHolder, { ...guest, burnAfter: 1 }, NOW)).toBe(true);
    for (const who of ['owner', 'editor', 'admin'] as const) {
      const paste = { ...plain, ...met[who], burnAfter: 1 };
      expect(canEdit(callers[who], paste, NOW)).toBe(false);
      expect(canSeeHistory(callers[who], paste, NOW)).toBe(false);
    }
    expect(canManage(callers.editor, { ...forEditor, burnAfter: 1 }, NOW)).toBe(false);
  });

  it('lets the author of a secret paste change it as any other', () => {
    const secret = { ...plain, ...SECRET };
    expect(canEdit(callers.owner, secret, NOW)).toBe(true);
    expect(canManage(callers.owner, secret, NOW)).toBe(true);
    expect(canEdit(keyHolder, { ...guest, ...SECRET }, NOW)).toBe(true);
    expect(canEdit(callers.owner, { ...secret, burnAfter: 1 }, NOW)).toBe(false);
    for (const who of ['stranger', 'member', 'moderator', 'admin'] as const) {
      expect(canEdit(callers[who], secret, NOW)).toBe(false);
    }
  });

  it('lets moderators and admins hide what they can see', () => {
    expect(canHide(callers.moderator, plain, NOW)).toBe(true);
    expect(canHide(callers.admin, plain, NOW)).toBe(true);
    expect(canHide(callers.owner, plain, NOW)).toBe(false);
    const closed = { ...plain, visibility: 'private' as const };
    expect(canHide(callers.moderator, closed, NOW)).toBe(false);
    expect(canHide(callers.admin, closed, NOW)).toBe(true);
    expect(canHide({ ...callers.owner, role: 'moderator' }, plain, NOW)).toBe(false);
    expect(canHide({ ...callers.owner, role: 'admin' }, plain, NOW)).toBe(true);
  });

  it('lets members with the key claim a paste without an owner', () => {
    expect(canClaim({ ...signedInAs(OTHER), editKeyHash: hashEditKey(KEY) }, guest, NOW)).toBe(true);
    expect(canClaim(keyHolder, guest, NOW)).toBe(false);
    expect(canClaim({ ...signedInAs(OTHER), editKeyHash: hashEditKey('another') }, guest, NOW)).toBe(false);
    expect(
      canClaim({ ...signedInAs(OTHER), editKeyHash: hashEditKey(KEY) }, { ...guest, ownerId: OWNER }, NOW),
    ).toBe(false);
    expect(
      canClaim({ ...signedInAs(OTHER), editKeyHash: hashEditKey(KEY) }, { ...guest, deletedAt: NOW }, NOW),
    ).toBe(false);
  });

  it('allows no changes to an expired paste', () => {
    const gone = { ...guest, expiresAt: NOW };
    expect(canEdit(keyHolder, gone, NOW)).toBe(false);
    expect(canDelete(keyHolder, gone, NOW)).toBe(false);
  });

  it('counts a user or any edit key as a credential', () => {
    expect(hasCredential(ANONYMOUS)).toBe(false);
    expect(hasCredential(wrongKey)).toBe(true);
    expect(hasCredential(callers.member)).toBe(true);
  });
});
