import 'server-only';
import type { MailTokenPurpose } from '../generated/prisma/enums';
import { CONFIRMING, findMailToken } from './tokens/mail-tokens';

export type LinkState = 'usable' | 'confirmed' | 'spent';

export interface LinkView {
  state: LinkState;
  /** Null unless the link is usable. */
  link: { userId: string; purpose: MailTokenPurpose; email: string; username: string } | null;
}

/** The state of a mailed link, for the page it opens. Does not spend the token. */
export async function getLinkView(token: string, kind: 'confirm' | 'reset'): Promise<LinkView> {
  const found = await findMailToken(token, kind === 'confirm' ? CONFIRMING : ['reset_password']);
  if (!found) return { state: 'spent', link: null };
  const { user, userId, email, purpose } = found;
  const link = { userId, purpose, email, username: user.username };
  if (found.isLive) return { state: 'usable', link };
  const isConfirmed = kind === 'confirm' && user.email === email && user.emailVerified !== null;
  return { state: isConfirmed ? 'confirmed' : 'spent', link: null };
}
