import { findLinkKey } from '@/components/secret/link-key';
import { fetchBytes, TransferError, type TransferFault } from '@/components/secret/transfer';
import { EncryptionError, type EncryptionFault } from '@/lib/encryption/errors';
import { MAX_LOCK_BYTES, MAX_PAYLOAD_BYTES } from '@/lib/encryption/limits';
import { askWorker } from './secret/ask-worker';
import type { OpenedPaste, SealAnswer, WrittenFile } from './secret/seal-messages';

/** A secret paste as the server knows it. */
export interface SecretSource {
  slug: string;
  revision: number;
  /** Null if it does not expire. */
  expiresAt: Date | null;
  /** Whether it needs a password. */
  hasLock: boolean;
}

/** Why it cannot be opened; keys of `secretPage.faults`. */
export type OpeningFault = EncryptionFault | TransferFault;

export type Opening =
  | { kind: 'opened'; linkKey: string; opened: OpenedPaste; title: string; files: WrittenFile[] }
  | { kind: 'fault'; fault: OpeningFault };

/** What is wrong with the link of a paste that needs a password as well; null if nothing is. */
export async function findLinkFault(slug: string): Promise<OpeningFault | null> {
  const found = findLinkKey(slug);
  if ('fault' in found) return found.fault;
  try {
    const lock = await fetchBytes(`/${slug}/lock`, { maxBytes: MAX_LOCK_BYTES });
    const answer = await askWorker({ kind: 'check', lock, linkKey: found.key });
    return answer.kind === 'checked' ? null : toFault(answer);
  } catch (error) {
    return faultOf(error);
  }
}

/** Loads a secret paste and decrypts it in this browser. */
export async function openSecret(source: SecretSource, password: string): Promise<Opening> {
  const { slug, revision, expiresAt, hasLock } = source;
  const found = findLinkKey(slug);
  if ('fault' in found) return { kind: 'fault', ...found };
  const { key: linkKey } = found;
  try {
    const [payload, lock] = await Promise.all([
      fetchBytes(`/${slug}/raw`, { maxBytes: MAX_PAYLOAD_BYTES }),
      hasLock ? fetchBytes(`/${slug}/lock`, { maxBytes: MAX_LOCK_BYTES }) : null,
    ]);
    const answer = await askWorker({
      kind: 'open',
      payload,
      lock: lock && { bytes: lock, password },
      linkKey,
      revision,
      expiresAt,
    });
    if (answer.kind === 'opened') return { ...answer, linkKey };
    return { kind: 'fault', fault: toFault(answer) };
  } catch (error) {
    return { kind: 'fault', fault: faultOf(error) };
  }
}

function faultOf(error: unknown): OpeningFault {
  if (error instanceof EncryptionError) return error.code;
  return error instanceof TransferError ? error.fault : 'unsupported';
}

function toFault(answer: SealAnswer): OpeningFault {
  return answer.kind !== 'error' || answer.code === 'failed' ? 'unsupported' : answer.code;
}
