import 'server-only';
import { cache } from 'react';
import { viewerOf } from '@/components/request/edit-key-cookie';
import { now } from '@/lib/core/clock';
import { AppError } from '@/lib/core/errors';
import { decideRead, type Viewer } from '@/lib/pastes/policy';
import { findPaste, type PasteRecord } from '@/lib/pastes/queries';
import { withGrant } from '@/lib/pastes/with-grant';

export interface FoundPaste {
  paste: PasteRecord;
  viewer: Viewer;
  /** Whether the content may be shown, or only that the paste exists. */
  isOpen: boolean;
  now: Date;
}

/** The paste as this browser may see it, loaded once per request; null if it may not. */
export const findPasteForPage = cache(async (slug: string): Promise<FoundPaste | null> => {
  const at = now();
  const paste = await findPaste(slug, at);
  if (!paste) return null;
  const viewer = await withGrant(await viewerOf(slug), paste);
  const decision = decideRead(viewer, paste, { surface: 'page', now: at });
  if (decision === 'absent') return null;
  return { paste, viewer, isOpen: decision === 'full', now: at };
});

/** @throws AppError not_found, handled by `guardPage` */
export async function getPasteForPageOrThrow(slug: string): Promise<FoundPaste> {
  const found = await findPasteForPage(slug);
  if (!found) throw new AppError('not_found');
  return found;
}
