import { once } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addUser } from '@/test/test-people';
import { ANONYMOUS, signedIn } from '../../test/callers';
import type { Caller } from '../core/caller';
import { setClock } from '../core/clock';
import { disconnect, pool, turnPool } from '../core/db';
import { type Env, env } from '../core/env';
import { AppError } from '../core/errors';
import { prisma } from '../core/prisma';
import { MAX_PAYLOAD_BYTES } from '../encryption/limits';
import { maxPayloadBytes, paddedSize } from '../encryption/padding';
import { claimPaste } from './claim';
import { createPaste } from './create';
import { deletePaste } from './delete';
import { readUsage, withinQuota } from './quota';
import { createPasteSchema, updatePasteSchema } from './schema';
import { updatePaste } from './update';

useTestDatabase();

const KIB = 1024;
const MIB = 1024 * KIB;
const FREE = {
  MAX_PASTE_KB_ANONYMOUS: 4096,
  MAX_PASTE_KB_MEMBER: 4096,
  MAX_STORED_MB: undefined,
  MAX_STORED_MB_MEMBER: undefined,
  MAX_PASTES_MEMBER: undefined,
} satisfies Partial<Record<keyof Env, unknown>>;

beforeEach(() => limit({}));

function limit(variables: Partial<Record<keyof typeof FREE, number>>): void {
  Object.assign(env(), FREE, variables);
}

const create = (caller: Caller, content = 'a text') =>
  createPaste(createPasteSchema.parse({ content }), caller);
const newMember = async () => signedIn(await addUser());

/** The code of the error, with the message of its field; undefined for a success. */
async function faultOf(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(
    () => undefined,
    (error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      return [error.code, ...error.fields.map(({ message }) => message)].join(': ');
    },
  );
}

function countEach(outcomes: readonly (string | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) counts[outcome ?? 'stored'] = (counts[outcome ?? 'stored'] ?? 0) + 1;
  return counts;
}

const FULL = 'quota_exceeded: quota_pastes';

describe('the quota of a member', () => {
  it('is exact for 50 creates at once', async () => {
    limit({ MAX_PASTES_MEMBER: 7 });
    const [one, other] = [await newMember(), await newMember()];
    const creates = Array.from({ length: 50 }, (_, index) => faultOf(create(index % 2 === 0 ? one : other)));
    expect(countEach(await Promise.all(creates))).toEqual({ stored: 14, [FULL]: 36 });
    expect((await readUsage(one.user.id)).pastes).toBe(7);
    expect((await readUsage(other.user.id)).pastes).toBe(7);
  });

  it('has room again after a deletion, or when a paste has expired', async () => {
    limit({ MAX_PASTES_MEMBER: 2 });
    const me = await newMember();
    const { paste } = await create(me);
    await createPaste(createPasteSchema.parse({ content: 'short', expires_in: '1h' }), me);
    expect(await faultOf(create(me))).toBe(FULL);
    await deletePaste(paste.slug, me);
    expect(await faultOf(create(me))).toBeUndefined();
    expect(await faultOf(create(me))).toBe(FULL);
    const restore = setClock(() => new Date(Date.now() + 2 * 3_600_000));
    expect(await faultOf(create(me))).toBeUndefined();
    restore();
  });

  it('counts earlier revisions, and does not stop a change of the settings', async () => {
    limit({ MAX_STORED_MB_MEMBER: 1 });
    const me = await newMember();
    const { paste } = await create(me, 'x'.repeat(600 * KIB));
    const update = (fields: object) =>
      updatePaste(paste.slug, updatePasteSchema.parse(fields), { caller: me });
    expect(await faultOf(update({ content: 'y'.repeat(500 * KIB) }))).toBe('quota_exceeded: quota_bytes');
    expect(await faultOf(update({ content: 'y'.repeat(400 * KIB) }))).toBeUndefined();
    expect(await faultOf(update({ title: 'Renamed' }))).toBeUndefined();
    expect(await readUsage(me.user.id)).toEqual({ bytes: 1000 * KIB, pastes: 1 });
  });

  it('holds for a paste that is claimed, and for no paste without an owner', async () => {
    limit({ MAX_PASTES_MEMBER: 1 });
    const me = await newMember();
    await create(me);
    const { paste, editKey } = await create(ANONYMOUS);
    const claim = claimPaste({ slug: paste.slug, editKey: editKey ?? '' }, me);
    expect(await faultOf(claim)).toBe(FULL);
    expect(await faultOf(create(ANONYMOUS))).toBeUndefined();
  });
});

describe('the quota of all', () => {
  async function countBytes(): Promise<number> {
    return (await prisma().file.aggregate({ _sum: { bytes: true } }))._sum.bytes ?? 0;
  }

  it('is exact for 50 creates at once, and has room again once texts were removed', async () => {
    const used = Math.ceil((await countBytes()) / MIB);
    limit({ MAX_STORED_MB: used + 1 });
    await create(ANONYMOUS, 'x'.repeat(used * MIB - (await countBytes()) || 1));
    const creates = Array.from({ length: 50 }, () => faultOf(create(ANONYMOUS, 'x'.repeat(100 * KIB))));
    expect(countEach(await Promise.all(creates))).toEqual({ stored: 10, instance_full: 40 });
    expect(await countBytes()).toBe(used * MIB + 1000 * KIB);
    const [paste] = await prisma().paste.findMany({ orderBy: { id: 'desc' }, take: 1 });
    await prisma().paste.delete({ where: { id: paste?.id ?? '' } });
    const restore = setClock(() => new Date(Date.now() + 11_000));
    expect(await faultOf(create(ANONYMOUS, 'x'.repeat(100 * KIB)))).toBeUndefined();
    expect(await faultOf(create(ANONYMOUS, 'x'.repeat(100 * KIB)))).toBe('instance_full');
    restore();
  });

  it('counts again what was stored while the total could not be updated', async () => {
    const used = Math.ceil((await countBytes()) / MIB);
    limit({ MAX_STORED_MB: used + 2 });
    await create(ANONYMOUS);
    const client = await pool().connect();
    await client.query('begin');
    await client.query('select from stored_total for update');
    const before = await countBytes();
    await expect(create(ANONYMOUS, 'x'.repeat(MIB))).rejects.toThrow();
    await client.query('rollback');
    client.release();
    expect(await countBytes()).toBe(before + MIB);
    expect(await faultOf(create(ANONYMOUS, 'x'.repeat((used + 1) * MIB - before + 1)))).toBe('instance_full');
  });

  it('limits its turn also behind a pooler, which takes no limits with a connection', async () => {
    limit({ MAX_STORED_MB: 100_000 });
    const isPooled = env().DATABASE_POOLED;
    await disconnect();
    env().DATABASE_POOLED = true;
    const acquired = once(turnPool(), 'acquire');
    const limits = await withinQuota({ ownerId: null, bytes: 1, pastes: 1 }, async () => {
      const [client] = await acquired;
      const show = async (name: string) => (await client.query(`show ${name}`)).rows[0][name];
      return [await show('statement_timeout'), await show('idle_in_transaction_session_timeout')];
    });
    expect(limits).toEqual(['1200ms', '3s']);
    await disconnect();
    env().DATABASE_POOLED = isPooled;
  });

  it('leaves no body of a rejected paste to the store', async () => {
    limit({ MAX_STORED_MB: Math.ceil(((await countBytes()) + 1) / MIB) });
    expect(await faultOf(create(ANONYMOUS, 'x'.repeat(2 * MIB)))).toBe('instance_full');
    expect(await prisma().blobDeletion.count()).toBe(0);
  });
});

describe('the most text of a paste', () => {
  it.each([
    ['anonymous', 2 * KIB, undefined],
    ['anonymous', 2 * KIB + 1, 'too_large: text_over_cap_anonymous'],
    ['member', 3 * KIB, undefined],
    ['member', 3 * KIB + 1, 'too_large: text_over_cap_member'],
    ['member', 4 * MIB + 1, 'too_large: text_too_large'],
  ] as const)('%s, %i bytes: %s', async (who, size, expected) => {
    limit({ MAX_PASTE_KB_ANONYMOUS: 2, MAX_PASTE_KB_MEMBER: 3 });
    const caller = who === 'member' ? await newMember() : ANONYMOUS;
    expect(await faultOf(create(caller, 'x'.repeat(size)))).toBe(expected);
  });

  it('bounds the ciphertext of a secret paste, with room for its padding', async () => {
    const seal = (bytes: number) => paddedSize(bytes) + 16 * Math.ceil(bytes / (64 * KIB)) + 256;
    for (const kib of [1, 64, 1000, 4095])
      expect(maxPayloadBytes(kib * KIB)).toBeGreaterThan(seal(kib * KIB));
    expect(maxPayloadBytes(4 * MIB)).toBe(MAX_PAYLOAD_BYTES);
    expect(maxPayloadBytes(64 * KIB)).toBeLessThan(128 * KIB);
  });

  it('holds for a new revision', async () => {
    const me = await newMember();
    const { paste } = await create(me);
    limit({ MAX_PASTE_KB_MEMBER: 1 });
    const content = 'x'.repeat(KIB + 1);
    const change = updatePaste(paste.slug, updatePasteSchema.parse({ content }), { caller: me });
    expect(await faultOf(change)).toBe('too_large: text_over_cap_member');
  });
});
