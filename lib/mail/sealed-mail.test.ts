import { expect, it, vi } from 'vitest';

const MAIL = {
  to: 'ada@example.org',
  locale: 'en',
  content: { template: 'reset_password', username: 'ada', token: 'the-token-of-ada' },
} as const;
const OLD = 'the secret of last year, of some length';
const NEW = 'the secret of this year, of some length';

/** The module as a process with these secrets has it. */
async function withSecrets(secrets: { AUTH_SECRET: string; AUTH_SECRET_PREVIOUS?: string }) {
  vi.resetModules();
  process.env.DATABASE_URL ??= 'postgres://unused.invalid/none';
  process.env.AUTH_SECRET = secrets.AUTH_SECRET;
  process.env.AUTH_SECRET_PREVIOUS = secrets.AUTH_SECRET_PREVIOUS ?? '';
  return await import('./sealed-mail');
}

it('cannot be read without the secret', async () => {
  const { sealMail, unsealMail } = await withSecrets({ AUTH_SECRET: OLD });
  const sealed = await sealMail(MAIL);
  const parts = sealed.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
  for (const secret of [MAIL.to, 'ada', MAIL.content.token]) {
    expect([sealed, ...parts].join('\n')).not.toContain(secret);
  }
  expect(await unsealMail(sealed)).toEqual(MAIL);
  expect(await sealMail(MAIL)).not.toBe(sealed);
});

it('is still read after the secret was changed, while the one before is known', async () => {
  const sealed = await (await withSecrets({ AUTH_SECRET: OLD })).sealMail(MAIL);
  const both = await withSecrets({ AUTH_SECRET: NEW, AUTH_SECRET_PREVIOUS: OLD });
  expect(await both.unsealMail(sealed)).toEqual(MAIL);
  const onlyNew = await withSecrets({ AUTH_SECRET: NEW });
  expect(await onlyNew.unsealMail(await both.sealMail(MAIL))).toEqual(MAIL);
  expect(await onlyNew.unsealMail(sealed)).toBeNull();
});

it.each(['', 'nonsense', 'a.b.c.d.e'])('opens nothing that it did not seal: %j', async (sealed) => {
  const { unsealMail } = await withSecrets({ AUTH_SECRET: OLD });
  expect(await unsealMail(sealed)).toBeNull();
});
