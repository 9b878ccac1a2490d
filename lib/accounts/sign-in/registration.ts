import 'server-only';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { now } from '../../core/clock';
import { prisma } from '../../core/prisma';
import { seal, unseal } from '../../core/sealed';

/** Long enough for an email to arrive; short where others use the same browser. */
export const REGISTRATION_SECONDS = 1_800;

const registrationSchema = z.object({ email: z.string(), userId: z.string(), passwordOf: z.coerce.date() });

/**
 * What a browser keeps of a registration for a while: it shows that the person who opens the mailed link there has
 * chosen the password of the account, at `passwordOf`.
 */
export type Registration = z.output<typeof registrationSchema>;

/** Of a registration that created no account. Encrypted, it looks like any other; it confirms nothing. */
export function emptyRegistration(email: string): Registration {
  return { email, userId: randomUUID(), passwordOf: now() };
}

export function sealRegistration(registration: Registration): Promise<string> {
  return seal('registration', JSON.stringify(registration));
}

/** Decrypts the result of `sealRegistration`. Null if no secret can decrypt it, or if it is too old. */
export async function unsealRegistration(sealed: string): Promise<Registration | null> {
  const text = await unseal('registration', sealed);
  if (text === null) return null;
  const registration = registrationSchema.safeParse(JSON.parse(text)).data;
  return registration && isRecent(registration) ? registration : null;
}

/** The registration if it created this account and set the password that the account still has; else null. */
export async function findRegistration(sealed: string, userId: string): Promise<Registration | null> {
  const registration = await unsealRegistration(sealed);
  if (registration?.userId !== userId) return null;
  const isCurrent = { userId, changedAt: registration.passwordOf };
  return (await prisma().credential.count({ where: isCurrent })) > 0 ? registration : null;
}

function isRecent({ passwordOf }: Registration): boolean {
  return now().getTime() - passwordOf.getTime() < REGISTRATION_SECONDS * 1_000;
}
