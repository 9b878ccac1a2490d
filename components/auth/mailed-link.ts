import { getLinkView, type LinkView } from '@/lib/accounts/mailed-link';
import { tokenSchema } from '@/lib/accounts/users/schema';

export type MailedLink = LinkView & { token: string };

/** What the page behind a mailed link is about; anything but one token counts as a link that is spent. */
export async function readMailedLink(
  token: string | string[] | undefined,
  kind: 'confirm' | 'reset',
): Promise<MailedLink> {
  const parsed = tokenSchema.safeParse(token);
  if (!parsed.success) return { state: 'spent', link: null, token: '' };
  return { ...(await getLinkView(parsed.data, kind)), token: parsed.data };
}
