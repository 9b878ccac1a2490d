import 'server-only';
import type { Caller } from '../core/caller';
import { env } from '../core/env';
import { AppError } from '../core/errors';
import { enforceLimit } from '../limits/enforce';
import { isLinkSpam } from '../text/link-spam';
import type { FileInput } from './schema';

interface Saved {
  title?: string | undefined;
  files: readonly FileInput[];
  visibility: string;
  /** A paste that burns is for one reader, and is not looked through. */
  burn_after?: number | null | undefined;
}

/**
 * Counts texts that promote links, which callers without an account may save few of. Call it before they are stored.
 * @throws AppError link_spam_limited
 */
export async function limitLinkSpam(
  { title = '', files, visibility, burn_after = null }: Saved,
  caller: Pick<Caller, 'user' | 'address'>,
): Promise<void> {
  const { LINK_SPAM_SCALE: scale } = env();
  if (caller.user !== null || scale === 0 || burn_after !== null) return;
  if (!isLinkSpam([title, ...files.map(({ content }) => content)])) return;
  const name = visibility === 'public' ? 'link-spam' : 'link-spam-unlisted';
  await enforceLimit(name, caller, scale).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'rate_limited') throw error;
    const { retryAfter, cause } = error;
    throw new AppError('link_spam_limited', { ...(retryAfter === undefined ? {} : { retryAfter }), cause });
  });
}
