import { tokenSchema } from '@/lib/users/schema';
import { type LinkState, lookAtLink } from '@/lib/users/service';

export interface MailedLink {
  state: LinkState;
  token: string;
  email: string;
  username: string;
}

/** What the page behind a mailed link is about; anything but one token counts as a link that is spent. */
export async function readMailedLink(
  token: string | string[] | undefined,
  kind: 'confirm' | 'reset',
): Promise<MailedLink> {
  const parsed = tokenSchema.safeParse(token);
  if (!parsed.success) return { state: 'spent', token: '', email: '', username: '' };
  const { state, email, username } = await lookAtLink(parsed.data, kind);
  return { state, token: parsed.data, email: email ?? '', username: username ?? '' };
}
