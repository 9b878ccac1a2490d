import 'server-only';
import { personName } from '@/components/contacts/person-name';
import { prisma } from '@/lib/core/db';
import type { ShareRecord } from '@/lib/sharing/queries';

export interface ShownShare extends ShareRecord {
  /** Of the contact that has this address now, if any. */
  contactName: string | null;
}

/** The shares with what their owner calls the people. */
export async function nameShares(ownerId: string, shares: readonly ShareRecord[]): Promise<ShownShare[]> {
  const contacts = await prisma().contact.findMany({
    where: { ownerId, email: { in: shares.map(({ email }) => email) } },
    select: { email: true, firstName: true, lastName: true },
  });
  const names = new Map(contacts.map((contact) => [contact.email, personName(contact)]));
  return shares.map((share) => ({ ...share, contactName: names.get(share.email) ?? null }));
}
