import { describe, expect, it } from 'vitest';
import { codesOf } from '@/test/error-codes';
import { useTestDatabase } from '@/test/test-env';
import { addUser, holdMail, mailsTo, PASSWORD, tokenMailedTo } from '@/test/test-people';
import { ANONYMOUS, signedIn, signedInAs } from '../../test/callers';
import { prisma } from '../core/prisma';
import { createPaste } from '../pastes/create';
import { findPaste } from '../pastes/queries';
import { createPasteSchema } from '../pastes/schema';
import { updatePaste } from '../pastes/update';
import { blobStore } from '../storage/blob-store';
import { requestEmailChange } from './change-email';
import { changePassword } from './change-password';
import { confirmEmail } from './confirm-email';
import { deleteAccount } from './delete-account';
import { startSession } from './sessions/service';
import { createPersonalToken, listPersonalTokens } from './tokens/personal';
import { updateProfile } from './update-profile';
import { setAvatar } from './users/avatars';
import { findUserByEmail } from './users/queries';

useTestDatabase({ RATE_LIMIT_SCALE: '100000' });

holdMail();

const NEW_PASSWORD = 'another long walk';

describe('changePassword', () => {
  it.each([
    [true, 0],
    [false, 1],
  ])('with end_tokens %s leaves %i personal tokens, and those of others', async (end_tokens, left) => {
    const [user, other] = [await addUser(), await addUser()];
    const input = { name: 'x', scopes: ['account' as const], expires_in: 'never' };
    for (const one of [user, other]) await createPersonalToken(signedIn(one), input);
    const change = (current_password: string) =>
      changePassword(signedIn(user), { current_password, new_password: NEW_PASSWORD, end_tokens });
    expect(await codesOf(change('not it'))).toBe('wrong_password');
    expect(await listPersonalTokens(user.id)).toHaveLength(1);
    await change(PASSWORD);
    expect(await listPersonalTokens(user.id)).toHaveLength(left);
    expect(await listPersonalTokens(other.id)).toHaveLength(1);
  });

  it('ends every session except the current one, and notifies the owner', async () => {
    const user = await addUser();
    const start = { kind: 'browser', caller: ANONYMOUS, isKnownDevice: true } as const;
    const mine = await startSession(user, start);
    await startSession(user, start);
    const caller = signedIn(user, mine.id);
    const wrong = changePassword(caller, {
      current_password: 'not it',
      new_password: NEW_PASSWORD,
      end_tokens: true,
    });
    expect(await codesOf(wrong)).toBe('wrong_password');
    expect(await prisma().session.count({ where: { userId: user.id } })).toBe(2);
    await changePassword(caller, {
      current_password: PASSWORD,
      new_password: NEW_PASSWORD,
      end_tokens: true,
    });
    const left = await prisma().session.findMany({ where: { userId: user.id }, select: { id: true } });
    expect(left).toEqual([{ id: mine.id }]);
    expect((await mailsTo(user.email))[0]).toMatchObject({ notice: 'password_changed' });
  });
});

describe('requestEmailChange', () => {
  it('changes the address once the new one is confirmed, and notifies the old one twice', async () => {
    const user = await addUser();
    const email = 'new-address@example.com';
    await requestEmailChange(signedIn(user), { email, password: PASSWORD });
    expect((await findUserByEmail(user.email))?.id).toBe(user.id);
    const { user: moved, purpose } = await confirmEmail(
      { token: await tokenMailedTo(email), password: PASSWORD },
      ANONYMOUS,
    );
    expect([moved.id, moved.email, purpose]).toEqual([user.id, email, 'change_email']);
    expect(await findUserByEmail(user.email)).toBeNull();
    expect(await mailsTo(user.email)).toMatchObject([
      { notice: 'email_changed', newEmail: email },
      { notice: 'email_change_requested', newEmail: email },
    ]);
  });

  it('does not reveal whether the new address has an account, but notifies its owner', async () => {
    const user = await addUser();
    const other = await addUser();
    await requestEmailChange(signedIn(user), { email: other.email, password: PASSWORD });
    expect((await mailsTo(other.email)).map(({ template }) => template)).toEqual(['account_exists']);
  });

  it('fails if another user registers the address first', async () => {
    const user = await addUser();
    const email = 'contested@example.com';
    await requestEmailChange(signedIn(user), { email, password: PASSWORD });
    const token = await tokenMailedTo(email);
    await addUser({ email });
    expect(await codesOf(confirmEmail({ token, password: PASSWORD }, ANONYMOUS))).toBe('email_taken');
    expect((await findUserByEmail(user.email))?.id).toBe(user.id);
  });
});

describe('updateProfile', () => {
  it('lets an account keep its reserved username, and rejects it to others', async () => {
    const [holder, other] = [await addUser({ username: 'moderator' }), await addUser()];
    expect(await updateProfile(holder.id, { username: 'moderator', name: 'M' })).toMatchObject({ name: 'M' });
    for (const username of ['moderator', 'administrator', 'root', 'support', 'sup-port']) {
      const code = await codesOf(updateProfile(other.id, { username }));
      expect([username, code]).toEqual([username, 'validation_failed username_reserved']);
    }
    expect(await updateProfile(holder.id, { username: 'someone-else' })).toMatchObject({
      username: 'someone-else',
    });
    expect(await codesOf(updateProfile(holder.id, { username: 'moderator' }))).toMatch(/^validation_failed/);
  });

  it('changes the given fields, and rejects a taken username', async () => {
    const [user, other] = [await addUser(), await addUser()];
    expect(await updateProfile(user.id, { name: 'Ada', locale: 'ru' })).toMatchObject({
      name: 'Ada',
      locale: 'ru',
      username: user.username,
    });
    expect((await updateProfile(user.id, { name: '' })).name).toBeNull();
    expect(await codesOf(updateProfile(user.id, { username: other.username }))).toBe(
      'username_taken username_taken',
    );
  });
});

describe('deleteAccount', () => {
  it('deletes the account with its pastes, bodies and avatar, and nothing of other users', async () => {
    const [user, other] = [await addUser(), await addUser()];
    const caller = signedIn(user);
    const input = createPasteSchema.parse({ content: 'mine', slug: 'slug-of-the-deleted' });
    const { paste } = await createPaste(input, caller);
    const { paste: edited } = await updatePaste(paste.slug, { files: [{ content: 'y' }] }, { caller });
    const theirs = createPasteSchema.parse({ content: 'theirs' });
    const { paste: foreign } = await createPaste(theirs, signedIn(other));
    await setAvatar(user.id, PNG);
    const { image } = await prisma().user.findUniqueOrThrow({ where: { id: user.id } });
    const bodies = [paste, edited].flatMap(({ files }) => files.map(({ key }) => key));
    const keys = [...bodies, image ?? ''];
    const stored = async (key: string) => (await blobStore().get(key)) !== null;
    expect(await Promise.all(keys.map(stored))).toEqual([true, true, true]);

    expect(await codesOf(deleteAccount(signedIn(user), 'not it'))).toBe('wrong_password');
    expect(await findPaste(paste.slug, new Date())).not.toBeNull();
    await deleteAccount(signedIn(user), PASSWORD);

    expect(await findUserByEmail(user.email)).toBeNull();
    expect(await findPaste(paste.slug, new Date())).toBeNull();
    expect(await Promise.all(keys.map(stored))).toEqual([false, false, false]);
    const where = { userId: user.id };
    expect(await prisma().credential.count({ where })).toBe(0);
    expect(await prisma().securityEvent.count({ where })).toBe(0);
    expect(await findPaste(foreign.slug, new Date())).not.toBeNull();

    for (const id of [other.id, (await addUser({ username: user.username, email: user.email })).id]) {
      expect(await codesOf(createPaste(input, signedInAs(id)))).toBe('slug_taken slug_taken');
    }
  });
});

/** One white pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
