import { getLinkView, type LinkView } from '@/lib/accounts/mailed-link';
import { tokenSchema } from '@/lib/accounts/users/schema';

export type MailedLink = LinkView & { token: string };

/** The state of a mailed link; anything but exactly one token counts as a used link. */
export async function readMailedLink(
  token: string | string[] | undefined,
  kind: 'confirm' | 'reset',
): Promise<MailedLink> {
  const parsed = tokenSchema.safeParse(token);
  if (!parsed.success) return { state: 'spent', link: null, token: '' };
  return { ...(await getLinkView(parsed.data, kind)), token: parsed.data };
}
