import type { Encryption, PasteRecord } from '@/lib/pastes/queries';
import type { SecretSource } from './open-secret';

/** What the composer has to know of a secret paste to open it. */
export function sourceOf({ slug, revision, expiresAt }: PasteRecord, { hasLock }: Encryption): SecretSource {
  return { slug, revision, expiresAt, hasLock };
}
