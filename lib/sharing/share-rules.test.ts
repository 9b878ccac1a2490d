import { beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { addUser, holdMail, mailsTo } from '@/test/test-people';
import { ANONYMOUS, signedIn } from '../../test/callers';
import { createContact } from '../contacts/service';
import type { UserRecord } from '../core/caller';
import { now, setClock } from '../core/clock';
import { pool } from '../core/db';
import { AppError } from '../core/errors';
import { hashToken } from '../core/keys';
import { prisma } from '../core/prisma';
import { Prisma } from '../generated/prisma/client';
import { unsealMail } from '../mail/sealed-mail';
import { createPaste } from '../pastes/create';
import { hidePaste } from '../pastes/hide';
import { readHistory } from '../pastes/history';
import { canEdit } from '../pastes/policy';
import { findPaste, type PasteRecord } from '../pastes/queries';
import { updatePaste } from '../pastes/update';
import { withGrant } from '../pastes/with-grant';
import { findInvitation, sendCode } from './codes';
import { type CreateShare, createShareSchema, MAX_SHARES } from './schema';
import { mailShareAgain, readShares, revokeShare, sharePaste, updateShare } from './service';
import { countUnopened, listSharedPastes } from './shared-pastes';

useTestDatabase();
holdMail();

let author: UserRecord;
let paste: PasteRecord;

beforeEach(async () => {
  author = await addUser();
  const input = { title: 'Between \u202eus', visibility: 'private' as const, files: [{ content: 'text' }] };
  ({ paste } = await createPaste(input, signedIn(author)));
});

const share = (...inputs: Partial<CreateShare>[]) =>
  sharePaste(
    paste.slug,
    inputs.map((input) => createShareSchema.parse(input)),
    { caller: signedIn(author) },
  );

const people = (count: number, domain: string) =>
  Array.from({ length: count }, (_, n) => ({ email: `n${n}@${domain}` }));

const quietly = <T>(inputs: T[]) => inputs.map((input) => ({ ...input, notify: false }));

async function linkTo(email: string): Promise<string> {
  const [content] = await mailsTo(email);
  return content?.template === 'paste_shared' ? content.link : '';
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error === null) return 'fine';
  if (!(error instanceof AppError)) throw error;
  return [error.code, ...error.fields.map(({ message }) => message)].join(' ');
}

async function later<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  const restore = setClock(() => new Date(Date.now() + milliseconds));
  try {
    return await work();
  } finally {
    restore();
  }
}

describe('sharing', () => {
  it('rejects pastes that could not be opened', async () => {
    await prisma().paste.update({ where: { id: paste.id }, data: { encryption: {} } });
    expect(await codeOf(share({ email: 'a@example.com' }))).toBe('validation_failed secret_not_shared');
    await prisma().paste.update({
      where: { id: paste.id },
      data: { encryption: Prisma.DbNull, hiddenAt: now() },
    });
    expect(await codeOf(share({ email: 'a@example.com' }))).toBe('validation_failed hidden_not_shared');
    expect(await readShares(paste.slug, signedIn(author))).toEqual([]);
  });

  it('limits the number of people, also for two concurrent lists', async () => {
    expect(await codeOf(share(...quietly(people(MAX_SHARES + 1, 'all.test'))))).toBe(
      'validation_failed shares_too_many',
    );
    const lists = [people(60, 'one.test'), people(60, 'two.test')];
    const both = await Promise.all(lists.map((list) => codeOf(share(...quietly(list)))));
    expect([...both].sort()).toEqual(['fine', 'validation_failed shares_too_many']);
    expect(await readShares(paste.slug, signedIn(author))).toHaveLength(60);
    // Those who have it already are not counted again.
    const shared = lists[both.indexOf('fine')] ?? [];
    expect(await codeOf(share(...quietly(shared)))).toBe('fine');
  });

  it('limits the number of mails, and does not count a rejected list', async () => {
    expect(await codeOf(share(...people(51, 'all.test')))).toBe('validation_failed share_mails_too_many');
    expect(await codeOf(share(...people(30, 'one.test')))).toBe('fine');
    expect(await codeOf(share(...people(30, 'two.test')))).toBe('rate_limited');
    expect(await codeOf(share(...people(19, 'three.test')))).toBe('fine');
    expect(await codeOf(share({ email: 'last@example.com' }))).toBe('rate_limited');
    expect(await codeOf(share({ email: 'quiet@example.com', notify: false }))).toBe('fine');
    const emails = (await readShares(paste.slug, signedIn(author))).map(({ email }) => email);
    expect(emails.filter((email) => email.endsWith('two.test'))).toEqual([]);
  });

  it('mails one person at most five times an hour for one author', async () => {
    const outcomes: string[] = [];
    for (let minute = 0; minute < 11; minute += 1) {
      outcomes.push(await later(minute * 61_000, () => codeOf(share({ email: 'often@example.com' }))));
    }
    expect(outcomes.filter((outcome) => outcome === 'fine')).toHaveLength(5);
    expect(await mailsTo('often@example.com')).toHaveLength(5);
  });

  it('sends one mail for a repeated request, and replaces a link only with the next mail', async () => {
    const email = 'guest@example.com';
    await Promise.all([share({ email }), share({ email })]);
    expect(await mailsTo(email)).toHaveLength(1);
    const first = await linkTo(email);
    await share({ email, notify: false });
    expect(await findInvitation(paste.slug, first)).not.toBeNull();
    const [made] = await readShares(paste.slug, signedIn(author));
    expect(await codeOf(mailShareAgain(paste.slug, made?.id ?? '', signedIn(author)))).toBe('rate_limited');
    await later(61_000, () => mailShareAgain(paste.slug, made?.id ?? '', signedIn(author)));
    expect(await mailsTo(email)).toHaveLength(2);
    expect(await findInvitation(paste.slug, first)).toBeNull();
    expect(await findInvitation(paste.slug, await linkTo(email))).not.toBeNull();
    const foreign = mailShareAgain(paste.slug, paste.id, signedIn(author));
    expect(await codeOf(foreign)).toBe('not_found');
  });

  it('writes to a member in their language, and a title as it can be seen', async () => {
    const member = await addUser({ locale: 'ru' });
    await share({ email: member.email, tell_title: true });
    const [row] = await prisma().outboxMail.findMany({ orderBy: { id: 'desc' }, take: 1 });
    expect(await unsealMail(row?.sealed ?? '')).toMatchObject({
      to: member.email,
      locale: 'ru',
      content: { title: expect.not.stringContaining('\u202e') },
    });
  });

  it('again keeps the role unless another is given, and learns the contact', async () => {
    const email = 'ada@example.com';
    await share({ email, role: 'editor' });
    const contact = await createContact(author.id, { first_name: 'Ada', email });
    expect(await share({ contact_id: contact.id })).toMatchObject([
      { role: 'editor', contactId: contact.id },
    ]);
    expect(await share({ email })).toMatchObject([{ role: 'editor', contactId: contact.id }]);
    const twice = [{ email, role: 'reader' as const }, { contact_id: contact.id }].map((input) =>
      createShareSchema.parse(input),
    );
    expect(await sharePaste(paste.slug, twice, { caller: signedIn(author), keepsRoles: true })).toMatchObject(
      [{ role: 'editor' }],
    );
    expect(await share({ email, role: 'reader' })).toMatchObject([{ role: 'reader' }]);
  });

  it('uses the higher role of two grants', async () => {
    const member = await addUser();
    const [, guest] = await share({ email: member.email }, { email: 'guest@example.com', role: 'editor' });
    const caller = { ...signedIn(member), shareIds: [guest?.id ?? ''] };
    expect(canEdit(caller, await withGrant(paste, caller), now())).toBe(true);
    expect(canEdit(signedIn(member), await withGrant(paste, signedIn(member)), now())).toBe(false);
  });

  it('lets a moderator hide what is shared with them', async () => {
    const moderator = await addUser({ role: 'moderator' });
    expect(await codeOf(hidePaste(paste.slug, 'spam', signedIn(moderator)))).toBe('not_found');
    await share({ email: moderator.email });
    expect(await codeOf(hidePaste(paste.slug, 'spam', signedIn(moderator)))).toBe('fine');
  });
});

it('sends no code for what a ban of its author hides, except a private paste', async () => {
  const [{ id = '' } = {}] = await share({ email: 'reader@example.com' });
  const link = 'a link of an invitation';
  await prisma().share.update({ where: { id }, data: { linkHash: hashToken(link) } });
  await prisma().user.update({ where: { id: author.id }, data: { bannedAt: now() } });
  expect(await findInvitation(paste.slug, link)).toMatchObject({ id });
  await prisma().paste.update({ where: { id: paste.id }, data: { visibility: 'unlisted' } });
  expect(await findInvitation(paste.slug, link)).toBeNull();
});

describe('an edit under way', () => {
  it.each<[string, (id: string) => Promise<unknown>]>([
    ['removed', (id) => revokeShare(id, author.id)],
    ['made a reader', (id) => updateShare(id, { role: 'reader' }, author.id)],
  ])('has no effect once the author is %s', async (_name, end) => {
    const [made] = await share({ email: 'editor@example.com', role: 'editor' });
    const caller = { ...ANONYMOUS, shareIds: [made?.id ?? ''] };
    const edit = () => codeOf(updatePaste(paste.slug, { files: [{ content: 'new' }] }, { caller }));
    const other = await pool().connect();
    try {
      // Holds the edit between what it found and what it writes.
      await other.query('begin');
      await other.query('select 1 from pastes where id = $1 for no key update', [paste.id]);
      const outcome = edit();
      await expect.poll(countWaiting).toBe(1);
      await end(made?.id ?? '');
      await other.query('commit');
      expect(await outcome).toBe('not_found');
    } finally {
      other.release();
    }
    expect((await findPaste(paste.slug, now()))?.revision).toBe(1);
    expect(await edit()).toBe('not_found');
    expect(await codeOf(readHistory(paste.slug, { caller, limit: 1 }))).toBe('not_found');
  });

  it('keeps working for other accounts', async () => {
    const [, made] = await share({ email: 'a@example.com' }, { email: 'b@example.com', role: 'editor' });
    const [first] = await readShares(paste.slug, signedIn(author));
    const ifMatch = `"${paste.revision}.${paste.settingsVersion}"`;
    await revokeShare(first?.id ?? '', author.id);
    const caller = { ...ANONYMOUS, shareIds: [made?.id ?? ''] };
    expect(await codeOf(updatePaste(paste.slug, { files: [{ content: 'x' }] }, { caller, ifMatch }))).toBe(
      'fine',
    );
  });

  async function countWaiting(): Promise<number> {
    const { rows } = await pool().query<{ count: string }>(
      `select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return Number(rows[0]?.count);
  }
});

describe('an invitation', () => {
  it.each([
    ['deleted', { deletedAt: new Date() }],
    ['hidden', { hiddenAt: new Date() }],
    ['expired', { expiresAt: new Date(0) }],
  ])('to what is %s leads nowhere', async (_name, data) => {
    const email = `${_name}@example.com`;
    await share({ email });
    const link = await linkTo(email);
    expect(await findInvitation(paste.slug, link)).not.toBeNull();
    expect(await countUnopened(email)).toBe(1);
    await prisma().paste.update({ where: { id: paste.id }, data });
    expect(await findInvitation(paste.slug, link)).toBeNull();
    expect(await codeOf(sendCode(paste.slug, link, 'en'))).toBe('not_found');
    expect((await listSharedPastes(email, { limit: 9 }, now())).items).toEqual([]);
    expect(await countUnopened(email)).toBe(0);
  });

  it('allows three codes an hour, per share', async () => {
    const email = 'codes@example.com';
    await share({ email });
    const link = await linkTo(email);
    for (let times = 0; times < 3; times += 1) {
      expect(await codeOf(sendCode(paste.slug, link, 'en'))).toBe('fine');
    }
    expect(await codeOf(sendCode(paste.slug, link, 'en'))).toBe('rate_limited');
    ({ paste } = await createPaste({ title: 'Other', files: [{ content: 'x' }] }, signedIn(author)));
    await share({ email });
    expect(await codeOf(sendCode(paste.slug, await linkTo(email), 'en'))).toBe('fine');
  });
});

it('rejects sharing a paste with its owner', async () => {
  await share({ email: 'moved@example.com' });
  await prisma().user.update({ where: { id: author.id }, data: { email: 'moved@example.com' } });
  expect((await listSharedPastes('moved@example.com', { limit: 9 }, now())).items).toEqual([]);
});

it('previews a shared paste once it was opened', async () => {
  const email = 'previewed@example.com';
  await share({ email });
  const previewed = async () => (await listSharedPastes(email, { limit: 9 }, now())).items[0]?.paste.preview;
  expect(await previewed()).toBeNull();
  await prisma().share.updateMany({ where: { email }, data: { openedAt: now() } });
  expect(await previewed()).toBe('text');
});
