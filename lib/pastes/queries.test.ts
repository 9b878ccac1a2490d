import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addUser } from '@/test/test-people';
import { ANONYMOUS, signedIn } from '../../test/callers';
import { prisma } from '../core/prisma';
import { Prisma } from '../generated/prisma/client';
import { createPaste } from './create';
import { feedLanguages } from './feed-languages';
import { listPublicLanguages, listPublicPastes } from './list-queries';
import { decideRead, isListed, type PasteFacts } from './policy';
import { findPaste } from './queries';
import { readPaste } from './read';
import { pasteHaystack } from './search-text';
import { newSlug } from './slug';

useTestDatabase();

const NOW = new Date('2026-11-21T12:00:00Z');
const choices = {
  visibility: ['public', 'unlisted', 'private'],
  expiresAt: [null, new Date(NOW.getTime() - 1), NOW, new Date(NOW.getTime() + 1)],
  burning: [
    { burnAfter: null, reads: 0 },
    { burnAfter: 2, reads: 1 },
    { burnAfter: 2, reads: 2 },
  ],
  secret: [
    { encryption: null, proofHash: null },
    { encryption: { format: 'age-v1' }, proofHash: new Uint8Array(32).fill(7) },
  ],
  hiddenAt: [null, NOW],
  deletedAt: [null, NOW],
} as const;

/** Every combination of what a decision depends on. */
function everyPaste() {
  return choices.visibility.flatMap((visibility) =>
    choices.expiresAt.flatMap((expiresAt) =>
      choices.burning.flatMap((burning) =>
        choices.secret.flatMap((secret) =>
          choices.hiddenAt.flatMap((hiddenAt) =>
            choices.deletedAt.map((deletedAt) => ({
              slug: newSlug(),
              visibility,
              expiresAt,
              ...burning,
              ...secret,
              hiddenAt,
              deletedAt,
            })),
          ),
        ),
      ),
    ),
  );
}

const pastes = everyPaste();

function factsOf(paste: (typeof pastes)[number]): PasteFacts {
  return {
    ownerId: null,
    isOwnerBanned: false,
    isOwnerNew: false,
    editKeyHash: null,
    visibility: paste.visibility,
    expiresAt: paste.expiresAt,
    burnAfter: paste.burnAfter,
    reads: paste.reads,
    isSecret: paste.encryption !== null,
    proofHash: paste.proofHash && Buffer.from(paste.proofHash),
    hiddenAt: paste.hiddenAt,
    deletedAt: paste.deletedAt,
  };
}

describe('SQL and policy', () => {
  beforeAll(async () => {
    await prisma().paste.createMany({
      data: pastes.map((paste) => ({ ...paste, encryption: paste.encryption ?? Prisma.DbNull })),
    });
  });

  it(`agree on what is alive, for all ${pastes.length} kinds of paste`, async () => {
    for (const paste of pastes) {
      const facts = factsOf(paste);
      // An admin can read every paste that is alive.
      const alive =
        decideRead({ ...ANONYMOUS, role: 'admin' }, facts, { surface: 'page', now: NOW }) !== 'absent';
      const found = await findPaste(paste.slug, NOW);
      expect(found !== null, JSON.stringify(paste)).toBe(alive);
      if (found) expect(found).toMatchObject(facts);
    }
  });

  it('agree on what is listed', async () => {
    const page = await listPublicPastes({ limit: 100 }, NOW);
    const expected = pastes.filter((paste) => isListed(factsOf(paste), NOW)).map(({ slug }) => slug);
    expect(page.items.map(({ slug }) => slug).sort()).toEqual(expected.sort());
    expect(expected.length).toBeGreaterThan(0);
  });
});

describe('a banned author', () => {
  it('is in no list, no search, no choice of languages and at no link until the ban ends', async () => {
    const author = await addUser();
    const input = { title: 'By a banned author', visibility: 'public' as const };
    const files = [{ name: 'a.zig', language: 'cobol', content: 'x' }];
    const caller = signedIn(author);
    const { paste } = await createPaste({ ...input, files }, caller);
    const filter = { limit: 100, q: input.title };
    const at = () => new Date();
    const listed = async () => [
      (await listPublicPastes({ limit: 1 }, at())).items.some(({ slug }) => slug === paste.slug),
      (await listPublicPastes(filter, at())).items.length,
      (await listPublicPastes({ ...filter, ownerId: author.id }, at())).items.length,
      (await listPublicLanguages(at())).includes('cobol'),
    ];
    expect(await listed()).toEqual([true, 1, 1, true]);
    await prisma().user.update({ where: { id: author.id }, data: { bannedAt: new Date() } });
    expect(await listed()).toEqual([false, 0, 0, false]);
    const reading = readPaste(paste.slug, { caller: ANONYMOUS, surface: 'page' });
    await expect(reading).rejects.toMatchObject({ code: 'not_found' });
    await prisma().user.update({ where: { id: author.id }, data: { bannedAt: null } });
    expect(await listed()).toEqual([true, 1, 1, true]);
    expect((await readPaste(paste.slug, { caller: ANONYMOUS, surface: 'page' })).paste.id).toBe(paste.id);
  });
});

describe('listPublicPastes', () => {
  const made = Array.from({ length: 25 }, (_, n) => ({ slug: newSlug(), n }));

  beforeAll(async () => {
    await prisma().paste.deleteMany();
    for (const { slug, n } of made) {
      const title = n === 3 ? '100%_\\ sure' : `Paste ${n}`;
      const file = { name: `file-${n}.txt`, language: n % 2 ? 'rust' : 'text' };
      // Several share an instant, so that the order needs its second key.
      const createdAt = new Date(NOW.getTime() - Math.floor(n / 3) * 1000);
      await prisma().paste.create({
        data: {
          slug,
          title,
          visibility: 'public',
          createdAt,
          haystack: pasteHaystack(title, [file]),
          feedLanguages: {
            create: feedLanguages('public', [file]).map((language) => ({ language, createdAt })),
          },
          revisions: {
            create: {
              number: 1,
              files: {
                create: {
                  ...file,
                  position: 1,
                  bytes: 1,
                  lines: 1,
                  sha256: new Uint8Array(32),
                  blobKey: randomUUID(),
                },
              },
            },
          },
        },
      });
    }
  });

  it('pages through everything once, newest first', async () => {
    const seen: { slug: string; createdAt: Date }[] = [];
    let cursor: string | undefined;
    do {
      const page = await listPublicPastes({ limit: 4, cursor }, NOW);
      seen.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen.map(({ slug }) => slug).sort()).toEqual(made.map(({ slug }) => slug).sort());
    const times = seen.map(({ createdAt }) => createdAt.getTime());
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });

  it('filters by language and searches literally', async () => {
    expect((await listPublicPastes({ limit: 100, language: 'rust' }, NOW)).items).toHaveLength(12);
    expect((await listPublicPastes({ limit: 100, q: '%_\\' }, NOW)).items.map(({ title }) => title)).toEqual([
      '100%_\\ sure',
    ]);
    expect((await listPublicPastes({ limit: 100, q: 'FILE-7.' }, NOW)).items).toHaveLength(1);
    expect((await listPublicPastes({ limit: 100, q: 'file_7' }, NOW)).items).toHaveLength(0);
  });

  it('names the languages that occur, and none of a paste that is not listed', async () => {
    expect((await listPublicLanguages(NOW)).sort()).toEqual(['rust', 'text']);
    await prisma().paste.updateMany({
      where: { slug: { in: made.filter(({ n }) => n % 2).map(({ slug }) => slug) } },
      data: { hiddenAt: NOW },
    });
    expect(await listPublicLanguages(NOW)).toEqual(['text']);
  });

  it.each([
    'LTAwNTAwMC0wMS0wMVQwMDowMDowMFogMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw',
    'x',
    'bm90IGEgdGltZSBhbmQgaWQ',
    '\0',
    '💥',
    Buffer.from('2026-01-01T00:00:00Z x').toString('base64url'),
  ])('rejects the cursor %j', async (cursor) => {
    await expect(listPublicPastes({ limit: 4, cursor }, NOW)).rejects.toMatchObject({
      code: 'validation_failed',
    });
  });
});
