import { beforeEach, describe, expect, it } from 'vitest';
import { useTestDatabase } from '@/test/test-env';
import { holdMail, PASSWORD } from '@/test/test-people';
import { invitationFor, newEmail, postJson, register, rule, useInstance } from '../../test/instance';
import { eraseAccount } from '../accounts/delete-account';
import { prisma } from '../core/prisma';

useTestDatabase({ RATE_LIMIT_SCALE: '100000' });
holdMail();
useInstance();

describe('domains of addresses', () => {
  beforeEach(() => rule({ REGISTRATION_DOMAINS: ['example.org'] }));

  it.each([
    ['example.org', 201],
    ['EXAMPLE.org', 201],
    ['sub.example.org', 422],
    ['example.org.example.com', 422],
  ])('%s: %i', async (domain, status) => {
    const answer = await register({ email: newEmail(domain) });
    expect(answer.status).toBe(status);
    if (status === 422) expect(JSON.parse(answer.text).errors[0].path).toBe('email');
  });

  it('an invitation is for its address, of any domain', async () => {
    const email = newEmail('example.net');
    const invitation = await invitationFor(email);
    expect((await register({ email: newEmail('example.org'), invitation })).status).toBe(422);
    expect((await register({ email, invitation: `${invitation}x` })).status).toBe(422);
    expect((await register({ email, invitation })).status).toBe(201);
  });

  it('an invitation does not create a second account', async () => {
    const email = newEmail();
    const invitation = await invitationFor(email);
    expect((await register({ email, invitation })).status).toBe(201);
    await prisma().user.update({ where: { email }, data: { email: newEmail() } });
    expect((await register({ email, invitation })).status).toBe(422);
    expect((await register({ email, invitation: await invitationFor(email) })).status).toBe(201);
  });

  it('an invitation ends with the account that it created', async () => {
    const email = newEmail();
    const invitation = await invitationFor(email);
    expect((await register({ email, invitation })).status).toBe(201);
    const { id } = await prisma().user.findUniqueOrThrow({ where: { email } });
    await eraseAccount(id);
    expect((await register({ email, invitation })).status).toBe(422);
    const used = await prisma().usedInvitation.findMany();
    expect(used.map(({ until }) => Math.round((until.getTime() - Date.now()) / 86_400_000))).toEqual([14]);
  });

  it('an account cannot change to another domain', async () => {
    const change = (email: string) =>
      postJson('/api/v1/auth/change-email', { email, password: PASSWORD }, 'user');
    expect((await change(newEmail('example.net'))).status).toBe(422);
    expect((await change(newEmail('example.org'))).status).toBe(202);
  });
});
