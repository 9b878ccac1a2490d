import 'server-only';
import { z } from 'zod';
import { now } from '../core/clock';
import { domainOf } from '../core/email';
import { env } from '../core/env';
import { AppError, invalidField } from '../core/errors';
import { instanceRules } from '../core/instance-rules';
import { hashToken } from '../core/keys';
import { prisma } from '../core/prisma';
import { seal, unseal } from '../core/sealed';
import { setting } from '../core/settings/stored-settings';
import type { Prisma } from '../generated/prisma/client';

export const INVITATION_DAYS = 14;
const DAY_MS = 86_400_000;

const invitationSchema = z.object({ email: z.string(), until: z.coerce.date() });

/**
 * A link with which the owner of an email address can create an account where registration is closed to others, for
 * `INVITATION_DAYS`. The account remembers it, so that there is at most one.
 */
export async function newInvitation(
  email: string,
): Promise<{ invitation: string; link: string; expiresAt: Date }> {
  const until = new Date(now().getTime() + INVITATION_DAYS * DAY_MS);
  const invitation = await seal('invitation', JSON.stringify({ email, until }));
  return { invitation, link: `${env().APP_URL}/register?invitation=${invitation}`, expiresAt: until };
}

/** The address that an invitation is for; null if it is not valid, or no longer. */
export async function invitedEmail(invitation: string): Promise<string | null> {
  const text = await unseal('invitation', invitation);
  const found = text === null ? undefined : invitationSchema.safeParse(JSON.parse(text)).data;
  return found && found.until > now() ? found.email : null;
}

/** Whether accounts can be created: by all, only with an invitation, or not at all. */
export function registrationRule(): 'open' | 'invitation_required' | 'registration_closed' {
  const { register } = instanceRules();
  if (register === 'everyone') return 'open';
  return register === 'invited' ? 'invitation_required' : 'registration_closed';
}

/**
 * @throws AppError invitation_required, registration_closed, or validation_failed for an invitation or a domain that
 * is not accepted
 */
export async function requireRegistration(applicant: {
  email: string;
  invitation?: string | undefined;
}): Promise<void> {
  const rule = registrationRule();
  const { email, invitation } = applicant;
  if (rule === 'registration_closed') throw new AppError(rule);
  if (invitation !== undefined) {
    if ((await invitedEmail(invitation)) === email && !(await isUsedUp(invitation, email))) return;
    throw invalidField('email', 'invitation_not_valid');
  }
  if (rule !== 'open') throw new AppError(rule);
  requireAllowedDomain(email);
}

/** What a deleted account leaves of its invitation, for as long as the link could be valid. */
export async function rememberInvitation(
  tx: Prisma.TransactionClient,
  hash: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const until = new Date(now().getTime() + INVITATION_DAYS * DAY_MS);
  await tx.usedInvitation.createMany({ data: [{ hash, until }], skipDuplicates: true });
}

/**
 * Whether it has created an account that was deleted, or that now has another address. The same address registers again
 * as others do.
 */
async function isUsedUp(invitation: string, email: string): Promise<boolean> {
  const hash = hashToken(invitation);
  const [used, elsewhere] = await Promise.all([
    prisma().usedInvitation.count({ where: { hash } }),
    prisma().user.count({ where: { invitation: hash, email: { not: email } } }),
  ]);
  return used + elsewhere > 0;
}

/** For the address of a new account without an invitation, and for a changed one. @throws AppError validation_failed */
export function requireAllowedDomain(email: string): void {
  const domains = setting('registration_domains');
  if (domains.length > 0 && !domains.includes(domainOf(email)))
    throw invalidField('email', 'email_domain_not_allowed');
}
