import { describe, expect, it, vi } from 'vitest';
import { ANONYMOUS } from '../../test/callers';
import { callers, KEY, met, NOW, PROOF_HASH, plain, SECRET } from '../../test/paste-facts';
import type { Caller } from '../core/caller';
import { hashEditKey } from './edit-key';
import {
  canReport,
  decideRead,
  decideReported,
  decideReveal,
  isListed,
  type PasteFacts,
  type ReadDecision,
  type RevealDecision,
} from './policy';

// The rules of an instance without configuration.
vi.stubEnv('DATABASE_URL', 'postgres://localhost/none');
vi.stubEnv('AUTH_SECRET', 'x'.repeat(32));

const WRONG_HASH = new Uint8Array(32).fill(2);
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
