import 'server-only';
import { nameShares } from '@/components/contacts/shown-shares';
import { displayEmail } from '@/lib/core/email-display';
import type { ShareRecord } from '@/lib/sharing/queries';
import type { ShareRole } from '@/lib/sharing/roles';

/** A share as the sheet shows it. */
export interface SheetShare {
  id: string;
  /** Of the contact with this address; null if there is none. */
  name: string | null;
  email: string;
  role: ShareRole;
  wasMailed: boolean;
  /** In ISO 8601. */
  openedAt: string | null;
}

export async function toSheetShares(ownerId: string, shares: readonly ShareRecord[]): Promise<SheetShare[]> {
  return (await nameShares(ownerId, shares)).map(({ id, contactName, email, role, mailedAt, openedAt }) => ({
    id,
    name: contactName,
    email: displayEmail(email),
    role,
    wasMailed: mailedAt !== null,
    openedAt: openedAt?.toISOString() ?? null,
  }));
}
