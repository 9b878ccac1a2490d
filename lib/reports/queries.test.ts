import { describe, expect, it } from 'vitest';
import { ANONYMOUS, signedIn } from '@/test/callers';
import { useTestDatabase } from '@/test/test-env';
import { addUser, holdMail, mailsTo } from '@/test/test-people';
import {
  addModerator,
  addPaste,
  auditOf,
  caseOf,
  codeOf,
  decide,
  queue,
  report,
  TEXT,
} from '@/test/test-reports';
import { prisma } from '../core/prisma';
import { sealPaste } from '../encryption/seal';
import { createSecretPaste } from '../pastes/create';
import { readPaste } from '../pastes/read';
import { createSecretPasteSchema } from '../pastes/secret-schema';
import { updatePaste } from '../pastes/update';
import { announceCases } from './announce';
import { getCase } from './queries';

useTestDatabase({ RATE_LIMIT_SCALE: '100000' });
holdMail();

describe('the queue', () => {
  it('has the newest and the most reported first, page by page', async () => {
    const moderator = await addModerator();
    await prisma().reportCase.deleteMany();
    const slugs: string[] = [];
    for (const times of [2, 3, 1]) {
      const { slug } = await addPaste();
      for (let n = 0; n < times; n += 1) await report(slug);
      slugs.unshift(slug);
    }
    const [third, second, first] = slugs;
    for (const [sort, order] of [
      ['newest', slugs],
      ['most', [second, first, third]],
    ] as const) {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof queue>> = await queue(moderator, {
          sort,
          limit: '1',
          ...(cursor ? { cursor } : {}),
        });
        seen.push(...page.items.map(({ slug }) => slug));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(seen).toEqual(order);
      expect(await codeOf(queue(moderator, { sort, cursor: 'x' }))).toBe('validation_failed cursor_unknown');
    }
  });

  it('shows a reported private paste, which a moderator may not read elsewhere', async () => {
    const [moderator, owner] = [await addModerator(), signedIn(await addUser())];
    const paste = await addPaste({ visibility: 'private' }, owner);
    await report(paste.slug, {}, await addModerator('admin'));
    const { id } = await caseOf(paste.id);
    expect((await getCase(id, moderator)).content.files[0]?.text).toBe(TEXT);
    await Promise.all([getCase(id, moderator), getCase(id, moderator)]);
    expect(await auditOf(paste.slug)).toEqual([['report_opened', {}]]);
    expect(await codeOf(readPaste(paste.slug, { caller: moderator, surface: 'page' }))).toBe('not_found');
    expect((await getCase(id, owner)).content).toEqual({ state: 'deleted', files: [], cut: false });
  });

  it('shows only the first 64 KiB', async () => {
    const moderator = await addModerator();
    const paste = await addPaste({
      content: undefined,
      files: [{ content: 'x'.repeat(65_000) }, { content: 'y'.repeat(2_000) }],
    });
    await report(paste.slug);
    const { content } = await getCase((await caseOf(paste.id)).id, moderator);
    expect(content.files.map(({ text }) => text.length)).toEqual([65_000, 65_536 - 65_000]);
    expect(content.cut).toBe(true);
  });

  it('never opens a burning paste, and tells no title of it', async () => {
    const moderator = await addModerator();
    const paste = await addPaste({ burn_after: 1, title: 'Quiet' });
    expect(await codeOf(report(paste.slug, { key: 'x' }))).toBe('validation_failed report_key_unused');
    await report(paste.slug);
    const detail = await getCase((await caseOf(paste.id)).id, moderator);
    expect(detail.content).toEqual({ state: 'burning', files: [], cut: false });
    expect(JSON.stringify(detail)).not.toMatch(/Quiet|long enough/);
    expect((await prisma().paste.findUniqueOrThrow({ where: { id: paste.id } })).reads).toBe(0);
  });

  it('tells nothing of the hash of a burning paste: it is compared with nothing, and cannot be blocked', async () => {
    const moderator = await addModerator();
    const content = `a guess at a text that burns ${Date.now()}`;
    const [burning, guess] = [await addPaste({ content, burn_after: 1 }), await addPaste({ content })];
    for (const { slug, id } of [burning, guess]) {
      await report(slug);
      expect((await getCase((await caseOf(id)).id, moderator)).similar).toEqual([]);
    }
    expect(await codeOf(decide(burning.id, { decision: 'dismiss', block_texts: true }, moderator))).toBe(
      'validation_failed nothing_to_block',
    );
  });

  it('marks reports that are older than the last edit', async () => {
    const [moderator, owner] = [await addModerator(), signedIn(await addUser())];
    const paste = await addPaste({}, owner);
    await report(paste.slug);
    await updatePaste(paste.slug, { text: { content: 'harmless', language: undefined } }, { caller: owner });
    await report(paste.slug);
    const { items, paste: shown } = await getCase((await caseOf(paste.id)).id, moderator);
    expect(items.map(({ edited_since }) => edited_since)).toEqual([false, true]);
    expect(shown?.revision).toBe(2);
  });

  it('opens a secret paste with a key that a reporter handed over, and forgets it with the decision', async () => {
    const moderator = await addModerator();
    const content = { title: '', files: [{ name: 'a.txt', language: null, content: Buffer.from(TEXT) }] };
    const {
      contentKey: key,
      payload,
      proofHash,
    } = await sealPaste(content, { intention: { expiresAt: null, burnAfter: null } });
    const input = { encryption: 'age-v1', payload, proof_hash: proofHash, visibility: 'unlisted' };
    const { paste } = await createSecretPaste(createSecretPasteSchema.parse(input), ANONYMOUS);
    expect(await codeOf(report(paste.slug, { key: 'not a key' }))).toBe('validation_failed report_key');
    await report(paste.slug);
    const { id } = await caseOf(paste.id);
    expect((await getCase(id, moderator)).content.state).toBe('no_key');
    expect(await auditOf(paste.slug)).toEqual([]);
    const { contentKey: otherKey } = await sealPaste(content, {
      intention: { expiresAt: null, burnAfter: null },
    });
    expect(await codeOf(report(paste.slug, { key: otherKey }))).toBe('validation_failed report_key_wrong');
    // An author who stored another hash cannot keep moderators from reading.
    await prisma().paste.update({ where: { id: paste.id }, data: { proofHash: Buffer.alloc(32) } });
    expect(await codeOf(report(paste.slug, { key: otherKey }))).toBe('validation_failed report_key_wrong');
    await report(paste.slug, { key: `https://paste.example/${paste.slug}#${key}&L3` });
    const { sealedKey } = await prisma().report.findFirstOrThrow({
      where: { caseId: id, sealedKey: { not: null } },
      orderBy: { createdAt: 'desc' },
    });
    expect(sealedKey).not.toContain(key);
    expect((await getCase(id, moderator)).content).toEqual({
      state: 'text',
      files: [{ name: 'a.txt', bytes: TEXT.length, text: TEXT }],
      cut: false,
    });
    expect(await auditOf(paste.slug)).toEqual([['report_opened', {}]]);
    await decide(paste.id, { decision: 'hide', reason: 'Phishing' }, moderator);
    expect(await prisma().report.count({ where: { caseId: id, sealedKey: { not: null } } })).toBe(0);
  });

  it('lists similar pastes that the moderator may see: the same text, and the same author', async () => {
    const [moderator, owner] = [await addModerator(), signedIn(await addUser())];
    const content = 'the same text in two places';
    const paste = await addPaste({ content }, owner);
    const copy = await addPaste({ content });
    const sibling = await addPaste({ content: 'another text', visibility: 'public' }, owner);
    await addPaste({ content: 'for those with the link', visibility: 'unlisted' }, owner);
    await addPaste({ content, visibility: 'private' }, owner);
    const former = await addPaste({ content }, owner);
    await updatePaste(former.slug, { text: { content: 'edited', language: undefined } }, { caller: owner });
    await report(paste.slug);
    const { similar } = await getCase((await caseOf(paste.id)).id, moderator);
    expect(similar).toMatchObject([
      { slug: copy.slug, same: 'text', owner: null },
      { slug: sibling.slug, same: 'author', owner: owner.user.username },
    ]);
  });
});

describe('emails to moderators', () => {
  it('are sent once an hour at most, and tell of what came in since', async () => {
    await prisma().reportCase.deleteMany();
    await prisma().jobCursor.deleteMany();
    const { user } = await addModerator();
    const start = new Date('2031-01-01T00:00:00Z').getTime();
    const at = (minutes: number) => new Date(start + minutes * 60_000);
    const told = async () => (await mailsTo(user.email)).length;
    const addCase = async (reportedAt: Date) => {
      const { id: pasteId, slug } = await addPaste();
      await prisma().paste.update({ where: { id: pasteId }, data: { expiresAt: null } });
      await prisma().reportCase.create({ data: { pasteId, slug, reportedAt } });
    };
    // Of a paste that is gone.
    await prisma().reportCase.create({
      data: { pasteId: crypto.randomUUID(), slug: 'Gone', reportedAt: at(0) },
    });
    expect(await announceCases(at(-60))).toBe(0);
    await addCase(at(0));
    await Promise.all([announceCases(at(0)), announceCases(at(0))]);
    expect(await told()).toBe(1);
    await addCase(at(1));
    await announceCases(at(59));
    expect(await told()).toBe(1);
    await announceCases(at(60));
    expect(await mailsTo(user.email)).toMatchObject([
      { template: 'new_reports', fresh: 1, open: 2 },
      { template: 'new_reports', fresh: 1, open: 1 },
    ]);
    await announceCases(at(200));
    expect(await told()).toBe(2);
  });
});
