import 'server-only';
import { cache } from 'react';
import { currentCaller } from '@/components/request/current-caller';
import { withEditKey } from '@/components/request/edit-key-cookie';
import { AppError } from '@/lib/core/errors';
import { lookUpPaste } from '@/lib/pastes/look-up';
import { decideRead } from '@/lib/pastes/policy';
import { withGrant } from '@/lib/pastes/with-grant';
import type { SeenPaste } from '../seen-paste';

export interface FoundPaste extends SeenPaste {
  /** Whether the content may be shown, or only that the paste exists. */
  isOpen: boolean;
}

/** The paste as this browser may see it, loaded once per request; null if it may not. */
export const findPasteForPage = cache(async (slug: string): Promise<FoundPaste | null> => {
  const { paste: found, now } = await lookUpPaste(slug);
  if (!found) return null;
  const caller = await withEditKey(await currentCaller(), slug);
  const paste = await withGrant(found, caller);
  const decision = decideRead(caller, paste, { surface: 'page', now });
  if (decision === 'absent') return null;
  return { paste, caller, isOpen: decision === 'full', now };
});

/** @throws AppError not_found, handled by `guardPage` */
export async function getPasteForPageOrThrow(slug: string): Promise<FoundPaste> {
  const found = await findPasteForPage(slug);
  if (!found) throw new AppError('not_found');
  return found;
}
