import { afterEach, describe, expect, it, vi } from 'vitest';
import { codeOf } from '@/test/error-codes';
import { useTestClock } from '@/test/test-clock';
import { useTestDatabase } from '@/test/test-env';
import { addUser } from '@/test/test-people';
import { create, readsOf, reveal, revealAtLast, TEXT, TITLE, textsOrCodes } from '../../test/burning-pastes';
import { ANONYMOUS, signedIn } from '../../test/callers';
import { now } from '../core/clock';
import { pool } from '../core/db';
import { AppError } from '../core/errors';
import { prisma } from '../core/prisma';
import { createShareSchema } from '../sharing/schema';
import { revokeShare, sharePaste } from '../sharing/service';
import { blobStore } from '../storage/blob-store';
import { forgetBodies } from '../storage/body-cache';
import { deletePaste } from './delete';
import { hidePaste } from './hide';
import { newNonce } from './nonce';
import { nameReveal, readerOf, repeatReveal, revealPaste } from './reveal';
import { REPEAT_MS } from './schema';

useTestDatabase();

const testClock = useTestClock();

afterEach(() => {
  vi.restoreAllMocks();
});

/** Moves the clock this far ahead of its present time. */
function passTime(ms: number): void {
  const at = now().getTime() + ms;
  testClock.set(() => new Date(at));
}

describe('revealPaste', () => {
  it('gives a paste that is read once to exactly one of 100 readers, five times over', async () => {
    for (let round = 1; round <= 5; round += 1) {
      const { slug, paste } = await create();
      const outcomes = await textsOrCodes(Array.from({ length: 100 }, () => revealAtLast(slug)));
      expect(outcomes.filter((outcome) => outcome === TEXT)).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'not_found')).toHaveLength(99);
      expect(await readsOf(paste)).toBe(1);
    }
  });

  it('gives a paste that is read five times to exactly five, each with a number of its own', async () => {
    const { slug, paste } = await create({ burn_after: 5 });
    const reveals = Array.from({ length: 100 }, () => revealAtLast(slug));
    const outcomes = await textsOrCodes(reveals);
    expect(outcomes.filter((outcome) => outcome === TEXT)).toHaveLength(5);
    expect(outcomes.filter((outcome) => outcome === 'not_found')).toHaveLength(95);
    const settled = await Promise.allSettled(reveals);
    const numbers = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value.paste.reads] : []));
    expect(numbers.sort()).toEqual([1, 2, 3, 4, 5]);
    expect(await readsOf(paste)).toBe(5);
  });

  it('counts the same nonce once, one after the other and in parallel, and gives each the same', async () => {
    for (const burn_after of [1, 3]) {
      const { slug, paste } = await create({ burn_after });
      const nonce = newNonce();
      const parallel = await Promise.all(Array.from({ length: 20 }, () => reveal(slug, { nonce })));
      const again = await reveal(slug, { nonce });
      for (const one of [...parallel, again]) {
        expect(Buffer.concat(one.bodies).toString()).toBe(TEXT);
        expect(one.paste).toMatchObject({ title: TITLE, reads: 1 });
      }
      expect(parallel.filter(({ isRepeat }) => !isRepeat)).toHaveLength(1);
      expect(again.isRepeat).toBe(true);
      expect(await readsOf(paste)).toBe(1);
    }
  });

  it('repeats the number of the read, not that of later ones', async () => {
    const { slug } = await create({ burn_after: 3 });
    const nonce = newNonce();
    await reveal(slug, { nonce });
    await reveal(slug);
    expect((await reveal(slug, { nonce })).paste.reads).toBe(1);
  });

  it('ends the minute of a nonce, whatever is left of the paste', async () => {
    passTime(0);
    const [once, twice] = [await create(), await create({ burn_after: 2 })];
    const nonce = newNonce();
    for (const { slug } of [once, twice]) await reveal(slug, { nonce });
    passTime(REPEAT_MS - 1);
    for (const { slug } of [once, twice]) expect((await reveal(slug, { nonce })).isRepeat).toBe(true);
    passTime(1);
    expect(await codeOf(reveal(once.slug, { nonce }))).toBe('not_found');
    expect(await codeOf(reveal(twice.slug, { nonce }))).toBe('reveal_required');
    expect(await readsOf(twice.paste)).toBe(1);
    expect((await reveal(twice.slug)).paste.reads).toBe(2);
  });

  it('takes a nonce for its own reader and paste only', async () => {
    const nonce = newNonce();
    const [one, other] = [await create(), await create()];
    await reveal(one.slug, { nonce });
    const elsewhere = { ...ANONYMOUS, address: '198.51.100.1' };
    const member = signedIn(await addUser());
    for (const caller of [elsewhere, member]) {
      expect(await codeOf(reveal(one.slug, { nonce, caller }))).toBe('not_found');
    }
    expect(await codeOf(reveal(one.slug))).toBe('not_found');
    expect((await reveal(other.slug, { nonce })).isRepeat).toBe(false);
    // A browser keeps its cookie when its address changes.
    expect(readerOf(elsewhere, 'x')).toBe(readerOf(member, 'x'));
  });

  it.each(['', 'too-short', 'a'.repeat(129), 'with a space inside', 'буквы-не-из-ascii'])(
    'rejects the nonce %j',
    (nonce) => {
      expect(() => nameReveal(nonce, 'reader')).toThrow(AppError);
    },
  );

  it('finds no paste that is absent, expired, deleted, hidden or no longer shared, also for a repeat', async () => {
    expect(await codeOf(reveal('noSuchPaste1'))).toBe('not_found');
    expect(await codeOf(reveal('../etc'))).toBe('not_found');
    const owner = signedIn(await addUser());
    const moderator = signedIn(await addUser({ role: 'moderator' }));
    const reader = signedIn(await addUser());
    const nonce = newNonce();
    const [expired, deleted, hidden, unshared] = [
      await create({ burn_after: 2, expires_in: '10m' }),
      await create({ burn_after: 2 }),
      await create({ burn_after: 2 }, owner),
      await create({ burn_after: 2, visibility: 'private' }, owner),
    ];
    const input = createShareSchema.parse({ email: reader.user.email });
    const [share] = await sharePaste(unshared.slug, [input], { caller: owner });
    expect(await codeOf(reveal(unshared.slug))).toBe('not_found');
    const pastes = [expired, deleted, hidden, unshared];
    for (const { slug } of pastes) await reveal(slug, { nonce, caller: reader });
    await deletePaste(deleted.slug, deleted.author);
    await hidePaste(hidden.slug, 'x', moderator);
    await revokeShare(share?.id ?? '', owner.user.id);
    await prisma().paste.update({ where: { id: expired.paste.id }, data: { expiresAt: now() } });
    for (const { slug } of pastes) {
      expect(await codeOf(reveal(slug, { nonce, caller: reader }))).toBe('not_found');
      expect(await codeOf(reveal(slug, { caller: reader }))).toBe('not_found');
    }
    expect(await readsOf(hidden.paste)).toBe(1);
    expect(await readsOf(unshared.paste)).toBe(1);
  });

  it('counts nothing if the store fails before, and has the text if it recovers', async () => {
    const { slug, paste } = await create();
    forgetBodies(paste.files.map(({ key }) => key));
    const nonce = newNonce();
    const get = vi.spyOn(blobStore(), 'get').mockRejectedValue(new AppError('storage_unavailable'));
    expect(await codeOf(reveal(slug, { nonce }))).toBe('storage_unavailable');
    get.mockResolvedValue(new Uint8Array([1]));
    expect(await codeOf(reveal(slug, { nonce }))).toBe('storage_unavailable');
    get.mockRestore();
    expect(await readsOf(paste)).toBe(0);
    expect((await reveal(slug, { nonce })).isRepeat).toBe(false);
  });

  it('loses no text if the database fails before the read is counted, or the answer after it', async () => {
    const { slug, paste } = await create();
    const nonce = newNonce();
    const query = pool().query.bind(pool()) as (...args: unknown[]) => Promise<unknown>;
    const failing = (when: 'before' | 'after') =>
      vi.spyOn(pool(), 'query').mockImplementation((async (...args: unknown[]) => {
        if (!JSON.stringify(args[0]).includes('insert into reveals')) return query(...args);
        if (when === 'after') await query(...args);
        throw Object.assign(new Error('connection lost'), { code: 'ECONNRESET' });
      }) as never);
    for (const [when, reads] of [
      ['before', 0],
      ['after', 1],
    ] as const) {
      const spy = failing(when);
      await expect(reveal(slug, { nonce })).rejects.toThrow('connection lost');
      spy.mockRestore();
      expect(await readsOf(paste)).toBe(reads);
    }
    const { bodies, isRepeat } = await reveal(slug, { nonce });
    expect([Buffer.concat(bodies).toString(), isRepeat]).toEqual([TEXT, true]);
  });

  it('decides again if the paste is hidden while the bodies are read', async () => {
    const { slug, paste } = await create();
    const hide = () =>
      prisma().paste.update({
        where: { id: paste.id },
        data: { hiddenAt: now(), settingsVersion: { increment: 1 } },
      });
    const work = revealPaste(slug, {
      caller: ANONYMOUS,
      nonceHash: nameReveal(newNonce(), 'reader'),
      beforeReading: async () => void (await hide()),
    });
    expect(await codeOf(work)).toBe('not_found');
    expect(await readsOf(paste)).toBe(0);
  });

  it('gives a paste that does not burn, and counts nothing', async () => {
    const { slug, paste } = await create({ burn_after: null });
    expect((await reveal(slug)).isRepeat).toBe(false);
    expect(await readsOf(paste)).toBe(0);
    expect(await prisma().reveal.count({ where: { pasteId: paste.id } })).toBe(0);
  });
});

describe('repeatReveal', () => {
  it('only repeats', async () => {
    const { slug, paste } = await create({ burn_after: 2 });
    const nonceHash = nameReveal(newNonce(), 'reader');
    const options = { caller: ANONYMOUS, nonceHash };
    expect(await codeOf(repeatReveal(slug, options))).toBe('reveal_required');
    await revealPaste(slug, options);
    expect((await repeatReveal(slug, options)).bodies.map((body) => Buffer.from(body).toString())).toEqual([
      TEXT,
    ]);
    expect(await readsOf(paste)).toBe(1);
  });
});
