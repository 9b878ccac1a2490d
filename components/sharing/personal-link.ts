import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { FoundPaste } from '@/components/reading/load/load-paste';
import { ACTION_HEADER } from '@/lib/core/http/next-headers';
import { findGrant } from '@/lib/pastes/grants';
import { type Invitation, readInvitation } from './invitation';

interface Followed {
  found: FoundPaste | null;
  share: string | string[] | undefined;
  confirm: string | string[] | undefined;
}

export interface LinkStep {
  /** `code`: ask for the code; `offer`: show the text, and offer editing with a code. */
  name: 'code' | 'offer';
  invitation: Invitation;
}

/**
 * Where a personal link leads in this browser; null if it changes nothing. A viewer who can already read the
 * text is redirected to its plain URL, so that they do not copy their personal link.
 */
export async function followPersonalLink(
  slug: string,
  { found, share, confirm }: Followed,
): Promise<LinkStep | null> {
  if (share === undefined) return null;
  const invitation = await readInvitation(slug, share);
  if (!found) return invitation && { name: 'code', invitation };
  if (!invitation) redirect(`/${slug}`);
  if (found.paste.grant?.shareId === invitation.id && (await headers()).has(ACTION_HEADER)) {
    // Rendered within the answer to the right code, which knows where to go.
    return { name: 'code', invitation: { ...invitation, isCodeSent: true } };
  }
  if (!(await wouldGainEditing(found, invitation))) redirect(`/${slug}`);
  return { name: confirm === undefined ? 'offer' : 'code', invitation };
}

/** Anyone with the link of an unlisted paste can read it; confirming the email also lets an editor edit. */
async function wouldGainEditing({ paste, caller }: FoundPaste, { id }: Invitation): Promise<boolean> {
  if (paste.grant !== null || caller.user?.id === paste.ownerId) return false;
  const offered = await findGrant(paste.id, { email: null, shareIds: [id] });
  return offered?.role === 'editor';
}
