import 'server-only';
import { heldEditKeys } from '@/components/request/edit-key-cookie';
import type { Caller } from '@/lib/core/caller';
import { hashEditKey } from '@/lib/pastes/edit-key';
import { canClaim } from '@/lib/pastes/policy';
import { findPaste, type PasteRecord } from '@/lib/pastes/queries';

/** The existing pastes without an owner whose edit keys this browser has, newest first. */
export async function findClaimablePastes(caller: Caller, now: Date): Promise<PasteRecord[]> {
  const found = await Promise.all(
    (await heldEditKeys()).map(async ({ slug, key }) => {
      const paste = await findPaste(slug, now);
      const keyHolder = { ...caller, editKeyHash: hashEditKey(key) };
      return paste && canClaim(keyHolder, paste, now) ? paste : null;
    }),
  );
  return found.filter((paste) => paste !== null);
}
