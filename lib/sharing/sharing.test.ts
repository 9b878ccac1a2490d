import { beforeAll, describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { ANONYMOUS, signedIn } from '../../test/callers';
import { USER_SELECT } from '../accounts/users/queries';
import { createContact } from '../contacts/service';
import type { Caller, UserRecord } from '../core/caller';
import { now, setClock } from '../core/clock';
import { AppError } from '../core/errors';
import { prisma } from '../core/prisma';
import { unsealMail } from '../mail/sealed-mail';
import { createPaste } from '../pastes/create';
import { deletePaste } from '../pastes/delete';
import { readHistory } from '../pastes/history';
import { readPaste } from '../pastes/read';
import { updatePaste } from '../pastes/update';
import { confirmCode, findInvitation, sendCode } from './codes';
import { readConfirmedShares, signConfirmedShares } from './confirmed-shares';
import { recordOpened, shareToOpen } from './opened';
import { type CreateShare, createShareSchema } from './schema';
import { readShares, revokeShare, sharePaste, updateShare } from './service';
import { countUnopened } from './shared-pastes';

useTestDatabase({ MAIL_DIR: '/dev/null/nowhere' });

let count = 0;

async function addUser(): Promise<UserRecord> {
  count += 1;
  return prisma().user.create({
    data: { email: `u${count}@example.com`, username: `user${count}`, emailVerified: now() },
    select: USER_SELECT,
  });
}

let author: UserRecord;
let reader: UserRecord;
let stranger: UserRecord;

beforeAll(async () => {
  [author, reader, stranger] = [await addUser(), await addUser(), await addUser()];
});

const newPaste = async () => {
  const input = { title: 'Between us', visibility: 'private' as const, files: [{ content: 'private text' }] };
  return (await createPaste(input, signedIn(author))).paste;
};

const share = (slug: string, ...inputs: Partial<CreateShare>[]) =>
  sharePaste(
    slug,
    inputs.map((input) => createShareSchema.parse(input)),
    { caller: signedIn(author) },
  );

const mayRead = (slug: string, caller: Caller) =>
  readPaste(slug, { caller, surface: 'bytes' }).then(
    () => true,
    () => false,
  );

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof AppError
    ? [error.code, ...error.fields.map(({ message }) => message)].join(' ')
    : 'fine';
}

async function lastMail(to: string) {
  for (const { sealed } of await prisma().outboxMail.findMany({ orderBy: { createdAt: 'desc' } })) {
    const mail = sealed === '' ? null : await unsealMail(sealed);
    if (mail?.to === to) return mail;
  }
  throw new Error(`no mail to ${to}`);
}

describe('a shared paste', () => {
  it('opens only for those it is shared with, until it is revoked', async () => {
    const { slug } = await newPaste();
    expect(await mayRead(slug, signedIn(reader))).toBe(false);
    const [made] = await share(slug, { email: reader.email.toUpperCase() });
    expect(await mayRead(slug, signedIn(reader))).toBe(true);
    expect(await mayRead(slug, signedIn(stranger))).toBe(false);
    expect(await mayRead(slug, ANONYMOUS)).toBe(false);
    await revokeShare(made?.id ?? '', author.id);
    expect(await mayRead(slug, signedIn(reader))).toBe(false);
  });

  it('is changed by editors only, and deleted by neither', async () => {
    const { slug } = await newPaste();
    const [made] = await share(slug, { email: reader.email });
    const caller = signedIn(reader);
    const edit = () => updatePaste(slug, { title: 'Ours', files: undefined }, { caller });
    expect(await codeOf(edit())).toBe('not_found');
    expect(await codeOf(readHistory(slug, { caller, limit: 1 }))).toBe('not_found');
    await updateShare(made?.id ?? '', { role: 'editor' }, author.id);
    expect((await edit()).paste.title).toBe('Ours');
    const publish = updatePaste(slug, { visibility: 'public', files: undefined }, { caller });
    expect(await codeOf(publish)).toBe('validation_failed owner_only');
    expect((await readHistory(slug, { caller, limit: 1 })).items).toHaveLength(1);
    expect(await codeOf(deletePaste(slug, caller))).toBe('not_found');
    expect(await codeOf(readShares(slug, caller))).toBe('not_found');
  });

  it('shows its owner who opened it', async () => {
    const { slug } = await newPaste();
    const before = await countUnopened(reader.email);
    await share(slug, { email: reader.email }, { email: stranger.email });
    const grantOf = async (user: UserRecord) =>
      (await readPaste(slug, { caller: signedIn(user), surface: 'bytes' })).grant;
    expect(await countUnopened(reader.email)).toBe(before + 1);
    const opening = shareToOpen(await grantOf(reader), { method: 'GET', purpose: null });
    expect(await countUnopened(reader.email, opening)).toBe(before);
    const onlyLooked = await grantOf(stranger);
    recordOpened(onlyLooked, { method: 'HEAD', purpose: null });
    recordOpened(onlyLooked, { method: 'GET', purpose: 'prefetch;prerender' });
    recordOpened(null, { method: 'GET', purpose: null });
    recordOpened(await grantOf(reader), { method: 'GET', purpose: null });
    await expect
      .poll(async () =>
        (await readShares(slug, signedIn(author))).map((one) => [one.email, one.openedAt !== null]),
      )
      .toEqual([
        [reader.email, true],
        [stranger.email, false],
      ]);
    expect(await countUnopened(reader.email)).toBe(before);
  });

  it('is shared by its owner only; shares of others are not there', async () => {
    const { slug } = await newPaste();
    const [made] = await share(slug, { email: reader.email });
    const caller = signedIn(stranger);
    const input = createShareSchema.parse({ email: 'x@example.com' });
    expect(await codeOf(sharePaste(slug, [input], { caller }))).toBe('not_found');
    expect(await codeOf(sharePaste(slug, [input], { caller: ANONYMOUS }))).toBe('unauthorized');
    expect(await codeOf(revokeShare(made?.id ?? '', stranger.id))).toBe('not_found');
    expect(await codeOf(updateShare(made?.id ?? '', { role: 'editor' }, stranger.id))).toBe('not_found');
  });

  it('is shared with a whole list or not at all', async () => {
    const { slug } = await newPaste();
    const foreign = await createContact(stranger.id, { first_name: 'Foreign', email: 'f@example.com' });
    const own = await createContact(author.id, { first_name: 'Own', email: 'own@example.com' });
    const bare = await createContact(author.id, { first_name: 'Bare' });
    const good = { email: 'good@example.com' };
    expect(await codeOf(share(slug, good, { contact_id: foreign.id }))).toBe('not_found');
    expect(await codeOf(share(slug, good, { contact_id: 'nonsense' }))).toBe('not_found');
    expect(await codeOf(share(slug, good, { contact_id: bare.id }))).toBe(
      'validation_failed contact_without_address',
    );
    expect(await codeOf(share(slug, good, { email: author.email }))).toBe(
      'validation_failed share_with_self',
    );
    expect(await readShares(slug, signedIn(author))).toEqual([]);
    const shares = await share(slug, good, { contact_id: own.id, role: 'editor' });
    expect(shares.map(({ email, role, contactId }) => [email, role, contactId])).toEqual([
      ['good@example.com', 'reader', null],
      ['own@example.com', 'editor', own.id],
    ]);
    const again = await share(slug, { email: 'good@example.com', role: 'editor' });
    expect(again.map(({ id, role }) => [id, role])).toEqual([[shares[0]?.id, 'editor']]);
  });

  it('is announced by email only if its author chooses so, as is its title', async () => {
    const { slug } = await newPaste();
    const before = await prisma().outboxMail.count();
    await share(slug, { email: 'quiet@example.com', notify: false });
    expect(await prisma().outboxMail.count()).toBe(before);
    await share(slug, { email: 'some@example.com' });
    expect((await lastMail('some@example.com')).content).toMatchObject({
      title: null,
      author: author.username,
    });
    await share(slug, { email: 'all@example.com', tell_title: true });
    expect((await lastMail('all@example.com')).content).toMatchObject({ title: 'Between us', slug });
  });
});

describe('a link without an account', () => {
  async function invite(email: string): Promise<{ slug: string; link: string; shareId: string }> {
    const { slug } = await newPaste();
    const [made] = await share(slug, { email });
    const { content } = await lastMail(email);
    const link = content.template === 'paste_shared' ? content.link : '';
    return { slug, link, shareId: made?.id ?? '' };
  }

  async function mailedCode(email: string): Promise<string> {
    const { content } = await lastMail(email);
    return content.template === 'share_code' ? content.code : '';
  }

  it('opens after the mailed code, in this browser, until the share ends', async () => {
    const email = 'guest@example.com';
    const { slug, link, shareId } = await invite(email);
    expect(await findInvitation(slug, 'forged')).toBeNull();
    expect(await findInvitation((await newPaste()).slug, link)).toBeNull();
    expect(await codeOf(confirmCode(slug, link, ''))).toBe('validation_failed code_wrong');
    await sendCode(slug, link, 'en');
    const code = await mailedCode(email);
    expect(code).toMatch(/^\d{6}$/);
    expect(await confirmCode(slug, link, ` ${code.slice(0, 3)} ${code.slice(3)}`)).toBe(shareId);
    expect(await codeOf(confirmCode(slug, link, code))).toBe('validation_failed code_wrong');
    const cookie = await signConfirmedShares([shareId]);
    const caller = { ...ANONYMOUS, shareIds: await readConfirmedShares(cookie) };
    expect(await mayRead(slug, caller)).toBe(true);
    expect(await mayRead((await newPaste()).slug, caller)).toBe(false);
    await revokeShare(shareId, author.id);
    expect(await mayRead(slug, caller)).toBe(false);
    expect(await findInvitation(slug, link)).toBeNull();
  });

  it('allows five guesses within 10 minutes', async () => {
    const email = 'guesser@example.com';
    const { slug, link } = await invite(email);
    await sendCode(slug, link, 'en');
    const code = await mailedCode(email);
    const wrong = code === '000000' ? '000001' : '000000';
    const guesses = await Promise.all(
      Array.from({ length: 20 }, () => codeOf(confirmCode(slug, link, wrong))),
    );
    expect(new Set(guesses)).toEqual(new Set(['validation_failed code_wrong']));
    expect(await codeOf(confirmCode(slug, link, code))).toBe('validation_failed code_wrong');
    await sendCode(slug, link, 'en');
    const fresh = await mailedCode(email);
    const restore = setClock(() => new Date(Date.now() + 10 * 60_000));
    try {
      expect(await codeOf(confirmCode(slug, link, fresh))).toBe('validation_failed code_wrong');
    } finally {
      restore();
    }
  });

  it.each(['', 'x', 'e30.e30.x'])('is not opened by the forged cookie %j', async (cookie) => {
    expect(await readConfirmedShares(cookie)).toEqual([]);
  });
});
