import { newNonce } from '@/components/secret/new-nonce';
import { type Draft, isSame } from '../draft';
import { toPasteInput } from '../paste-input';

export type LaterAnswer =
  | { kind: 'saved'; href: string }
  /** The server does not take it as it is. */
  | { kind: 'refused' }
  | { kind: 'unreachable' };

export interface LaterSave {
  draft: Draft;
  isSignedIn: boolean;
  keepsCredentials: boolean;
}

const ANSWER_WITHIN_MS = 120_000;

/** Sends saves that waited for the network; one that is sent again, because no answer came, creates nothing new. */
export function createLaterSaves(): (save: LaterSave) => Promise<LaterAnswer> {
  let sent: { draft: Draft; once: string } | null = null;

  return async ({ draft, isSignedIn, keepsCredentials }) => {
    if (!sent || !isSame(sent.draft, draft)) sent = { draft, once: newNonce() };
    const body = JSON.stringify({
      once: sent.once,
      author: isSignedIn ? 'member' : 'guest',
      keeps_credentials: keepsCredentials,
      paste: toPasteInput(sent.draft),
    });
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body };
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const answer = await fetch('/api/composer', { ...init, signal }).catch(() => null);
    // Servers that are starting or overloaded are asked again.
    if (!answer || answer.status >= 500) return { kind: 'unreachable' };
    if (answer.status !== 201) return { kind: 'refused' };
    const { href } = (await answer.json()) as { href: string };
    sent = null;
    return { kind: 'saved', href };
  };
}
