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
import { prisma } from '../core/db';
import { EXPIRIES } from '../jobs/expire-rows';
import { hidePaste } from '../pastes/hide';
import { appealDecision } from './appeal';
import { getCase } from './queries';

useTestDatabase({ RATE_LIMIT_SCALE: '100000' });
holdMail();

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
