import { readToEnd } from '@/components/actions/answer-read';
import { type FormState, NOT_POSTED } from '@/components/actions/form-state';
import { rememberKey } from '@/components/secret/known-keys';
import { newNonce } from '@/components/secret/new-nonce';
import { leavePassword } from '@/components/secret/tab-password';
import { fetchBytes } from '@/components/secret/transfer';
import { formatFragment } from '@/lib/encryption/fragment';
import { MAX_PAYLOAD_BYTES } from '@/lib/encryption/limits';
import { type Draft, isSame } from './draft';
import { askWorker } from './secret/ask-worker';
import type { ContentFaults, OpenedPaste, Sealed } from './secret/seal-messages';
import { createSecretPasteAction, updateSecretPasteAction } from './secret-actions';

/** A secret paste that this page has opened. */
export interface OpenedSecret {
  slug: string;
  /** The key of its link. */
  linkKey: string;
  opened: OpenedPaste;
}

/** A sealed paste that was sent, and may be stored although no answer came. */
export interface Sent {
  draft: Draft;
  password: string;
  sealed: Sealed;
  /** Of the request. */
  once: string;
}

export type SecretOutcome = { kind: 'answer'; state: FormState } | { kind: 'faults'; faults: ContentFaults };

export interface NewSecret {
  draft: Draft;
  password: string;
  isSignedIn: boolean;
  /** What was sent before. */
  sent: Sent | null;
  /** Called before it is sent, and with null once an answer has come. */
  onSent: (sent: Sent | null) => void;
}

/**
 * Encrypts the draft and stores the ciphertext. The same draft, sent again because no answer came, is the same
 * paste. @throws if the worker or the server cannot be reached
 */
export async function createSecret({
  draft,
  password,
  isSignedIn,
  sent,
  onSent,
}: NewSecret): Promise<SecretOutcome> {
  let current = sent && isSame(sent.draft, draft) && sent.password === password ? sent : null;
  if (!current) {
    const answer = await askWorker({ kind: 'seal', paste: draft, password });
    if (answer.kind === 'faults') return answer;
    if (answer.kind !== 'sealed') throw new Error('The paste was not encrypted.');
    current = { draft, password, sealed: answer.sealed, once: newNonce() };
  }
  onSent(current);
  const { payload, lock, proofHash, expiresAt, linkKey } = current.sealed;
  const form = settingsForm(draft, expiresAt);
  if (isSignedIn) form.set('author', 'member');
  form.set('once', current.once);
  form.set('payload', new Blob([payload]), 'payload');
  if (lock) form.set('lock', new Blob([lock]), 'lock');
  form.set('proof_hash', proofHash);
  if (draft.burnAfter !== '') form.set('burn_after', draft.burnAfter);
  if (draft.slug.trim() !== '') form.set('slug', draft.slug.trim());
  const state = await readToEnd(() => createSecretPasteAction(NOT_POSTED, form));
  onSent(null);
  return { kind: 'answer', state: toAnswer(state, { linkKey, draft, password }) };
}

export interface ChangedSecret {
  draft: Draft;
  /** As the page was opened. */
  initial: Draft;
  secret: OpenedSecret;
  etag: string;
  isSignedIn: boolean;
}

/**
 * Encrypts the draft as the next revision, and stores it. @throws if the worker or the server cannot be reached
 */
export async function updateSecret(changed: ChangedSecret): Promise<SecretOutcome> {
  const { draft, initial, secret, etag, isSignedIn } = changed;
  const { slug, linkKey, opened } = secret;
  if (isSame(draft, initial)) {
    const state: FormState = { ...NOT_POSTED, outcome: 'saved', href: `/${slug}?saved=1` };
    return { kind: 'answer', state: toAnswer(state, { linkKey, draft }) };
  }
  const answer = await askWorker({ kind: 'reseal', paste: draft, opened, revision: revisionOf(etag) + 1 });
  if (answer.kind === 'faults') return answer;
  if (answer.kind !== 'resealed') throw new Error('The paste was not encrypted.');
  const hasNewExpiry = draft.lifetime !== '' && draft.lifetime !== 'keep';
  const form = settingsForm(draft, hasNewExpiry ? answer.expiresAt : undefined);
  if (draft.visibility === initial.visibility) form.delete('visibility');
  if (isSignedIn) form.set('author', 'member');
  form.set('etag', etag);
  form.set('payload', new Blob([answer.payload]), 'payload');
  const state = await readToEnd(() => updateSecretPasteAction(slug, NOT_POSTED, form));
  if (state.code === 'stale') Object.assign(opened, await reopen(secret));
  return { kind: 'answer', state: toAnswer(state, { linkKey, draft }) };
}

/** What another edit has stored in the meantime, which the next save replaces. */
async function reopen({ slug, opened }: OpenedSecret): Promise<Partial<OpenedPaste>> {
  const payload = await fetchBytes(`/${slug}/raw`, { maxBytes: MAX_PAYLOAD_BYTES });
  const { contentKey: linkKey, expiresAt } = opened;
  const answer = await askWorker({ kind: 'open', payload, lock: null, linkKey, revision: 1, expiresAt });
  return answer.kind === 'opened' ? answer.opened : { payload };
}

/** The revision that an ETag is of, as `etagOf` writes it. */
function revisionOf(etag: string): number {
  return Number.parseInt(etag.slice(1), 10);
}

/** What the server has to know. An expiry of undefined stays as it is. */
function settingsForm({ visibility }: Draft, expiresAt: Date | null | undefined): FormData {
  const form = new FormData();
  if (visibility !== '') form.set('visibility', visibility);
  if (expiresAt !== undefined) form.set('expires_at', expiresAt?.toISOString() ?? 'never');
  return form;
}

/**
 * Keeps the key of a saved paste in this browser, and leads to the paste with it. A fault of the expiry, which this
 * browser computed, is one of the lifetime.
 */
function toAnswer(
  state: FormState,
  { linkKey, draft, password = '' }: { linkKey: string; draft: Draft; password?: string },
): FormState {
  if (state.href === null) {
    const { expires_at: fault, ...fields } = state.fields;
    return fault && draft.lifetime !== 'at' ? { ...state, fields: { ...fields, lifetime: fault } } : state;
  }
  const [slug = ''] = state.href.slice(1).split('?');
  rememberKey(slug, { key: linkKey, title: draft.title.trim() });
  if (password !== '') leavePassword(slug, password);
  return { ...state, href: `${state.href}${formatFragment({ key: linkKey, place: '' })}` };
}
