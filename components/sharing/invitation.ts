import 'server-only';
import { cache } from 'react';
import { isSlugShaped } from '@/lib/pastes/slug';

const MAX_LINK_LENGTH = 200;

export interface Invitation {
  /** Of the share. */
  id: string;
  email: string;
  isCodeSent: boolean;
  /** The secret part of the personal link. */
  link: string;
}

/** The share of a personal link, looked up once per request. Null for an invalid or revoked link. */
export const readInvitation = cache(
  async (slug: string, link: string | string[] | undefined): Promise<Invitation | null> => {
    if (typeof link !== 'string' || link.length > MAX_LINK_LENGTH || !isSlugShaped(slug)) return null;
    const { findInvitation } = await import('@/lib/sharing/codes');
    const invitation = await findInvitation(slug, link);
    return invitation && { ...invitation, link };
  },
);
