import { describe, expect, it } from 'vitest';
import { signedIn } from '@/test/callers';
import { useTestDatabase } from '@/test/test-env';
import { addUser, holdMail, mailsTo } from '@/test/test-people';
import {
  addModerator,
  addPaste,
  caseOf,
  codeOf,
  decide,
  passerBy,
  queue,
  report,
  TEXT,
} from '@/test/test-reports';
import { eraseAccount } from '../accounts/delete-account';
import type { Member } from '../core/caller';
import { prisma } from '../core/prisma';
import type { Prisma } from '../generated/prisma/client';
import { EXPIRIES } from '../jobs/expire-rows';
import { deletePaste } from '../pastes/delete';
import { hidePaste } from '../pastes/hide';
import { tombstoneExpired } from '../pastes/purge';
import { appealDecision } from './appeal';
import { closeGoneCases } from './close-gone';
import { hideOne } from './hide';
import { getCase } from './queries';

useTestDatabase({ RATE_LIMIT_SCALE: '100000' });
holdMail();

type Tx = Prisma.TransactionClient;

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

describe('a report of a paste that is being hidden or deleted', () => {
  const WAIT = { timeout: 20_000 };

  /** Another transaction that changes the paste, and is committed once the report waits for it. */
  async function reportDuring(
    paste: { slug: string },
    change: (tx: Tx) => Promise<unknown>,
  ): Promise<string> {
    let reporting = Promise.resolve('');
    await prisma().$transaction(async (tx) => {
      await change(tx);
      reporting = codeOf(report(paste.slug));
      await expect.poll(() => waitersFor(tx), WAIT).toHaveLength(1);
    }, WAIT);
    return reporting;
  }

  const waitersFor = (tx: Tx) => tx.$queryRaw<unknown[]>`
    select pid from pg_locks where not granted and pg_backend_pid() = any (pg_blocking_pids(pid))`;

  it.each([
    ['hidden', { hiddenAt: new Date() }],
    ['deleted', { deletedAt: new Date() }],
  ])('does not open a case, if it is %s first', async (_how, data) => {
    const [moderator, first, again] = [await addModerator(), await addPaste(), await addPaste()];
    const hide =
      ({ id }: { id: string }) =>
      (tx: Tx) =>
        tx.paste.update({ where: { id }, data });
    expect(await reportDuring(first, hide(first))).toBe('not_found');
    expect(await prisma().reportCase.count({ where: { pasteId: first.id } })).toBe(0);
    await report(again.slug, { details: 'evidence' });
    await decide(again.id, { decision: 'dismiss' }, moderator);
    expect(await reportDuring(again, hide(again))).toBe('not_found');
    expect(await caseOf(again.id)).toMatchObject({ isOpen: false, decision: 'dismissed' });
    expect(await prisma().report.findMany({ where: { reportCase: { pasteId: again.id } } })).toMatchObject([
      { details: 'evidence' },
    ]);
  });

  it('is decided with it, if it was first', async () => {
    const [moderator, paste] = [await addModerator(), await addPaste()];
    let hiding = Promise.resolve('');
    await prisma().$transaction(async (tx) => {
      await tx.$queryRaw`select 1 from pastes where id = ${paste.id}::uuid for share`;
      await tx.reportCase.create({ data: { pasteId: paste.id, slug: paste.slug, reportedAt: new Date() } });
      hiding = codeOf(hideOne(paste.slug, 'Spam', moderator));
      await expect.poll(() => waitersFor(tx), WAIT).toHaveLength(1);
    }, WAIT);
    expect(await hiding).toBe('conflict');
    await hideOne(paste.slug, 'Spam', moderator);
    expect(await caseOf(paste.id)).toMatchObject({ isOpen: false, decision: 'hidden' });
  });

  it('leaves no open case of a hidden paste, in whatever order they come', async () => {
    const moderator = await addModerator();
    for (let round = 0; round < 10; round += 1) {
      const paste = await addPaste();
      if (round % 2 === 0) await report(paste.slug);
      const all = [() => report(paste.slug), () => hideOne(paste.slug, 'Spam', moderator)];
      const order = round % 4 < 2 ? all : all.toReversed();
      await Promise.allSettled([...order, () => report(paste.slug)].map((act) => act()));
      const { hiddenAt } = await prisma().paste.findUniqueOrThrow({ where: { id: paste.id } });
      const open = await prisma().reportCase.count({ where: { pasteId: paste.id, isOpen: true } });
      expect([hiddenAt === null, open]).not.toEqual([false, 1]);
    }
  });
});

describe('a report of a paste that ends without a decision', () => {
  const email = (slug: string) => `${slug.toLowerCase()}@example.com`;
  /** Its steps that concern reports; it would also send the mail. */
  const sweep = async () => {
    await tombstoneExpired(new Date());
    await closeGoneCases();
  };
  const expire = ({ id }: { id: string }) =>
    prisma().paste.update({ where: { id }, data: { expiresAt: new Date(0) } });

  it.each<[string, Record<string, unknown>, (paste: { id: string; slug: string }, owner: Member) => unknown]>(
    [
      ['deleted by its owner', {}, ({ slug }, owner) => deletePaste(slug, owner)],
      ['deleted by an admin', {}, async ({ slug }) => deletePaste(slug, await addModerator('admin'))],
      ['expired', {}, expire],
      ['burned', { burn_after: 1 }, ({ id }) => prisma().paste.update({ where: { id }, data: { reads: 1 } })],
      ['deleted with its account', {}, (_, owner) => eraseAccount(owner.user.id)],
    ],
  )('%s is closed, and its reporter told, once', async (_how, settings, end) => {
    const owner = signedIn(await addUser());
    const paste = await addPaste(settings, owner);
    await report(paste.slug, { email: email(paste.slug) });
    await sweep();
    expect(await caseOf(paste.id)).toMatchObject({ isOpen: true });
    await end(paste, owner);
    await Promise.all([sweep(), sweep()]);
    await sweep();
    expect(await prisma().reportCase.count({ where: { pasteId: paste.id } })).toBe(0);
    expect(await mailsTo(email(paste.slug))).toMatchObject([{ template: 'report_decided', outcome: 'gone' }]);
  });

  it('is not told of again after a decision', async () => {
    const [moderator, owner] = [await addModerator(), signedIn(await addUser())];
    const paste = await addPaste({}, owner);
    await report(paste.slug, { email: email(paste.slug) });
    await decide(paste.id, { decision: 'dismiss' }, moderator);
    await deletePaste(paste.slug, owner);
    await sweep();
    expect(await mailsTo(email(paste.slug))).toMatchObject([{ outcome: 'dismissed' }]);
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
