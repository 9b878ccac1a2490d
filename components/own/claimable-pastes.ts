import 'server-only';
import { heldEditKeys } from '@/components/request/edit-key-cookie';
import { hashEditKey } from '@/lib/pastes/edit-key';
import { ANONYMOUS, canClaim } from '@/lib/pastes/policy';
import { findPaste, type PasteRecord } from '@/lib/pastes/queries';

/** The living pastes without an owner that were made in this browser, newest first. */
export async function findClaimablePastes(userId: string, now: Date): Promise<PasteRecord[]> {
  const found = await Promise.all(
    (await heldEditKeys()).map(async ({ slug, key }) => {
      const paste = await findPaste(slug, now);
      const viewer = { ...ANONYMOUS, userId, editKeyHash: hashEditKey(key) };
      return paste && canClaim(viewer, paste, now) ? paste : null;
    }),
  );
  return found.filter((paste) => paste !== null);
}
