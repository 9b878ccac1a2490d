import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { codeOf } from '@/test/error-codes';
import { useTestClock } from '@/test/test-clock';
import { useTestDatabase } from '@/test/test-env';
import { addUser } from '@/test/test-people';
import { ANONYMOUS, signedIn, signedInAs } from '../../test/callers';
import type { Caller } from '../core/caller';
import { pool } from '../core/db';
import { prisma } from '../core/prisma';
import { blobStore } from '../storage/blob-store';
import { createPaste } from './create';
import { deletePaste } from './delete';
import { hashEditKey } from './edit-key';
import { findPaste } from './queries';
import { readFileText, readPaste } from './read';
import { type CreatePaste, createPasteSchema, MAX_TEXT_BYTES, updatePasteSchema } from './schema';
import { updatePaste } from './update';

useTestDatabase();

const testClock = useTestClock();

function holdClock(time: string): void {
  testClock.set(() => new Date(time));
}

const inputOf = (input: unknown): CreatePaste => createPasteSchema.parse(input);
const holderOf = (key: string | null): Caller => ({ ...ANONYMOUS, editKeyHash: hashEditKey(key ?? '') });

async function create(input: unknown = { content: 'some text\n' }) {
  const { paste, editKey } = await createPaste(inputOf(input), ANONYMOUS);
  return { paste, slug: paste.slug, holder: holderOf(editKey) };
}

async function blobKeys(): Promise<string[]> {
  const keys: string[] = [];
  for await (const blob of blobStore().list()) keys.push(blob.key);
  return keys;
}

describe('createPaste', () => {
  it('leaves no body behind if the account of its author was deleted', async () => {
    const user = await addUser();
    await prisma().user.delete({ where: { id: user.id } });
    const before = await blobKeys();
    await expect(createPaste(inputOf({ content: 'a' }), signedIn(user))).rejects.toThrow(
      'pastes_owner_id_fkey',
    );
    expect(await blobKeys()).toEqual(before);
  });

  it('returns what a read returns then, for every author, from one statement', async () => {
    const user = await addUser();
    const files = [
      { name: 'a.ts', content: 'let a;\n' },
      { name: 'б.txt', content: 'й\r\n' },
    ];
    for (const [input, caller] of [
      [{ files, title: 'Two', visibility: 'public', expires_in: '1d' }, ANONYMOUS],
      [{ files, title: '', visibility: 'private', slug: 'one-statement', burn_after: 3 }, signedIn(user)],
    ] as const) {
      const query = vi.spyOn(pool(), 'query');
      const { paste } = await createPaste(inputOf(input), caller);
      const writes = query.mock.calls.filter(([sent]) => JSON.stringify(sent).includes('insert into'));
      query.mockRestore();
      expect(writes).toHaveLength(1);
      expect(await findPaste(paste.slug, new Date())).toEqual(paste);
    }
  });

  it('stores every byte and returns the metadata', async () => {
    const texts = ['\ufeffBOM and CRLF\r\n', 'no newline at the end \u{1f4dc}', 'שלום עולם\n\n'];
    const { paste, slug } = await create({ title: 'Three', files: texts.map((content) => ({ content })) });
    expect(slug).toMatch(/^[1-9A-HJ-NP-Za-km-z]{12}$/);
    expect(await Promise.all(paste.files.map(readFileText))).toEqual(texts);
    expect(paste.files.map((file) => file.sha256)).toEqual(
      texts.map((text) => createHash('sha256').update(text).digest('hex')),
    );
    expect(paste.files.map((file) => file.bytes)).toEqual(texts.map((text) => Buffer.byteLength(text)));
  });

  it('gives a guest a week and an edit key, of which only the hash is stored', async () => {
    holdClock('2026-11-21T10:00:00Z');
    const { paste, editKey } = await createPaste(inputOf({ content: 'x' }), ANONYMOUS);
    expect(paste.expiresAt?.toISOString()).toBe('2026-11-28T10:00:00.000Z');
    expect(editKey).toMatch(/^[\w-]{22}$/);
    const row = await prisma().paste.findUniqueOrThrow({ where: { slug: paste.slug } });
    expect(JSON.stringify(row)).not.toContain(editKey);
  });

  it('takes the limit exactly and rejects one byte more, storing nothing', async () => {
    const before = await blobKeys();
    expect(await codeOf(create({ content: 'é'.repeat(MAX_TEXT_BYTES / 2).concat('a') }))).toBe('too_large');
    expect(await blobKeys()).toEqual(before);
    const { paste } = await create({ content: 'é'.repeat(MAX_TEXT_BYTES / 2) });
    expect(paste.files[0]?.bytes).toBe(MAX_TEXT_BYTES);
  });

  it('rejects what needs an account, and an expiry that is not ahead, storing nothing', async () => {
    holdClock('2026-11-21T10:00:00Z');
    const before = await prisma().paste.count();
    for (const extra of [
      { visibility: 'private' },
      { slug: 'mine' },
      { expires_at: '2026-11-21T10:00:00Z' },
      { expires_at: '2020-01-01T00:00:00Z' },
      { expires_at: '2127-01-01T00:00:00Z' },
    ]) {
      expect(await codeOf(create({ content: 'x', ...extra }))).toBe('validation_failed');
    }
    expect(await prisma().paste.count()).toBe(before);
  });

  it('creates 200 different slugs at once', async () => {
    const slugs = new Set<string>();
    // No more at once than the pool serves in the second that one may wait for it.
    for (let batch = 0; batch < 2; batch += 1) {
      const made = await Promise.all(Array.from({ length: 100 }, () => create()));
      for (const { slug } of made) slugs.add(slug);
    }
    expect(slugs.size).toBe(200);
  });

  it('warns of characters that reorder what is displayed', async () => {
    const { warnings } = await createPaste(inputOf({ content: 'if (a\u202e) {}' }), ANONYMOUS);
    expect(warnings).toEqual(['bidi_controls']);
  });
});

describe('createPaste in an unknown language', () => {
  it('saves plain text, and warns', async () => {
    const made = await createPaste(inputOf({ content: '#!/bin/sh\n', language: 'klingon' }), ANONYMOUS);
    expect(made.warnings).toEqual(['language_unknown']);
    expect(made.paste.files[0]?.language).toBe('text');
    const long = await createPaste(inputOf({ content: 'x', language: 'k'.repeat(100_000) }), ANONYMOUS);
    expect(long.warnings).toEqual(['language_unknown']);
  });

  it('guesses where the language is empty, and knows those without a grammar', async () => {
    const guessed = await createPaste(inputOf({ content: '#!/bin/sh\n', language: ' ' }), ANONYMOUS);
    expect([guessed.paste.files[0]?.language, guessed.warnings]).toEqual(['shell', []]);
    const known = await createPaste(inputOf({ content: 'x', language: 'Terraform' }), ANONYMOUS);
    expect([known.paste.files[0]?.language, known.warnings]).toEqual(['hcl', []]);
  });
});

describe('a chosen slug in another case', () => {
  const owner = (userId: string): Caller => signedInAs(userId);

  it('is found, and a random one is not', async () => {
    const { id } = await addUser();
    const chosen = `Mixed-Case-${Math.random().toString(36).slice(2, 8)}`;
    const input = inputOf({ content: 'x', slug: chosen.toLowerCase() });
    const { paste } = await createPaste(input, owner(id));
    for (const slug of [chosen, chosen.toUpperCase(), chosen.toLowerCase()]) {
      expect((await findPaste(slug, new Date()))?.id).toBe(paste.id);
    }
    const { slug: random } = await create();
    expect(await findPaste(random.toUpperCase(), new Date())).toBeNull();
  });

  it('is not found in place of a deleted random one', async () => {
    const { id } = await addUser();
    const gone = 'aBcDeFgHiJkM';
    await createPaste(inputOf({ content: 'trap', slug: gone.toLowerCase() }), owner(id));
    expect(await findPaste(gone, new Date())).toBeNull();
  });
});

describe('readPaste', () => {
  it('stops at the very instant of expiry', async () => {
    holdClock('2026-11-21T10:00:00Z');
    const { slug } = await create({ content: 'x', expires_in: 'PT5S' });
    const read = () => readPaste(slug, { caller: ANONYMOUS, surface: 'bytes' });
    holdClock('2026-11-21T10:00:04.999Z');
    expect((await read()).paste.slug).toBe(slug);
    holdClock('2026-11-21T10:00:05Z');
    expect(await codeOf(read())).toBe('not_found');
  });

  it('answers not_found for slugs that cannot be', async () => {
    for (const slug of ['', 'ab', '../etc', 'a'.repeat(65), 'a b', '%00', 'é', "a'--", 'x'.repeat(10_000)]) {
      expect(await codeOf(readPaste(slug, { caller: ANONYMOUS, surface: 'page' }))).toBe('not_found');
    }
  });

  it('never serves a damaged body', async () => {
    const { paste } = await create({ content: 'the true text' });
    const [file] = paste.files;
    if (!file) throw new Error('no file');
    const wrong = { ...file, sha256: '0'.repeat(64), key: file.key };
    expect(await codeOf(readFileText(wrong))).toBe('storage_unavailable');
  });
});

describe('updatePaste', () => {
  it('does not make a paste without an owner private, also for signed-in users', async () => {
    const { slug, holder } = await create();
    const signedIn = {
      ...signedInAs('00000000-0000-4000-8000-000000000001'),
      editKeyHash: holder.editKeyHash,
    };
    const work = updatePaste(slug, { visibility: 'private', files: undefined }, { caller: signedIn });
    expect(await codeOf(work)).toBe('validation_failed');
    expect((await readPaste(slug, { caller: ANONYMOUS, surface: 'page' })).paste.visibility).toBe('unlisted');
  });

  it('creates a new revision, keeps the old one, and counts settings separately', async () => {
    const { slug, holder } = await create();
    const first = await updatePaste(slug, { title: 'Named', files: undefined }, { caller: holder });
    expect(first.paste).toMatchObject({ revision: 1, settingsVersion: 2, title: 'Named' });
    const second = await updatePaste(slug, { files: [{ content: 'new' }] }, { caller: holder });
    expect(second.paste).toMatchObject({ revision: 2, settingsVersion: 2, title: 'Named' });
    expect(await Promise.all(second.paste.files.map(readFileText))).toEqual(['new']);
    expect(await prisma().revision.count({ where: { paste: { slug } } })).toBe(2);
  });

  it('answers 401 without a credential and 404 with a wrong one', async () => {
    const { slug } = await create();
    const change = { title: 'x', files: undefined };
    expect(await codeOf(updatePaste(slug, change, { caller: ANONYMOUS }))).toBe('unauthorized');
    expect(await codeOf(updatePaste(slug, change, { caller: holderOf('wrong') }))).toBe('not_found');
    expect(await codeOf(updatePaste('nothing-here', change, { caller: ANONYMOUS }))).toBe('unauthorized');
  });

  it('rejects a stale edit and changes nothing', async () => {
    const { slug, holder } = await create();
    await updatePaste(slug, { title: 'second', files: undefined }, { caller: holder });
    const stale = updatePaste(
      slug,
      { title: 'third', files: undefined },
      { caller: holder, ifMatch: '"1.1"' },
    );
    expect(await codeOf(stale)).toBe('stale');
    expect((await findPaste(slug, new Date()))?.title).toBe('second');
  });

  it('keeps every one of parallel edits as a revision', async () => {
    const { slug, holder } = await create();
    const edits = await Promise.allSettled(
      Array.from({ length: 4 }, (_, n) =>
        updatePaste(slug, { files: [{ content: `edit ${n}` }] }, { caller: holder }),
      ),
    );
    const saved = edits.filter((edit) => edit.status === 'fulfilled').length;
    expect(saved).toBeGreaterThan(0);
    const numbers = await prisma().revision.findMany({
      where: { paste: { slug } },
      orderBy: { number: 'asc' },
    });
    expect(numbers.map(({ number }) => number)).toEqual(Array.from({ length: saved + 1 }, (_, n) => n + 1));
  });
});

describe('updatePaste with `content`', () => {
  const update = (input: unknown) => updatePasteSchema.parse(input);
  const onePaste = () => create({ files: [{ name: 'main.rs', language: 'python', content: 'old\n' }] });

  it('changes the text of the only file, and neither its name nor its language', async () => {
    const { slug, holder } = await onePaste();
    const { paste } = await updatePaste(slug, update({ content: 'new\r\n' }), { caller: holder });
    expect(paste.files).toMatchObject([{ name: 'main.rs', language: 'python', bytes: 5 }]);
    expect(paste).toMatchObject({ revision: 2, settingsVersion: 1 });
    expect(await Promise.all(paste.files.map(readFileText))).toEqual(['new\r\n']);
    const earlier = await prisma().file.findMany({ where: { revision: { number: 1, paste: { slug } } } });
    expect(earlier).toMatchObject([{ name: 'main.rs', language: 'python', bytes: 4 }]);
  });

  it('changes the language too where one is given, and warns of an unknown one', async () => {
    const { slug, holder } = await onePaste();
    const change = (input: unknown) => updatePaste(slug, update(input), { caller: holder });
    const ruby = await change({ content: 'a', language: 'rb' });
    expect(ruby.paste.files).toMatchObject([{ name: 'main.rs', language: 'ruby' }]);
    const unknown = await change({ content: 'b', language: 'klingon' });
    expect(unknown.warnings).toEqual(['language_unknown']);
    expect(unknown.paste.files).toMatchObject([{ name: 'main.rs', language: 'text' }]);
  });

  it('is rejected where there are several files, and stores nothing', async () => {
    const { slug, holder } = await create({ files: [{ content: 'a' }, { content: 'b' }] });
    const before = await blobKeys();
    const work = updatePaste(slug, update({ content: 'c' }), { caller: holder });
    expect(await codeOf(work)).toBe('validation_failed');
    expect(await blobKeys()).toEqual(before);
    expect((await findPaste(slug, new Date()))?.revision).toBe(1);
  });

  it('respects If-Match', async () => {
    const { slug, holder } = await onePaste();
    const change = (content: string, ifMatch: string) =>
      updatePaste(slug, update({ content }), { caller: holder, ifMatch });
    expect((await change('a', '"1.1"')).paste.revision).toBe(2);
    expect(await codeOf(change('b', '"1.1"'))).toBe('stale');
  });

  it('keeps the name that a simultaneous edit gives, whichever comes first', async () => {
    const { slug, holder } = await onePaste();
    const rename = { files: [{ name: 'renamed.rs', content: 'renamed' }] };
    await Promise.all([
      updatePaste(slug, update({ content: 'text' }), { caller: holder }),
      updatePaste(slug, rename, { caller: holder }),
    ]);
    const paste = await findPaste(slug, new Date());
    expect(paste).toMatchObject({ revision: 3, files: [{ name: 'renamed.rs' }] });
  });
});

describe('deletePaste', () => {
  it('removes the row and every body of every revision', async () => {
    const { slug, holder, paste } = await create();
    const { paste: updated } = await updatePaste(slug, { files: [{ content: 'two' }] }, { caller: holder });
    await deletePaste(slug, holder);
    const keys = await blobKeys();
    for (const file of [...paste.files, ...updated.files]) expect(keys).not.toContain(file.key);
    expect(await prisma().paste.count({ where: { slug } })).toBe(0);
    expect(await codeOf(deletePaste(slug, holder))).toBe('not_found');
  });

  it('leaves it alone without the key', async () => {
    const { slug } = await create();
    expect(await codeOf(deletePaste(slug, ANONYMOUS))).toBe('unauthorized');
    expect(await codeOf(deletePaste(slug, holderOf('wrong')))).toBe('not_found');
    expect(await findPaste(slug, new Date())).not.toBeNull();
  });
});

it('puts no text into any table but the two lines that lists show', async () => {
  const marker = `marker-${Math.random().toString(36).slice(2)}`;
  await create({ content: `one\ntwo\nbefore ${marker} after` });
  await create({ content: `${'x'.repeat(200)} ${marker}` });
  await create({ files: [{ content: 'first' }, { content: marker }] });
  await create({ content: marker, burn_after: 2 });
  const { rows } = await pool().query<{ name: string }>(
    "select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public'",
  );
  for (const { name } of rows) {
    const found = await pool().query(`select 1 from ${name} t where t::text like $1`, [`%${marker}%`]);
    expect(found.rowCount, name).toBe(0);
  }
});
