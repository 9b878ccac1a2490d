import { afterEach, describe, expect, it, vi } from 'vitest';
import { newSecret } from '@/e2e/support/secret';
import { codeOf } from '@/test/error-codes';
import { useTestClock } from '@/test/test-clock';
import { useTestDatabase } from '@/test/test-env';
import { addUser } from '@/test/test-people';
import { ANONYMOUS, signedIn } from '../../test/callers';
import { toAppError } from '../core/app-error';
import type { Caller } from '../core/caller';
import { now } from '../core/clock';
import { pool, prisma } from '../core/db';
import { AppError } from '../core/errors';
import { runSweep } from '../jobs/sweep';
import { createShareSchema } from '../sharing/schema';
import { revokeShare, sharePaste } from '../sharing/service';
import { blobStore } from '../storage/blob-store';
import { forgetBodies } from '../storage/body-cache';
import { dismissBurnRecord, findBurnRecord, listBurnRecords, listReads } from './burn-records';
import { createPaste, createSecretPaste } from './create';
import { deletePaste } from './delete';
import { hashEditKey } from './edit-key';
import { hidePaste } from './hide';
import type { PasteRecord } from './queries';
import { readPaste } from './read';
import { nameReveal, newNonce, readerOf, repeatReveal, revealPaste } from './reveal';
import { createPasteSchema, REPEAT_MS, updatePasteSchema } from './schema';
import { createSecretPasteSchema } from './secret-schema';
import { updatePaste } from './update';

useTestDatabase();

const TITLE = 'Title of a burning paste';
const NAME = 'name-of-a-burning-file.txt';
const TEXT = 'text of a burning paste\r\n';

const testClock = useTestClock();
afterEach(() => {
  vi.restoreAllMocks();
});

/** Moves the clock this far ahead of its present time. */
function passTime(ms: number): void {
  const at = now().getTime() + ms;
  testClock.set(() => new Date(at));
}

async function create(input: object = {}, caller: Caller = ANONYMOUS) {
  const files = [{ name: NAME, content: TEXT }];
  const parsed = createPasteSchema.parse({ title: TITLE, files, burn_after: 1, ...input });
  const { paste, editKey } = await createPaste(parsed, caller);
  const author = editKey === null ? caller : { ...ANONYMOUS, editKeyHash: hashEditKey(editKey) };
  return { paste, slug: paste.slug, author };
}

interface Reading {
  nonce?: string;
  caller?: Caller;
  proof?: unknown;
}

const reveal = (slug: string, { nonce = newNonce(), caller = ANONYMOUS, proof }: Reading = {}) =>
  revealPaste(slug, { caller, nonceHash: nameReveal(nonce, readerOf(caller)), proof });

/** As a client does that gets no connection on a busy machine: asks again with the same nonce. */
async function revealAtLast(
  slug: string,
  nonce = newNonce(),
  proof?: string,
): ReturnType<typeof revealPaste> {
  return reveal(slug, { nonce, proof }).catch((error: unknown) => {
    if (toAppError(error).code !== 'database_unavailable') throw error;
    return revealAtLast(slug, nonce, proof);
  });
}

/** What became of each of several reveals: the text, or the code of an error. */
function textsOrCodes(work: readonly Promise<{ bodies: Uint8Array[] }>[]): Promise<string[]> {
  return Promise.all(
    work.map((one) =>
      one.then(
        ({ bodies }) => Buffer.concat(bodies).toString(),
        (error: unknown) => toAppError(error).code,
      ),
    ),
  );
}

async function readsOf({ id }: PasteRecord): Promise<number> {
  return (await prisma().paste.findUniqueOrThrow({ where: { id }, select: { reads: true } })).reads;
}

const bodyOf = ({ files }: PasteRecord) => blobStore().get(files[0]?.key ?? '');

const sweep = () => runSweep({ now: now(), budgetMs: 10_000 });

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

describe('a secret paste that burns', () => {
  async function createSecret(burn_after = 1) {
    const secret = await newSecret();
    const input = { encryption: 'age-v1', payload: secret.payload, proof_hash: secret.proofHash, burn_after };
    const { paste } = await createSecretPaste(createSecretPasteSchema.parse(input), ANONYMOUS);
    return { ...secret, paste, slug: paste.slug };
  }

  /** Each from an address of its own, which is not limited. */
  const elsewhere = (index: number) => ({ ...ANONYMOUS, address: `198.51.100.${index}` });

  it('is given for its proof, with the ciphertext byte for byte', async () => {
    const { slug, proof, payload, paste } = await createSecret();
    const nonce = newNonce();
    const first = await reveal(slug, { nonce, proof });
    expect(first.bodies.map((body) => Buffer.from(body))).toEqual([Buffer.from(payload)]);
    expect(first.paste).toMatchObject({ title: '', files: [], reads: 1 });
    expect(await reveal(slug, { nonce, proof })).toMatchObject({ isRepeat: true, bodies: first.bodies });
    expect(await codeOf(reveal(slug, { nonce }))).toBe('proof_required');
    expect(await codeOf(reveal(slug, { proof }))).toBe('not_found');
    expect(await readsOf(paste)).toBe(1);
  });

  it('counts nothing without the proof, and reads no body', async () => {
    const [{ slug, proof, paste }, other] = [await createSecret(), await createSecret()];
    const get = vi.spyOn(blobStore(), 'get');
    forgetBodies(paste.stored.map(({ key }) => key));
    const wrong = [
      undefined,
      null,
      '',
      0,
      [proof],
      { proof },
      proof.slice(1),
      `${proof}0`,
      proof.toUpperCase(),
    ];
    for (const [index, sent] of [...wrong, other.proof, other.proofHash, paste.id].entries()) {
      const caller = elsewhere(index);
      expect(await codeOf(reveal(slug, { proof: sent, caller })), String(sent)).toBe('proof_required');
    }
    expect(get).not.toHaveBeenCalled();
    expect(await readsOf(paste)).toBe(0);
    expect(await prisma().reveal.count({ where: { pasteId: paste.id } })).toBe(0);
  });

  it('limits refusals of an address, and never the right proof', async () => {
    const { slug, proof } = await createSecret();
    const caller = { ...ANONYMOUS, address: '203.0.113.99' };
    const codes: string[] = [];
    for (let sent = 0; sent < 12; sent += 1) codes.push(await codeOf(reveal(slug, { proof: 'x', caller })));
    expect(codes).toEqual([...Array(10).fill('proof_required'), 'rate_limited', 'rate_limited']);
    expect((await reveal(slug, { proof, caller })).paste.reads).toBe(1);
  });

  it('is given to as many of 60 readers with the proof as its author allowed', async () => {
    for (const burnAfter of [1, 4]) {
      const { slug, proof, paste } = await createSecret(burnAfter);
      const reads = Array.from({ length: 60 }, () => revealAtLast(slug, newNonce(), proof));
      const outcomes = await textsOrCodes(reads);
      expect(outcomes.filter((outcome) => outcome.startsWith('age-encryption.org/v1'))).toHaveLength(
        burnAfter,
      );
      expect(outcomes.filter((outcome) => outcome === 'not_found')).toHaveLength(60 - burnAfter);
      expect(await readsOf(paste)).toBe(burnAfter);
    }
  });

  it('is not repeated by a nonce alone', async () => {
    const { slug, proof } = await createSecret();
    const nonce = newNonce();
    await reveal(slug, { nonce, proof });
    const options = { caller: ANONYMOUS, nonceHash: nameReveal(nonce, readerOf(ANONYMOUS)) };
    expect(await codeOf(repeatReveal(slug, options))).toBe('proof_required');
    expect(await repeatReveal(slug, { ...options, proof })).toMatchObject({ isRepeat: true });
  });

  it('leaves a plain paste as it is if a proof is sent for it', async () => {
    const { slug, paste } = await create();
    expect(await codeOf(reveal(slug, { proof: 'a'.repeat(64) }))).toBe('validation_failed');
    expect(await codeOf(reveal(slug, { proof: null }))).toBe('validation_failed');
    expect(await readsOf(paste)).toBe(0);
  });
});

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
