import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { signedIn } from '@/test/callers';
import { useTestDatabase } from '@/test/test-env';
import { addUser, holdMail } from '@/test/test-people';
import { addModerator, addPaste, codeOf, countBodies, decide, report } from '@/test/test-reports';
import { pool } from '../core/db';
import { prisma } from '../core/prisma';
import { updatePaste } from '../pastes/update';
import { listBlockedHashes, unblockHash } from './blocked';

useTestDatabase({ RATE_LIMIT_SCALE: '100000' });
holdMail();

describe('a blocked text', () => {
  it('is refused in each create and edit, reserves no slug and leaves no body, until it is unblocked', async () => {
    const [moderator, owner] = [await addModerator(), signedIn(await addUser())];
    const content = `a text to be blocked ${Date.now()}`;
    const paste = await addPaste({ content });
    const editable = await addPaste({ content: 'before' }, owner);
    await report(paste.slug);
    await decide(paste.id, { decision: 'hide', reason: 'x', block_texts: true }, moderator);
    const before = await countBodies();
    const fault = 'validation_failed text_blocked';
    const slug = `blocked-${Date.now()}`;
    expect(
      await codeOf(addPaste({ content: undefined, files: [{ content: 'x' }, { content }], slug }, owner)),
    ).toBe(fault);
    expect(
      await codeOf(updatePaste(editable.slug, { text: { content, language: undefined } }, { caller: owner })),
    ).toBe(fault);
    expect(await prisma().chosenSlug.findUnique({ where: { slug } })).toBeNull();
    expect(await countBodies()).toBe(before);
    expect((await prisma().paste.findUniqueOrThrow({ where: { id: editable.id } })).revision).toBe(1);
    const { items } = await listBlockedHashes({ limit: 1 });
    expect(items).toMatchObject([{ sha256: paste.files[0]?.sha256, reason: 'x' }]);
    await unblockHash(items[0]?.sha256.toUpperCase() ?? '', moderator);
    expect(await codeOf(unblockHash(items[0]?.sha256 ?? '', moderator))).toBe('not_found');
    await addPaste({ content });
  });
});

describe('an edit during a decision', () => {
  it('does not save the text that the decision blocks', async () => {
    const owner = signedIn(await addUser());
    const content = `blocked while it is saved ${Date.now()}`;
    const paste = await addPaste({ content: 'before' }, owner);
    const sha256 = createHash('sha256').update(content).digest();
    const decision = await pool().connect();
    try {
      await decision.query('begin');
      await decision.query('select 1 from pastes where id = $1 for update', [paste.id]);
      const edit = codeOf(
        updatePaste(paste.slug, { text: { content, language: undefined } }, { caller: owner }),
      );
      await vi.waitFor(async () => {
        const { rows } = await pool().query(
          "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%pastes%'",
        );
        expect(rows).not.toEqual([]);
      });
      await decision.query('insert into blocked_hashes (sha256, reason, blocked_at) values ($1, $2, now())', [
        sha256,
        'x',
      ]);
      await decision.query('commit');
      expect(await edit).toBe('validation_failed text_blocked');
    } finally {
      decision.release();
    }
  });
});
