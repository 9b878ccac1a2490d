import { describe, expect, it } from 'vitest';
import { ANONYMOUS, signedIn } from '@/test/callers';
import { useTestDatabase } from '@/test/test-env';
import { addUser, holdMail, mailsTo } from '@/test/test-people';
import { updateUser } from '../admin/service';
import { listAudit } from '../audit/queries';
import { listAuditSchema } from '../audit/schema';
import type { Caller, Member } from '../core/caller';
import { prisma } from '../core/db';
import { AppError } from '../core/errors';
import { sealPaste } from '../encryption/seal';
import { EXPIRIES } from '../jobs/expire-rows';
import { createPaste, createSecretPaste } from '../pastes/create';
import { readPaste } from '../pastes/read';
import { createPasteSchema } from '../pastes/schema';
import { createSecretPasteSchema } from '../pastes/secret-schema';
import { updatePaste } from '../pastes/update';
import { announceCases } from './announce';
import { appealDecision, findAppealable } from './appeal';
import { listBlockedHashes, unblockHash } from './blocked';
import { decideCase } from './decide';
import { hidePastes } from './hide';
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
  await decideCase(id, decideCaseSchema.parse(input), caller);
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof AppError ? `${error.code} ${error.fields[0]?.message ?? ''}`.trim() : String(error);
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
    await report(own.slug, {}, owner);
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
    await report(paste.slug, {}, owner);
    const { id } = await caseOf(paste.id);
    expect((await getCase(id, moderator)).content.files[0]?.text).toBe(TEXT);
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
    const { contentKey: otherKey } = await sealPaste(content, {
      intention: { expiresAt: null, burnAfter: null },
    });
    await report(paste.slug, { key: otherKey });
    expect((await getCase(id, moderator)).content.state).toBe('wrong_key');
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
    await decide(paste.id, { decision: 'hide', reason: 'Phishing' }, moderator);
    expect(await prisma().report.count({ where: { caseId: id, sealedKey: { not: null } } })).toBe(0);
  });

  it('lists similar pastes that the moderator may see: the same text, and the same author', async () => {
    const [moderator, owner] = [await addModerator(), signedIn(await addUser())];
    const content = 'the same text in two places';
    const paste = await addPaste({ content }, owner);
    const [copy, sibling] = [await addPaste({ content }), await addPaste({ content: 'another text' }, owner)];
    await addPaste({ content, visibility: 'private' }, owner);
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

  it('hides many at once, with their reports; others are named as not found', async () => {
    const moderator = await addModerator();
    const [reported, plain] = [await addPaste(), await addPaste()];
    const unseen = await addPaste({ visibility: 'private' }, signedIn(await addUser()));
    await report(reported.slug);
    expect(await hidePastes([reported.slug, plain.slug, unseen.slug, 'Absent1'], 'Spam', moderator)).toEqual({
      hidden: [reported.slug, plain.slug],
      not_found: [unseen.slug, 'Absent1'],
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
    const fault = 'validation_failed text_blocked';
    const slug = `blocked-${Date.now()}`;
    expect(
      await codeOf(addPaste({ content: undefined, files: [{ content: 'x' }, { content }], slug }, owner)),
    ).toBe(fault);
    expect(
      await codeOf(updatePaste(editable.slug, { text: { content, language: undefined } }, { caller: owner })),
    ).toBe(fault);
    expect(await prisma().chosenSlug.findUnique({ where: { slug } })).toBeNull();
    expect(await prisma().blobDeletion.count()).toBe(0);
    expect((await prisma().paste.findUniqueOrThrow({ where: { id: editable.id } })).revision).toBe(1);
    const { items } = await listBlockedHashes({ limit: 1 });
    expect(items).toMatchObject([{ sha256: paste.files[0]?.sha256, reason: 'x' }]);
    await unblockHash(items[0]?.sha256.toUpperCase() ?? '', moderator);
    expect(await codeOf(unblockHash(items[0]?.sha256 ?? '', moderator))).toBe('not_found');
    await addPaste({ content });
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
});

describe('emails to moderators', () => {
  it('are sent once an hour at most, and tell of what came in since', async () => {
    await prisma().reportCase.deleteMany();
    await prisma().jobCursor.deleteMany();
    const { user } = await addModerator();
    const start = new Date('2031-01-01T00:00:00Z').getTime();
    const at = (minutes: number) => new Date(start + minutes * 60_000);
    const told = async () => (await mailsTo(user.email)).length;
    await prisma().reportCase.create({
      data: { pasteId: crypto.randomUUID(), slug: 'One', reportedAt: at(0) },
    });
    await Promise.all([announceCases(at(0)), announceCases(at(0))]);
    expect(await told()).toBe(1);
    await prisma().reportCase.create({
      data: { pasteId: crypto.randomUUID(), slug: 'Two', reportedAt: at(1) },
    });
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
    await decide(decided.id, { decision: 'dismiss' }, moderator);
    await prisma().paste.update({ where: { id: gone.id }, data: { deletedAt: new Date() } });
    const sweep = async (days: number) => {
      for (const expire of EXPIRIES) await expire(new Date(Date.now() + days * 86_400_000));
      const cases = await prisma().reportCase.findMany({ select: { pasteId: true } });
      return [open, decided, gone].map(({ id }) => cases.some(({ pasteId }) => pasteId === id));
    };
    expect(await sweep(89)).toEqual([true, true, false]);
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
