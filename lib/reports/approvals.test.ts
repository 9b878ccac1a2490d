import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { ANONYMOUS, signedIn } from '@/test/callers';
import { useTestDatabase } from '@/test/test-env';
import { APPLICANT, addUser, holdMail, mailsTo, PASSWORD } from '@/test/test-people';
import { addModerator, addPaste, auditOf, codeOf, report } from '@/test/test-reports';
import { registerUser } from '../accounts/register';
import { updateUser } from '../admin/service';
import type { Member } from '../core/caller';
import { env } from '../core/env';
import { prisma } from '../core/prisma';
import { claimPaste } from '../pastes/claim';
import { createPaste } from '../pastes/create';
import { etagOf, toPasteDto } from '../pastes/dto';
import { hidePaste } from '../pastes/hide';
import { listPublicLanguages, listPublicPastes } from '../pastes/list-queries';
import { isListed } from '../pastes/policy';
import { findPaste } from '../pastes/queries';
import { readPaste } from '../pastes/read';
import { createPasteSchema } from '../pastes/schema';
import { listSitemapPastes } from '../pastes/sitemap';
import { updatePaste } from '../pastes/update';
import { announceApprovals } from './announce-approvals';
import { listApprovals } from './approval-queries';
import { decideApprovalSchema } from './approval-schema';
import { decideApproval } from './approve';

useTestDatabase({ RATE_LIMIT_SCALE: '100000' });
holdMail();

afterEach(() => {
  env().FIRST_PASTE_APPROVAL = false;
});

const addNewcomer = async () => signedIn(await addUser({ awaitsApproval: true }));
const PUBLIC = { visibility: 'public' };

async function entryOf({ user }: Member) {
  return (await listApprovals({ limit: 100 })).items.find(({ id }) => id === user.id);
}

async function decide(member: Member, input: Record<string, unknown>, moderator: Member): Promise<void> {
  const { version = '' } = (await entryOf(member)) ?? {};
  await decideApproval(member.user.id, decideApprovalSchema.parse({ version, ...input }), moderator);
}

async function isFoundIn(slug: string, { user }: Member, { q, language }: { q: string; language: string }) {
  const at = new Date();
  const has = (items: readonly { slug: string }[] | null) => items?.some((item) => item.slug === slug);
  const paste = await findPaste(slug, at);
  return [
    paste && isListed(paste, at),
    has((await listPublicPastes({ limit: 100 }, at)).items),
    has((await listPublicPastes({ limit: 100, q }, at)).items),
    has((await listPublicPastes({ limit: 100, language }, at)).items),
    has((await listPublicPastes({ limit: 100, ownerId: user.id }, at)).items),
    has(await listSitemapPastes(at.toISOString().slice(0, 10), at)),
    (await listPublicLanguages(at)).includes(language),
  ];
}

describe('a public paste of a new member', () => {
  it('works by its link, and is in no list before a moderator approves the member', async () => {
    const [moderator, member] = [await addModerator(), await addNewcomer()];
    const sought = { q: `title ${randomUUID()}`, language: 'cobol' };
    const files = [{ content: 'x', language: sought.language }];
    const settings = { ...PUBLIC, title: sought.q, content: undefined, files };
    const paste = await addPaste(settings, member);
    expect(toPasteDto(paste).awaits_approval).toBe(true);
    expect(await isFoundIn(paste.slug, member, sought)).toEqual(Array(7).fill(false));
    const before = await readPaste(paste.slug, { caller: ANONYMOUS, surface: 'page' });
    expect(toPasteDto(before.paste).awaits_approval).toBe(true);
    expect(await entryOf(member)).toMatchObject({
      username: member.user.username,
      waiting: 1,
      pastes: [{ slug: paste.slug, title: sought.q, language: 'cobol', preview: 'x' }],
    });

    await decide(member, { decision: 'approve' }, moderator);
    expect(await isFoundIn(paste.slug, member, sought)).toEqual(Array(7).fill(true));
    const { paste: approved } = await readPaste(paste.slug, { caller: ANONYMOUS, surface: 'page' });
    expect(toPasteDto(approved).awaits_approval).toBe(false);
    expect(etagOf(approved)).not.toBe(etagOf(before.paste));
    expect(await entryOf(member)).toBeUndefined();
    expect(await auditOf(member.user.id)).toEqual([['user_approved', {}]]);
    expect(await mailsTo(member.user.email)).toMatchObject([
      { template: 'approval_decided', outcome: 'approved' },
    ]);

    const later = await addPaste(settings, member);
    expect(await isFoundIn(later.slug, member, sought)).toEqual(Array(7).fill(true));
    await updatePaste(later.slug, { text: { content: 'y', language: undefined } }, { caller: member });
    expect(await isFoundIn(later.slug, member, sought)).toEqual(Array(7).fill(true));
  });

  it('is hidden with a reason if a moderator declines, and the next one waits again', async () => {
    const [moderator, member] = [await addModerator(), await addNewcomer()];
    const pastes = [await addPaste(PUBLIC, member), await addPaste(PUBLIC, member)];
    const unlisted = await addPaste({}, member);
    await report(pastes[0]?.slug ?? '');
    expect(decideApprovalSchema.safeParse({ decision: 'decline', version: 'x' }).success).toBe(false);
    await decide(member, { decision: 'decline', reason: 'Advertising' }, moderator);
    for (const { slug } of pastes) {
      expect((await findPaste(slug, new Date()))?.hiddenReason).toBe('Advertising');
      expect(await auditOf(slug)).toEqual([['paste_hidden', { reason: 'Advertising' }]]);
    }
    expect((await findPaste(unlisted.slug, new Date()))?.hiddenAt).toBeNull();
    expect(await prisma().reportCase.findFirst({ where: { pasteId: pastes[0]?.id ?? '' } })).toMatchObject({
      isOpen: false,
      decision: 'hidden',
    });
    expect((await mailsTo(member.user.email))[0]).toMatchObject({
      template: 'approval_decided',
      outcome: 'declined',
      reason: 'Advertising',
    });
    expect(await entryOf(member)).toBeUndefined();
    await addPaste(PUBLIC, member);
    expect(await entryOf(member)).toMatchObject({ waiting: 1 });
    await hidePaste(pastes[0]?.slug ?? '', null, moderator);
    expect(await entryOf(member)).toMatchObject({ waiting: 2 });
  });

  it('is decided about as the moderator saw it', async () => {
    const [moderator, member] = [await addModerator(), await addNewcomer()];
    const paste = await addPaste(PUBLIC, member);
    const changes = [
      () => addPaste(PUBLIC, member),
      () => updatePaste(paste.slug, { text: { content: 'y', language: undefined } }, { caller: member }),
      () => updatePaste(paste.slug, { visibility: 'unlisted' }, { caller: member }),
    ];
    for (const change of changes) {
      const { version } = (await entryOf(member)) ?? {};
      await change();
      for (const decision of ['approve', 'decline']) {
        expect(await codeOf(decide(member, { decision, version, reason: 'x' }, moderator))).toBe('conflict');
      }
    }
    const { awaitsApproval } = await prisma().user.findUniqueOrThrow({ where: { id: member.user.id } });
    expect(awaitsApproval).toBe(true);
  });

  it('is approved once, by however many at a time', async () => {
    const member = await addNewcomer();
    await addPaste(PUBLIC, member);
    const moderators = [await addModerator(), await addModerator(), await addModerator()];
    const outcomes = await Promise.all(
      moderators.map((moderator) => codeOf(decide(member, { decision: 'approve' }, moderator))),
    );
    expect(outcomes.sort()).toEqual(['not_found', 'not_found', 'null']);
    expect(await mailsTo(member.user.email)).toHaveLength(1);
  });

  it('is not approved while a moderator declines it', async () => {
    const [moderator, member] = [await addModerator(), await addNewcomer()];
    for (let count = 0; count < 5; count += 1) await addPaste(PUBLIC, member);
    const { version } = (await entryOf(member)) ?? {};
    const decisions = ['decline', 'approve'].map((decision) =>
      decideApproval(
        member.user.id,
        decideApprovalSchema.parse({ decision, version, reason: 'x' }),
        moderator,
      ),
    );
    expect((await Promise.all(decisions.map(codeOf))).filter((code) => code === 'null')).toHaveLength(1);
    expect(await mailsTo(member.user.email)).toHaveLength(1);
  });

  it('is not decided about for a member without one, or a banned or an unknown one', async () => {
    const [moderator, idle, banned] = [await addModerator(), await addNewcomer(), await addNewcomer()];
    await addPaste(PUBLIC, banned);
    await prisma().user.update({ where: { id: banned.user.id }, data: { bannedAt: new Date() } });
    for (const member of [idle, banned, signedIn({ ...idle.user, id: randomUUID() })]) {
      expect(await entryOf(member)).toBeUndefined();
      expect(await codeOf(decide(member, { decision: 'approve' }, moderator))).toBe('not_found');
    }
    expect(await codeOf(decide(moderator, { decision: 'approve' }, moderator))).toBe(
      'validation_failed own_paste',
    );
  });
});

describe('who waits', () => {
  it('is who registers while it is required, until they are appointed', async () => {
    const registered = async () => {
      const username = `n-${randomUUID().slice(0, 13)}`;
      const email = `${username}@example.com`;
      const { id } = await registerUser({ email, username, password: PASSWORD }, APPLICANT);
      return prisma().user.findUniqueOrThrow({ where: { id }, select: { id: true, awaitsApproval: true } });
    };
    expect(await registered()).toMatchObject({ awaitsApproval: false });
    env().FIRST_PASTE_APPROVAL = true;
    const { id, awaitsApproval } = await registered();
    expect(awaitsApproval).toBe(true);
    await updateUser(id, { role: 'moderator' }, 'console');
    expect(await prisma().user.findUniqueOrThrow({ where: { id } })).toMatchObject({ awaitsApproval: false });
  });

  it('is not an anonymous author, who cannot make a paste public then', async () => {
    const fault = 'validation_failed public_needs_account';
    const input = createPasteSchema.parse({ content: 'x' });
    const { paste, editKey } = await createPaste(input, ANONYMOUS);
    const holder = { ...ANONYMOUS, editKeyHash: paste.editKeyHash };
    env().FIRST_PASTE_APPROVAL = true;
    expect(await codeOf(addPaste(PUBLIC))).toBe(fault);
    expect(await codeOf(updatePaste(paste.slug, { visibility: 'public' }, { caller: holder }))).toBe(fault);
    const member = await addNewcomer();
    await claimPaste({ slug: paste.slug, editKey: editKey ?? '' }, member);
    await updatePaste(paste.slug, { visibility: 'public' }, { caller: member });
    expect(await entryOf(member)).toMatchObject({ pastes: [{ slug: paste.slug }] });
  });
});

describe('the queue of members who wait', () => {
  it('has the oldest accounts first, page by page', async () => {
    await prisma().user.updateMany({ data: { awaitsApproval: false } });
    const members = [await addNewcomer(), await addNewcomer(), await addNewcomer()];
    for (const member of members) await addPaste(PUBLIC, member);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listApprovals({ limit: 1, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(members.map(({ user }) => user.id).sort());
  });

  it('is announced to moderators once an hour at most, if there is something new', async () => {
    await prisma().user.updateMany({ data: { awaitsApproval: false } });
    const { user } = await addModerator();
    const told = async () => (await mailsTo(user.email)).length;
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000);
    await addNewcomer();
    await announceApprovals(at(0));
    expect(await told()).toBe(0);
    const { slug } = await addPaste({ ...PUBLIC, expires_in: 'P1Y' }, await addNewcomer());
    await Promise.all([announceApprovals(at(1)), announceApprovals(at(1))]);
    expect(await mailsTo(user.email)).toMatchObject([{ template: 'new_approvals', fresh: 1 }]);
    await announceApprovals(at(120));
    expect(await told()).toBe(1);
    await prisma().paste.update({ where: { slug }, data: { updatedAt: at(150) } });
    await announceApprovals(at(30));
    expect(await told()).toBe(1);
    await announceApprovals(at(180));
    expect(await told()).toBe(2);
    // Saved so shortly before a mail that it might not have been seen: it is in one of both.
    await prisma().paste.update({
      where: { slug },
      data: { updatedAt: new Date(at(300).getTime() - 5_000) },
    });
    for (const minutes of [300, 301, 400]) await announceApprovals(at(minutes));
    expect(await told()).toBe(3);
  });
});
