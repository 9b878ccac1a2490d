import { describe, expect, it } from 'vitest';
import { ANONYMOUS, signedIn } from '@/test/callers';
import { useTestDatabase } from '@/test/test-env';
import { addUser, holdMail, mailsTo } from '@/test/test-people';
import { addModerator, addPaste, auditOf, caseOf, codeOf, decide, queue, report } from '@/test/test-reports';
import { updateUser } from '../admin/service';
import { listAudit } from '../audit/queries';
import { listAuditSchema } from '../audit/schema';
import { prisma } from '../core/prisma';
import { hidePaste } from '../pastes/hide';
import { readPaste } from '../pastes/read';
import { updatePaste } from '../pastes/update';
import { appealDecision, findAppealable } from './appeal';
import { hidePastes, showOne } from './hide';
import { decideCaseSchema } from './schema';

useTestDatabase({ RATE_LIMIT_SCALE: '100000' });
holdMail();

describe('a decision', () => {
  it('hides the paste, tells its owner and the reporters who asked, and closes the entry', async () => {
    const [moderator, owner] = [await addModerator(), signedIn(await addUser())];
    const paste = await addPaste({}, owner);
    const email = `${paste.slug.toLowerCase()}@example.com`;
    await report(paste.slug, { email });
    await decide(paste.id, { decision: 'hide', reason: 'An address' }, moderator);
    const { id } = await caseOf(paste.id);
    expect(await codeOf(readPaste(paste.slug, { caller: ANONYMOUS, surface: 'bytes' }))).toBe('not_found');
    expect(await mailsTo(owner.user.email)).toMatchObject([
      { template: 'paste_decided', outcome: 'hidden', reason: 'An address', appeal: id },
    ]);
    expect(await mailsTo(email)).toMatchObject([{ template: 'report_decided', outcome: 'removed' }]);
    expect(await prisma().report.findMany({ where: { caseId: id } })).toMatchObject([
      { sealedEmail: null, sealedKey: null, reporterHash: null },
    ]);
    expect(await codeOf(decide(paste.id, { decision: 'dismiss' }, moderator))).toBe('not_found');
  });

  it('is about the revision that the moderator saw, and bans no author otherwise', async () => {
    const [admin, owner] = [await addModerator('admin'), signedIn(await addUser())];
    const paste = await addPaste({}, owner);
    await report(paste.slug);
    expect(await codeOf(decide(paste.id, { decision: 'dismiss', revision: undefined }, admin))).toBe(
      'validation_failed revision_missing',
    );
    await updatePaste(paste.slug, { text: { content: 'harmless', language: undefined } }, { caller: owner });
    const choice = { decision: 'hide', reason: 'x', ban_author: true, revision: 1 };
    expect(await codeOf(decide(paste.id, choice, admin))).toBe('conflict');
    expect(await caseOf(paste.id)).toMatchObject({ isOpen: true });
    expect(await prisma().user.findUniqueOrThrow({ where: { id: owner.user.id } })).toMatchObject({
      bannedAt: null,
    });
  });

  it('of a moderator is not about their own paste; an admin may', async () => {
    for (const [role, outcome] of [
      ['moderator', 'validation_failed own_paste'],
      ['admin', 'null'],
    ] as const) {
      const caller = await addModerator(role);
      const paste = await addPaste({}, caller);
      await report(paste.slug);
      expect(await codeOf(decide(paste.id, { decision: 'dismiss' }, caller))).toBe(outcome);
    }
  });

  it('is mailed to the owner of now, who may appeal, also of a paste claimed after the report', async () => {
    const [moderator, owner] = [await addModerator(), signedIn(await addUser())];
    const paste = await addPaste();
    await report(paste.slug);
    await prisma().paste.update({ where: { id: paste.id }, data: { ownerId: owner.user.id } });
    await decide(paste.id, { decision: 'hide', reason: 'x' }, moderator);
    const { id } = await caseOf(paste.id);
    expect(await mailsTo(owner.user.email)).toMatchObject([{ outcome: 'hidden', appeal: id }]);
    expect(await findAppealable(id, owner)).toMatchObject({ decision: 'hidden' });
  });

  it('is taken once, by however many at a time', async () => {
    const paste = await addPaste();
    await report(paste.slug);
    const moderators = [await addModerator(), await addModerator(), await addModerator()];
    const outcomes = await Promise.all(
      moderators.map((moderator) => codeOf(decide(paste.id, { decision: 'dismiss' }, moderator))),
    );
    expect(outcomes.filter((outcome) => outcome === 'null')).toHaveLength(1);
  });

  it('begins a new round with the next report', async () => {
    const [moderator, paste] = [await addModerator(), await addPaste()];
    for (const reason of ['spam', 'malware']) {
      await report(paste.slug, { reason });
      await report(paste.slug, { reason });
      expect((await queue(moderator)).items.find(({ slug }) => slug === paste.slug)).toMatchObject({
        reports: 2,
        reasons: { [reason]: 2 },
      });
      await decide(paste.id, { decision: 'dismiss' }, moderator);
    }
  });

  it('needs a reason to hide or delete, an admin to delete or ban, and a text to block', async () => {
    const moderator = await addModerator();
    const small = await addPaste({ content: 'fifteen bytes !' });
    await report(small.slug);
    expect(decideCaseSchema.safeParse({ decision: 'hide' }).success).toBe(false);
    const rejected: [Record<string, unknown>, string][] = [
      [{ decision: 'delete', reason: 'x' }, 'admins_only'],
      [{ decision: 'dismiss', ban_author: true }, 'admins_only'],
      [{ decision: 'restore' }, 'not_hidden'],
      [{ decision: 'dismiss', block_texts: true }, 'nothing_to_block'],
    ];
    for (const [input, fault] of rejected) {
      expect(await codeOf(decide(small.id, input, moderator))).toBe(`validation_failed ${fault}`);
    }
    const admin = await addModerator('admin');
    expect(await codeOf(decide(small.id, { decision: 'dismiss', ban_author: true }, admin))).toBe(
      'validation_failed no_author',
    );
    expect(await caseOf(small.id)).toMatchObject({ isOpen: true });
  });

  it('of an admin deletes the paste, bans its author, and blocks its texts', async () => {
    const [admin, owner] = [await addModerator('admin'), signedIn(await addUser())];
    const content = 'a text that must not come back';
    const paste = await addPaste({ content, visibility: 'public' }, owner);
    const other = await addPaste({ content: 'the other public text', visibility: 'public' }, owner);
    await report(paste.slug);
    await decide(paste.id, { decision: 'delete', reason: 'x', block_texts: true, ban_author: true }, admin);
    expect(await prisma().paste.findUnique({ where: { id: paste.id } })).toBeNull();
    expect(await codeOf(readPaste(other.slug, { caller: ANONYMOUS, surface: 'page' }))).toBe('not_found');
    await updateUser(owner.user.id, { banned: false }, admin.user);
    expect((await readPaste(other.slug, { caller: ANONYMOUS, surface: 'page' })).paste.id).toBe(other.id);
    expect(await codeOf(addPaste({ content }))).toBe('validation_failed text_blocked');
    const acts = (await listAudit(listAuditSchema.parse({ limit: '4' }))).items;
    expect(acts.map(({ action, actor }) => [action, actor])).toEqual([
      ['user_unbanned', admin.user.username],
      ['hash_blocked', admin.user.username],
      ['paste_deleted', admin.user.username],
      ['user_banned', admin.user.username],
    ]);
    expect(acts.at(-1)).toMatchObject({ target_name: owner.user.username, details: { reason: 'x' } });
  });

  it('bans no author if another moderator is faster', async () => {
    const [admin, owner] = [await addModerator('admin'), signedIn(await addUser())];
    const paste = await addPaste({ visibility: 'public' }, owner);
    await report(paste.slug);
    const { id } = await caseOf(paste.id);
    let deciding = Promise.resolve('');
    const wait = { timeout: 20_000 };
    await prisma().$transaction(async (tx) => {
      await tx.reportCase.update({ where: { id }, data: { isOpen: false } });
      deciding = codeOf(decide(paste.id, { decision: 'hide', reason: 'x', ban_author: true }, admin));
      // It has found the case open, and waits for this transaction.
      const waiting = () => tx.$queryRaw`
        select pid from pg_locks where not granted and pg_backend_pid() = any (pg_blocking_pids(pid))`;
      await expect.poll(waiting, wait).toHaveLength(1);
    }, wait);
    expect(await deciding).toBe('conflict');
    expect(await prisma().user.findUniqueOrThrow({ where: { id: owner.user.id } })).toMatchObject({
      bannedAt: null,
    });
  });

  it('to dismiss is in the audit log with its reason', async () => {
    const [moderator, paste] = [await addModerator(), await addPaste()];
    await report(paste.slug);
    await decide(paste.id, { decision: 'dismiss', reason: 'A quotation' }, moderator);
    expect(await auditOf(paste.slug)).toEqual([
      ['report_dismissed', { about: 'reports', reason: 'A quotation' }],
    ]);
  });

  it('hides many at once, with their reports; the others are named', async () => {
    const moderator = await addModerator();
    const before = await addPaste();
    await hidePaste(before.slug, 'Malware', moderator);
    const own = await addPaste({}, moderator);
    await report(own.slug);
    const [reported, plain] = [await addPaste(), await addPaste()];
    const unseen = await addPaste({ visibility: 'private' }, signedIn(await addUser()));
    await report(reported.slug);
    const slugs = [own.slug, before.slug, reported.slug, plain.slug, unseen.slug, 'Absent1'];
    expect(await hidePastes(slugs, 'Spam', moderator)).toEqual({
      hidden: [reported.slug, plain.slug],
      already_hidden: [before.slug],
      not_found: [unseen.slug, 'Absent1'],
      failed: [own.slug],
    });
    expect(await prisma().paste.findUniqueOrThrow({ where: { id: before.id } })).toMatchObject({
      hiddenReason: 'Malware',
    });
    expect(await caseOf(reported.id)).toMatchObject({ isOpen: false, decision: 'hidden' });
  });
});

describe('an appeal', () => {
  it('of the owner, once, returns the entry to the queue, also of a deleted paste', async () => {
    const admin = await addModerator('admin');
    const owner = signedIn(await addUser());
    const stranger = signedIn(await addUser());
    for (const decision of ['hide', 'delete'] as const) {
      const paste = await addPaste({}, owner);
      await report(paste.slug);
      await decide(paste.id, { decision, reason: 'x' }, admin);
      const { id } = await caseOf(paste.id);
      expect(await findAppealable(id, stranger)).toBeNull();
      expect(await codeOf(appealDecision(id, 'Mine', stranger))).toBe('not_found');
      const both = [appealDecision(id, 'It is mine.', owner), appealDecision(id, 'It is mine.', owner)];
      expect((await Promise.all(both.map(codeOf))).sort()).toEqual(['not_found', 'null']);
      expect((await queue(admin)).items[0]).toMatchObject({ id, appeal: 'It is mine.' });
      await decide(paste.id, { decision: 'dismiss' }, admin);
      expect((await mailsTo(owner.user.email))[0]).toMatchObject({ outcome: 'upheld', appeal: null });
      expect(await codeOf(appealDecision(id, 'Again', owner))).toBe('not_found');
    }
  });

  it('can be granted: the paste is visible again', async () => {
    const [moderator, owner] = [await addModerator(), signedIn(await addUser())];
    const paste = await addPaste({}, owner);
    await report(paste.slug);
    await decide(paste.id, { decision: 'hide', reason: 'x' }, moderator);
    await appealDecision((await caseOf(paste.id)).id, 'It is mine.', owner);
    expect(await codeOf(decide(paste.id, { decision: 'hide', reason: 'x' }, moderator))).toBe(
      'validation_failed already_hidden',
    );
    await decide(paste.id, { decision: 'restore' }, moderator);
    await readPaste(paste.slug, { caller: ANONYMOUS, surface: 'page' });
    expect((await mailsTo(owner.user.email))[0]).toMatchObject({ outcome: 'restored' });
  });

  it('is granted by showing the paste again on its page', async () => {
    const [moderator, owner] = [await addModerator(), signedIn(await addUser())];
    const paste = await addPaste({}, owner);
    await report(paste.slug);
    await decide(paste.id, { decision: 'hide', reason: 'x' }, moderator);
    await appealDecision((await caseOf(paste.id)).id, 'It is mine.', owner);
    await showOne(paste.slug, moderator);
    expect(await caseOf(paste.id)).toMatchObject({ isOpen: false, decision: 'restored' });
    expect((await mailsTo(owner.user.email))[0]).toMatchObject({ outcome: 'restored' });
  });
});

describe('the audit log', () => {
  it('cannot be changed', async () => {
    const change = [
      prisma().$executeRaw`update audit_entries set action = 'x'`,
      prisma().$executeRaw`delete from audit_entries`,
      prisma().$executeRaw`truncate audit_entries`,
    ];
    for (const outcome of await Promise.allSettled(change)) {
      expect(String((outcome as PromiseRejectedResult).reason)).toContain('append-only');
    }
  });
});
