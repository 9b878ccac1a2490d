import { describe, expect, it, vi } from 'vitest';
import { ANONYMOUS, signedInAs } from '../../test/callers';
import type { Caller } from '../core/caller';
import { hashEditKey } from './edit-key';
import {
  canClaim,
  canDelete,
  canEdit,
  canHide,
  canManage,
  canReport,
  canSeeHistory,
  canShare,
  decideRead,
  decideReported,
  decideReveal,
  hasCredential,
  isListed,
  type PasteFacts,
  type ReadDecision,
  type RevealDecision,
} from './policy';

// The rules of an instance without configuration.
vi.stubEnv('DATABASE_URL', 'postgres://localhost/none');
vi.stubEnv('AUTH_SECRET', 'x'.repeat(32));

const NOW = new Date('2026-11-21T12:00:00Z');
const OWNER = '01920000-0000-7000-8000-000000000001';
const OTHER = '01920000-0000-7000-8000-000000000002';
const KEY = 'a-key-of-22-characters';

const plain: PasteFacts = {
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

const PROOF_HASH = new Uint8Array(32).fill(1);
const WRONG_HASH = new Uint8Array(32).fill(2);
const SECRET = { isSecret: true, proofHash: PROOF_HASH };

const callers = {
  stranger: ANONYMOUS,
  member: signedInAs(OTHER),
  owner: signedInAs(OWNER),
  moderator: signedInAs(OTHER, 'moderator'),
  admin: signedInAs(OTHER, 'admin'),
  reader: signedInAs(OTHER),
  editor: { ...ANONYMOUS, shareIds: ['s'] },
} satisfies Record<string, Caller>;

const forReader = { ...plain, grant: { shareId: 's', role: 'reader' as const, isOpened: true } };
const forEditor = { ...plain, grant: { shareId: 's', role: 'editor' as const, isOpened: true } };
const met = { reader: forReader, editor: forEditor } as Partial<Record<keyof typeof callers, PasteFacts>>;

type Row = [name: string, paste: Partial<PasteFacts>, expected: Record<keyof typeof callers, ReadDecision[]>];

const everyone = (...decisions: ReadDecision[]) => ({
  stranger: decisions,
  member: decisions,
  owner: decisions,
  moderator: decisions,
  admin: decisions,
  reader: decisions,
  editor: decisions,
});
const FULL: ReadDecision[] = ['full', 'full', 'full'];
const ABSENT: ReadDecision[] = ['absent', 'absent', 'absent'];
const SHARED = { reader: FULL, editor: FULL };

// Decisions in the order page, metadata, bytes.
const table: Row[] = [
  ['public', { visibility: 'public' }, everyone(...FULL)],
  ['unlisted', {}, everyone(...FULL)],
  ['private', { visibility: 'private' }, { ...everyone(...ABSENT), ...SHARED, owner: FULL, admin: FULL }],
  ['burning', { burnAfter: 2, reads: 1 }, everyone('envelope', 'envelope', 'reveal_required')],
  ['secret', SECRET, everyone(...FULL)],
  ['secret and burning', { ...SECRET, burnAfter: 1 }, everyone('envelope', 'envelope', 'reveal_required')],
  [
    'secret and private',
    { ...SECRET, visibility: 'private' },
    { ...everyone(...ABSENT), ...SHARED, owner: FULL, admin: FULL },
  ],
  ['expired', { expiresAt: new Date(NOW.getTime() - 1) }, everyone(...ABSENT)],
  ['expiring at this instant', { expiresAt: NOW }, everyone(...ABSENT)],
  ['expiring in a millisecond', { expiresAt: new Date(NOW.getTime() + 1) }, everyone(...FULL)],
  ['burned', { burnAfter: 2, reads: 2 }, everyone(...ABSENT)],
  ['deleted', { deletedAt: NOW }, everyone(...ABSENT)],
  ['hidden', { hiddenAt: NOW }, { ...everyone(...ABSENT), owner: FULL, moderator: FULL, admin: FULL }],
  [
    'of a banned author',
    { isOwnerBanned: true },
    { ...everyone(...ABSENT), owner: FULL, moderator: FULL, admin: FULL },
  ],
  [
    'private, of a banned author',
    { isOwnerBanned: true, visibility: 'private' },
    { ...everyone(...ABSENT), ...SHARED, owner: FULL, admin: FULL },
  ],
  [
    'hidden and private',
    { hiddenAt: NOW, visibility: 'private' },
    { ...everyone(...ABSENT), owner: FULL, admin: FULL },
  ],
  [
    'deleted, private and hidden',
    { deletedAt: NOW, visibility: 'private', hiddenAt: NOW },
    everyone(...ABSENT),
  ],
];

describe('decideRead', () => {
  it.each(table)('%s', (_name, facts, expected) => {
    for (const [name, decisions] of Object.entries(expected)) {
      const who = name as keyof typeof callers;
      const paste = { ...plain, ...met[who], ...facts };
      const actual = (['page', 'metadata', 'bytes'] as const).map((surface) =>
        decideRead(callers[who], paste, { surface, now: NOW }),
      );
      expect(actual, who).toEqual(decisions);
    }
  });
});

describe('decideReveal', () => {
  const all = (decision: RevealDecision) => ({
    stranger: decision,
    member: decision,
    owner: decision,
    moderator: decision,
    admin: decision,
    reader: decision,
    editor: decision,
  });
  const once = { burnAfter: 1 };
  const strangers = { stranger: 'absent', member: 'absent' } as const;
  // First for a new nonce, then for one of the last minute.
  it.each<
    [
      string,
      Partial<PasteFacts>,
      Record<keyof typeof callers, RevealDecision>,
      Record<keyof typeof callers, RevealDecision>,
    ]
  >([
    ['that does not burn', {}, all('full'), all('full')],
    ['unread', once, all('counts'), all('counts')],
    ['burned', { ...once, reads: 1 }, all('absent'), all('counts')],
    [
      'private',
      { ...once, visibility: 'private' },
      { ...all('counts'), ...strangers, moderator: 'absent' },
      { ...all('counts'), ...strangers, moderator: 'absent' },
    ],
    [
      'hidden',
      { ...once, hiddenAt: NOW },
      { ...all('absent'), owner: 'counts', moderator: 'counts', admin: 'counts' },
      { ...all('absent'), owner: 'counts', moderator: 'counts', admin: 'counts' },
    ],
    ['expired', { ...once, expiresAt: NOW }, all('absent'), all('absent')],
    ['deleted', { ...once, deletedAt: NOW }, all('absent'), all('absent')],
    ['secret', { ...once, ...SECRET }, all('proof_required'), all('proof_required')],
    ['secret, burned', { ...once, ...SECRET, reads: 1 }, all('absent'), all('proof_required')],
    ['secret that does not burn', SECRET, all('proof_required'), all('proof_required')],
  ])('of a paste %s', (_name, facts, first, again) => {
    for (const [isRepeat, expected] of [
      [false, first],
      [true, again],
    ] as const) {
      for (const [name, decision] of Object.entries(expected)) {
        const who = name as keyof typeof callers;
        const paste = { ...plain, ...met[who], ...facts };
        expect(
          decideReveal(callers[who], paste, { now: NOW, isRepeat, proofHash: null }),
          `${who} ${isRepeat}`,
        ).toBe(decision);
      }
    }
  });
});

describe('decideReveal of a secret paste', () => {
  const burning = { ...plain, ...SECRET, burnAfter: 1 };
  const decide = (paste: PasteFacts, proofHash: Uint8Array | null, caller: Caller = ANONYMOUS) =>
    [false, true].map((isRepeat) => decideReveal(caller, paste, { now: NOW, isRepeat, proofHash }));

  it('counts a read for the right proof only', () => {
    expect(decide(burning, PROOF_HASH)).toEqual(['counts', 'counts']);
    for (const wrong of [null, WRONG_HASH, new Uint8Array(0), PROOF_HASH.subarray(1)]) {
      expect(decide(burning, wrong)).toEqual(['proof_required', 'proof_required']);
      expect(decide(burning, wrong, callers.owner)).toEqual(['proof_required', 'proof_required']);
    }
  });

  it('counts nothing if it does not burn', () => {
    expect(decide({ ...burning, burnAfter: null }, PROOF_HASH)).toEqual(['full', 'full']);
  });

  it('does not exist for those who may not read it, whatever their proof', () => {
    for (const facts of [{ visibility: 'private' }, { hiddenAt: NOW }, { expiresAt: NOW }] as const) {
      for (const proof of [PROOF_HASH, WRONG_HASH, null]) {
        expect(decide({ ...burning, ...facts }, proof)).toEqual(['absent', 'absent']);
      }
    }
    expect(decide({ ...burning, reads: 1 }, PROOF_HASH)).toEqual(['absent', 'counts']);
    expect(decide({ ...burning, visibility: 'private' }, PROOF_HASH, callers.owner)).toEqual([
      'counts',
      'counts',
    ]);
  });

  it('is never given where no proof was stored', () => {
    expect(decide({ ...burning, proofHash: null }, PROOF_HASH)).toEqual(['proof_required', 'proof_required']);
    expect(decide({ ...burning, proofHash: null }, null)).toEqual(['proof_required', 'proof_required']);
  });
});

describe('canReport', () => {
  it('is for those who know that the paste exists, and also of one that burns', () => {
    for (const facts of [{}, { burnAfter: 1 }, SECRET] as const) {
      expect(canReport(ANONYMOUS, { ...plain, ...facts }, NOW)).toBe(true);
    }
    for (const facts of [{ visibility: 'private' }, { hiddenAt: NOW }, { expiresAt: NOW }] as const) {
      expect(canReport(ANONYMOUS, { ...plain, ...facts }, NOW)).toBe(false);
    }
  });

  it('is neither for the author nor of a hidden paste', () => {
    expect(canReport(callers.owner, plain, NOW)).toBe(false);
    const held = { ...plain, ownerId: null, editKeyHash: hashEditKey(KEY) };
    expect(canReport({ ...ANONYMOUS, editKeyHash: hashEditKey(KEY) }, held, NOW)).toBe(false);
    expect(canReport({ ...ANONYMOUS, editKeyHash: hashEditKey('another') }, held, NOW)).toBe(true);
    expect(canReport(callers.moderator, { ...plain, hiddenAt: NOW }, NOW)).toBe(false);
  });
});

describe('decideReported', () => {
  const rows: [string, Partial<PasteFacts>, withoutKey: string, withKey: string][] = [
    ['unlisted', {}, 'text', 'text'],
    ['private', { visibility: 'private' }, 'text', 'text'],
    ['hidden', { hiddenAt: NOW }, 'text', 'text'],
    ['of a banned author', { isOwnerBanned: true }, 'text', 'text'],
    ['secret', SECRET, 'metadata', 'text'],
    ['burning', { burnAfter: 1 }, 'metadata', 'metadata'],
    ['burning, secret', { ...SECRET, burnAfter: 1 }, 'metadata', 'metadata'],
    ['burned', { burnAfter: 1, reads: 1 }, 'absent', 'absent'],
    ['expired', { expiresAt: NOW }, 'absent', 'absent'],
    ['deleted', { deletedAt: NOW }, 'absent', 'absent'],
  ];

  it.each(rows)('%s', (_name, facts, withoutKey, withKey) => {
    const paste = { ...plain, ...facts };
    for (const [name, caller] of Object.entries(callers)) {
      const mayLook = name === 'moderator' || name === 'admin';
      for (const [hasKey, decision] of [
        [false, withoutKey],
        [true, withKey],
      ] as const) {
        expect(decideReported(caller, paste, { now: NOW, hasKey }), name).toBe(mayLook ? decision : 'absent');
      }
    }
  });
});

describe('isListed', () => {
  const listed = (facts: Partial<PasteFacts>) => isListed({ ...plain, visibility: 'public', ...facts }, NOW);

  it('lists only available public pastes', () => {
    expect(listed({})).toBe(true);
    expect(listed({ isOwnerBanned: true })).toBe(false);
    expect(listed({ isOwnerNew: true })).toBe(false);
    expect(listed({ visibility: 'unlisted' })).toBe(false);
    expect(listed({ visibility: 'private' })).toBe(false);
    expect(listed({ hiddenAt: NOW })).toBe(false);
    expect(listed({ deletedAt: NOW })).toBe(false);
    expect(listed({ expiresAt: NOW })).toBe(false);
    expect(listed({ burnAfter: 1 })).toBe(false);
    expect(listed(SECRET)).toBe(false);
  });
});

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
