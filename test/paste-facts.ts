import type { Caller } from '../lib/core/caller';
import type { PasteFacts } from '../lib/pastes/policy';
import { ANONYMOUS, signedInAs } from './callers';

export const NOW = new Date('2026-11-21T12:00:00Z');
export const OWNER = '01920000-0000-7000-8000-000000000001';
export const OTHER = '01920000-0000-7000-8000-000000000002';
export const KEY = 'a-key-of-22-characters';

export const plain: PasteFacts = {
  ownerId: OWNER,
  isOwnerBanned: false,
  isOwnerNew: false,
  visibility: 'unlisted',
  expiresAt: null,
  burnAfter: null,
  reads: 0,
  isSecret: false,
  proofHash: null,
  editKeyHash: null,
  hiddenAt: null,
  deletedAt: null,
};

export const PROOF_HASH = new Uint8Array(32).fill(1);
export const SECRET = { isSecret: true, proofHash: PROOF_HASH };

export const callers = {
  stranger: ANONYMOUS,
  member: signedInAs(OTHER),
  owner: signedInAs(OWNER),
  moderator: signedInAs(OTHER, 'moderator'),
  admin: signedInAs(OTHER, 'admin'),
  reader: signedInAs(OTHER),
  editor: { ...ANONYMOUS, shareIds: ['s'] },
} satisfies Record<string, Caller>;

export const forReader = { ...plain, grant: { shareId: 's', role: 'reader' as const, isOpened: true } };
export const forEditor = { ...plain, grant: { shareId: 's', role: 'editor' as const, isOpened: true } };
export const met = { reader: forReader, editor: forEditor } as Partial<
  Record<keyof typeof callers, PasteFacts>
>;
