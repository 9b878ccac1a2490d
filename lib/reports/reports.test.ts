import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import { ANONYMOUS, signedIn } from '@/test/callers';
import { useTestDatabase } from '@/test/test-env';
import { addUser, holdMail, mailsTo } from '@/test/test-people';
import { updateUser } from '../admin/service';
import { listAudit } from '../audit/queries';
import { listAuditSchema } from '../audit/schema';
import type { Caller, Member } from '../core/caller';
import { pool, prisma } from '../core/db';
import { env } from '../core/env';
import { AppError } from '../core/errors';
import { sealPaste } from '../encryption/seal';
import { EXPIRIES } from '../jobs/expire-rows';
import { createPaste, createSecretPaste } from '../pastes/create';
import { hidePaste } from '../pastes/hide';
import { readPaste } from '../pastes/read';
import { createPasteSchema } from '../pastes/schema';
import { createSecretPasteSchema } from '../pastes/secret-schema';
import { updatePaste } from '../pastes/update';
import { announceCases } from './announce';
import { appealDecision, findAppealable } from './appeal';
import { listBlockedHashes, unblockHash } from './blocked';
import { decideCase } from './decide';
import { hidePastes, showOne } from './hide';
import { getCase, listCases } from './queries';
import { reportPaste } from './report';
import { createReportSchema, decideCaseSchema, listCasesSchema } from './schema';

useTestDatabase({ RATE_LIMIT_SCALE: '100000' });
holdMail();

const TEXT = 'a text that is reported, long enough to be blocked';
const LOCALE = 'en' as const;
let lastAddress = 0;

/** A caller from an address of their own. */
function passerBy(): Caller {
  lastAddress += 1;
  return { ...ANONYMOUS, address: `198.51.${lastAddress >> 8}.${lastAddress & 255}` };
}

const addModerator = async (role: 'moderator' | 'admin' = 'moderator') => signedIn(await addUser({ role }));

async function addPaste(settings: Record<string, unknown> = {}, caller: Caller = ANONYMOUS) {
  const { paste } = await createPaste(createPasteSchema.parse({ content: TEXT, ...settings }), caller);
  return paste;
}

function report(slug: string, fields: Record<string, unknown> = {}, caller = passerBy()) {
  return reportPaste(slug, createReportSchema.parse({ reason: 'spam', ...fields }), {
    caller,
    locale: LOCALE,
  });
}

async function caseOf(pasteId: string) {
  return prisma().reportCase.findUniqueOrThrow({ where: { pasteId } });
}

async function decide(pasteId: string, input: Record<string, unknown>, caller: Member) {
  const { id } = await caseOf(pasteId);
  const paste = await prisma().paste.findUnique({ where: { id: pasteId }, select: { revision: true } });
  await decideCase(id, decideCaseSchema.parse({ ...paste, ...input }), caller);
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof AppError ? `${error.code} ${error.fields[0]?.message ?? ''}`.trim() : String(error);
}

/** Actions and details, the oldest first. */
async function auditOf(target: string): Promise<[string, unknown][]> {
  const entries = await prisma().auditEntry.findMany({ where: { target }, orderBy: { id: 'asc' } });
  return entries.map(({ action, details }) => [action, details]);
}

async function countBodies(): Promise<number> {
  const entries = await readdir(env().BLOB_DIR, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

const queue = (caller: Caller, filter: Record<string, string> = {}) =>
  listCases(listCasesSchema.parse({ limit: '100', ...filter }), caller);

describe('a report', () => {
  it('makes one entry of the queue, with the number of addresses it came from', async () => {
    const [moderator, paste] = [await addModerator(), await addPaste({ title: 'Reported' })];
    const caller = passerBy();
    await report(paste.slug, { reason: 'malware', details: 'first' }, caller);
    await report(paste.slug, { reason: 'illegal', details: 'second' }, caller);
    await Promise.all(Array.from({ length: 10 }, () => report(paste.slug)));
    const entry = (await queue(moderator)).items.find(({ slug }) => slug === paste.slug);
    expect(entry).toMatchObject({
      reports: 11,
      reasons: { illegal: 1, spam: 10 },
      paste: { title: 'Reported' },
    });
    const detail = await getCase(entry?.id ?? '', moderator);
    expect(detail.items).toHaveLength(11);
    expect(detail.items.map(({ details }) => details)).toContain('second');
    expect(detail.content).toEqual({
      state: 'text',
      files: [{ name: '', bytes: TEXT.length, text: TEXT }],
      cut: false,
    });
  });

  it('is counted only, once a hundred are kept', async () => {
    const paste = await addPaste();
    await report(paste.slug);
    await prisma().reportCase.update({ where: { pasteId: paste.id }, data: { reports: 100 } });
    await report(paste.slug, { details: 'one too many' });
    const { id, reports } = await caseOf(paste.id);
    expect(reports).toBe(101);
    expect(await prisma().report.count({ where: { caseId: id } })).toBe(1);
    const again = passerBy();
    await report(paste.slug, {}, again);
    expect((await caseOf(paste.id)).reports).toBe(102);
  });

  it('again from a kept address is not counted, also after a hundred', async () => {
    const [paste, caller] = [await addPaste(), passerBy()];
    await report(paste.slug, {}, caller);
    await prisma().reportCase.update({ where: { pasteId: paste.id }, data: { reports: 100 } });
    await report(paste.slug, { details: 'more' }, caller);
    expect((await caseOf(paste.id)).reports).toBe(100);
    expect(await prisma().report.findMany({ where: { reportCase: { pasteId: paste.id } } })).toMatchObject([
      { details: 'more' },
    ]);
  });

  it('from the same address keeps the email of the first, unless it has another', async () => {
    const [moderator, paste, caller] = [await addModerator(), await addPaste(), passerBy()];
    const email = `${paste.slug.toLowerCase()}@example.com`;
    await report(paste.slug, { email }, caller);
    await report(paste.slug, { details: 'more' }, caller);
    await decide(paste.id, { decision: 'dismiss' }, moderator);
    expect(await mailsTo(email)).toMatchObject([{ template: 'report_decided', outcome: 'dismissed' }]);
  });

  it('is of no use to the author, who cannot reopen a case and delete its reports', async () => {
    const [moderator, owner] = [await addModerator(), signedIn(await addUser())];
    const paste = await addPaste({}, owner);
    await report(paste.slug, { details: 'evidence' });
    await decide(paste.id, { decision: 'hide', reason: 'x' }, moderator);
    for (const caller of [owner, moderator, passerBy()]) {
      expect(await codeOf(report(paste.slug, {}, caller))).toBe('not_found');
    }
    await appealDecision((await caseOf(paste.id)).id, 'It is mine.', owner);
    // Shown in between, without a decision about the appeal.
    await prisma().paste.update({ where: { id: paste.id }, data: { hiddenAt: null } });
    await report(paste.slug, { details: 'more evidence' });
    const { items, appeal } = await getCase((await caseOf(paste.id)).id, moderator);
    expect(items.map(({ details }) => details)).toEqual(['more evidence', 'evidence']);
    expect(appeal).toBe('It is mine.');
  });

  it('after an appeal was rejected begins a round without it', async () => {
    const [moderator, owner] = [await addModerator(), signedIn(await addUser())];
    const paste = await addPaste({}, owner);
    await report(paste.slug);
    await decide(paste.id, { decision: 'hide', reason: 'x' }, moderator);
    const { id } = await caseOf(paste.id);
    await appealDecision(id, 'It is mine.', owner);
    await decide(paste.id, { decision: 'dismiss' }, moderator);
    await hidePaste(paste.slug, null, moderator);
    await report(paste.slug);
    expect(await caseOf(paste.id)).toMatchObject({ isOpen: true, appeal: null, appealedAt: null });
  });

  it('keeps neither the address nor the email as it is', async () => {
    const paste = await addPaste();
    await report(paste.slug, { email: 'reporter@example.com' });
    const [row] = await prisma().$queryRaw<{ json: string }[]>`
      select row_to_json(r)::text as json from reports r
      join report_cases c on c.id = r.case_id where c.paste_id = ${paste.id}::uuid`;
    expect(row?.json).toContain('sealed_email');
    expect(row?.json).not.toMatch(/reporter@|198\.51/);
  });

  it('of a paste that the caller may not read is the same 404 as of none', async () => {
    const owner = signedIn(await addUser());
    const hidden = await addPaste();
    await prisma().paste.update({ where: { id: hidden.id }, data: { hiddenAt: new Date() } });
    const ended = await addPaste();
    await prisma().paste.update({ where: { id: ended.id }, data: { expiresAt: new Date() } });
    const own = await addPaste({ visibility: 'private' }, owner);
    for (const slug of ['Absent1', hidden.slug, ended.slug, own.slug, '%00']) {
      expect(await codeOf(report(slug)), slug).toBe('not_found');
    }
    expect(await codeOf(report(own.slug, {}, owner))).toBe('not_found');
    await report(own.slug, {}, await addModerator('admin'));
  });
});

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
          "select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%pastes%'",
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

describe('what is kept', () => {
  it('ends 90 days after the decision, and what tells of a reporter 90 days after the report', async () => {
    const [moderator, open, decided, gone] = [
      await addModerator(),
      await addPaste(),
      await addPaste(),
      await addPaste(),
    ];
    for (const { slug } of [open, decided, gone]) await report(slug, { email: 'r@example.com' });
    const orphaned = await prisma().reportCase.create({
      data: {
        pasteId: crypto.randomUUID(),
        slug: 'Gone',
        reportedAt: new Date(),
        appealedAt: new Date(),
        appeal: 'x',
      },
    });
    await decide(decided.id, { decision: 'dismiss' }, moderator);
    await prisma().paste.update({ where: { id: gone.id }, data: { deletedAt: new Date() } });
    const sweep = async (days: number) => {
      for (const expire of EXPIRIES) await expire(new Date(Date.now() + days * 86_400_000));
      const cases = await prisma().reportCase.findMany({ select: { pasteId: true } });
      return [open, decided, gone].map(({ id }) => cases.some(({ pasteId }) => pasteId === id));
    };
    expect(await sweep(89)).toEqual([true, true, false]);
    expect(await prisma().reportCase.findUnique({ where: { id: orphaned.id } })).toBeNull();
    expect(await prisma().report.count({ where: { sealedEmail: { not: null } } })).toBeGreaterThan(0);
    expect(await sweep(91)).toEqual([true, false, false]);
    expect(await prisma().report.count({ where: { sealedEmail: { not: null } } })).toBe(0);
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
