import { EncryptionError } from '../lib/encryption/errors';
import { openLock } from '../lib/encryption/lock';
import { openPayload } from '../lib/encryption/open';
import { proofHashOf, proofOf } from '../lib/encryption/proof';

/** An entry of docs/secret-pastes/vectors.json. Bytes are in base64. */
export interface Vector {
  name: string;
  link_key: string;
  password?: string;
  payload: string;
  lock?: string;
  revision: number;
  /** These are absent where opening fails. */
  content_key?: string;
  proof?: string;
  proof_hash?: string;
  expect?: unknown;
  error?: string;
}

/** What opening a vector gives, in the shape of the vector itself. Runs in Node and in browsers. */
export async function openVector({ link_key, password, payload, lock, revision }: Vector): Promise<unknown> {
  try {
    const content_key =
      lock === undefined
        ? link_key
        : await openLock(toBytes(lock), { linkKey: link_key, password: password ?? '' });
    const { title, files, intention } = await openPayload(toBytes(payload), {
      contentKey: content_key,
      revision,
    });
    const proof = proofOf(content_key);
    return {
      content_key,
      proof,
      proof_hash: proofHashOf(proof),
      expect: {
        title,
        files: files.map(({ name, language, content }) => ({ name, language, content: toBase64(content) })),
        ...(intention && {
          revision: intention.revision,
          previous: intention.previous,
          expires_at: intention.expiresAt?.toISOString() ?? null,
          burn_after: intention.burnAfter,
        }),
      },
    };
  } catch (error) {
    if (!(error instanceof EncryptionError)) throw error;
    return { error: error.code };
  }
}

/** What `openVector` should give. */
export function expectedOf({ content_key, proof, proof_hash, expect, error }: Vector): unknown {
  return error === undefined ? { content_key, proof, proof_hash, expect } : { error };
}

function toBytes(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
