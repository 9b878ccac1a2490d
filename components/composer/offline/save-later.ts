import { GUEST } from '@/components/drafts/draft-store';
import { newNonce } from '@/components/secret/new-nonce';
import type { Draft } from '../draft';
import { toPasteInput } from '../paste-input';

export interface LaterSave {
  draft: Draft;
  /** The id of the user whose page it is; null for a guest. */
  author: string | null;
  /** Whether the author was asked about the credentials in the text, and keeps them. */
  keepsCredentials: boolean;
}

/** Why the server does not take it as it is, in the language of the page. */
export interface Refusal {
  code: string;
  detail: string;
  errors: { path: string; message: string }[];
}

export type LaterAnswer =
  | { kind: 'saved'; href: string }
  /** Null where the answer is not one of this server. */
  | { kind: 'refused'; refusal: Refusal | null }
  /** To be sent again: there is no network, or the server cannot save now. */
  | { kind: 'unreachable' }
  | { kind: 'unavailable' };

const ANSWER_WITHIN_MS = 120_000;
const UNAVAILABLE = [502, 503, 504];
/** As in components/actions/error-state.ts. */
const FORM_FIELD: Readonly<Record<string, string>> = { expires_in: 'lifetime', files: 'files.0.content' };

/**
 * Sends saves that waited for the network. The key of a save is kept until its paste is known to be stored, so that
 * the same save, sent again because no answer came or because it was cancelled, creates nothing new.
 */
export function createLaterSaves() {
  let sent: { paste: string; author: string; once: string } | null = null;

  function isSent(paste: string, author: string): boolean {
    return sent?.paste === paste && sent.author === author;
  }

  return {
    /** Whether this save was sent before, and may be stored although no answer came. */
    maybeStored({ draft, author }: LaterSave): boolean {
      return isSent(JSON.stringify(toPasteInput(draft)), author ?? GUEST);
    },
    /** @param signal gives it up; what comes of it is then to be ignored */
    async send(save: LaterSave, signal: AbortSignal): Promise<LaterAnswer> {
      const input = toPasteInput(save.draft);
      const paste = JSON.stringify(input);
      const author = save.author ?? GUEST;
      if (!sent || !isSent(paste, author)) sent = { paste, author, once: newNonce() };
      const { once } = sent;
      const body = JSON.stringify({ once, author, keeps_credentials: save.keepsCredentials, paste: input });
      const answer = await fetch('/api/composer', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
        signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      }).catch(() => null);
      if (!answer) return { kind: 'unreachable' };
      if (UNAVAILABLE.includes(answer.status)) return { kind: 'unavailable' };
      const told: unknown = await answer.json().catch(() => null);
      if (answer.status !== 201) return { kind: 'refused', refusal: readRefusal(told) };
      // The answer was cut off.
      if (!hasHref(told)) return { kind: 'unreachable' };
      if (!signal.aborted) sent = null;
      return { kind: 'saved', href: told.href };
    },
  };
}

function hasHref(told: unknown): told is { href: string } {
  return typeof told === 'object' && told !== null && 'href' in told && typeof told.href === 'string';
}

function readRefusal(told: unknown): Refusal | null {
  if (typeof told !== 'object' || told === null || !('code' in told) || !('detail' in told)) return null;
  const errors = 'errors' in told && Array.isArray(told.errors) ? told.errors : [];
  return { code: String(told.code), detail: String(told.detail), errors };
}

/** The first message about each field, by its name in the composer's form. */
export function faultsOf({ errors }: Refusal): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const { path, message } of errors) {
    const field = path.replace(/^paste\./, '');
    faults[FORM_FIELD[field] ?? field] ??= message;
  }
  return faults;
}
