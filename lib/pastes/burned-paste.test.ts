import { afterEach, describe, expect, it, vi } from 'vitest';
import { codeOf } from '@/test/error-codes';
import { useTestClock } from '@/test/test-clock';
import { useTestDatabase } from '@/test/test-env';
import { addUser } from '@/test/test-people';
import { create, NAME, reveal, TEXT, TITLE } from '../../test/burning-pastes';
import { ANONYMOUS, signedIn } from '../../test/callers';
import type { Caller } from '../core/caller';
import { now } from '../core/clock';
import { prisma } from '../core/prisma';
import { runSweep } from '../jobs/sweep';
import { blobStore } from '../storage/blob-store';
import { dismissBurnRecord, findBurnRecord, listBurnRecords, listReads } from './burn-records';
import { newNonce } from './nonce';
import type { PasteRecord } from './queries';
import { readPaste } from './read';
import { REPEAT_MS, updatePasteSchema } from './schema';
import { updatePaste } from './update';

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

const bodyOf = ({ files }: PasteRecord) => blobStore().get(files[0]?.key ?? '');
const sweep = () => runSweep({ now: now(), budgetMs: 10_000 });

describe('a burned paste', () => {
  it('is gone for every read, keeps its body for the minute, and leaves nothing in store and tables', async () => {
    await prisma().paste.deleteMany();
    const { slug, paste, author } = await create({}, signedIn(await addUser()));
    const nonce = newNonce();
    await reveal(slug, { nonce });
    for (const surface of ['page', 'metadata', 'bytes'] as const) {
      expect(await codeOf(readPaste(slug, { caller: author, surface }))).toBe('not_found');
    }
    await sweep();
    expect((await reveal(slug, { nonce })).isRepeat).toBe(true);
    passTime(REPEAT_MS);
    await sweep();
    expect(await bodyOf(paste)).toBeNull();
    expect(await prisma().blobDeletion.count()).toBe(0);
    const tables = await prisma().$queryRaw<{ name: string }[]>`
      select table_name as name from information_schema.tables where table_schema = 'public'`;
    expect(tables.length).toBeGreaterThan(20);
    for (const { name } of tables) {
      const rows = await prisma().$queryRawUnsafe<{ text: string }[]>(
        `select t::text as text from "${name}" t`,
      );
      for (const { text } of rows) {
        for (const told of [TITLE, TITLE.toLowerCase(), NAME, TEXT]) expect(text, name).not.toContain(told);
      }
    }
  });

  it('is removed without a sweep when the minute is over', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const { slug, paste } = await create();
    await reveal(slug);
    passTime(REPEAT_MS);
    vi.runOnlyPendingTimers();
    vi.useRealTimers();
    await vi.waitFor(async () => expect(await prisma().paste.count({ where: { slug } })).toBe(0), 10_000);
    expect(await bodyOf(paste)).toBeNull();
  });

  it('tells its author when it was read, for 30 days or until they dismiss it', async () => {
    const owner = signedIn(await addUser());
    const [owned, keyed, later] = [
      await create({ burn_after: 2 }, owner),
      await create(),
      await create({}, owner),
    ];
    const stranger = signedIn(await addUser());
    passTime(0);
    await reveal(owned.slug);
    expect(await listReads(owned.paste.id)).toEqual([now()]);
    expect(await findBurnRecord(owned.slug, owner)).toBeNull();
    const first = now();
    passTime(5_000);
    for (const { slug } of [owned, keyed, later]) await reveal(slug);
    const readAt = [first, now()];
    for (let step = 1; step <= 2; step += 1) {
      expect(await findBurnRecord(owned.slug, owner)).toEqual({
        id: owned.paste.id,
        slug: owned.slug,
        readAt,
      });
      expect(await findBurnRecord(keyed.slug, keyed.author)).toMatchObject({ readAt: [now()] });
      for (const caller of [ANONYMOUS, stranger, keyed.author]) {
        expect(await findBurnRecord(owned.slug, caller)).toBeNull();
        expect(await codeOf(dismissBurnRecord(owned.paste.id, caller))).toBe('not_found');
      }
      const clock = now();
      if (step === 1) {
        testClock.set(() => new Date(clock.getTime() + REPEAT_MS));
        await sweep();
        testClock.set(() => clock);
      }
    }
    await dismissBurnRecord(owned.paste.id, owner);
    expect(await findBurnRecord(owned.slug, owner)).toBeNull();
    expect((await listBurnRecords(owner.user.id)).map(({ slug }) => slug)).toEqual([later.slug]);
    passTime(31 * 86_400_000);
    await sweep();
    expect(await prisma().burnRecord.count()).toBe(0);
  });
});

describe('a change of a burning paste', () => {
  const change = (slug: string, caller: Caller, input: unknown) =>
    updatePaste(slug, updatePasteSchema.parse(input), { caller });

  it('may only shorten its lifetime', async () => {
    const { slug, author } = await create({ expires_in: '1d' });
    for (const input of [
      { title: 'x' },
      { visibility: 'public' },
      { content: 'x' },
      { files: [{ content: 'x' }] },
      { expires_in: '2w' },
      { expires_in: 'never' },
      { expires_at: null },
      { expires_in: '1h', title: 'x' },
    ]) {
      expect(await codeOf(change(slug, author, input)), JSON.stringify(input)).toBe('validation_failed');
    }
    const { paste } = await change(slug, author, { expires_in: '1h' });
    expect(paste).toMatchObject({ revision: 1, settingsVersion: 2, title: TITLE });
    expect(await codeOf(change(slug, author, { expires_in: '1d' }))).toBe('validation_failed');
    expect(await codeOf(change(slug, ANONYMOUS, { expires_in: '10m' }))).toBe('unauthorized');
  });

  it('may give one that never expires a lifetime', async () => {
    const { slug, author } = await create({ expires_in: 'never' });
    expect((await change(slug, author, { expires_in: '1y' })).paste.expiresAt).not.toBeNull();
  });
});
