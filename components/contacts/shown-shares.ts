import 'server-only';
import { prisma } from '@/lib/core/prisma';
import type { ShareRecord } from '@/lib/sharing/queries';
import { contactName } from './contact-name';

export interface ShownShare extends ShareRecord {
  /** Name of the contact that has this email address now. */
  contactName: string | null;
}

/** Adds to each share the name of the owner's contact with its email address. */
export async function nameShares(ownerId: string, shares: readonly ShareRecord[]): Promise<ShownShare[]> {
  const contacts = await prisma().contact.findMany({
    where: { ownerId, email: { in: shares.map(({ email }) => email) } },
    select: { email: true, firstName: true, lastName: true },
  });
  const names = new Map(contacts.map((contact) => [contact.email, contactName(contact)]));
  return shares.map((share) => ({ ...share, contactName: names.get(share.email) ?? null }));
}
