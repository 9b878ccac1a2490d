import type { TransferFault } from '@/components/secret/transfer';
import type { SecretFile } from '@/lib/encryption/archive';
import type { EncryptionFault } from '@/lib/encryption/errors';
import type { SecretKey } from '@/lib/encryption/key-shape';
import type { Difference } from '@/lib/encryption/open';

/** What the page asks of `open-worker.ts`; each request is answered once, in order. */
export type OpenRequest =
  | { kind: 'open'; paste: ClosedPaste }
  /** Whether the key of the link is right, before a password is asked for. */
  | { kind: 'check'; key: SecretKey; lock: string }
  | { kind: 'pack' };

/** A secret paste as the page knows it. */
export interface ClosedPaste {
  /** The key of the link. */
  key: SecretKey;
  /** Empty where there is no lock. */
  password: string;
  paths: {
    /** The ciphertext. */
    raw: string;
    /** Null without a password. */
    lock: string | null;
    /** Null unless the paste burns. */
    reveal: string | null;
  };
  /** Of a reveal, so that it can be repeated. */
  nonce: string;
  revision: number;
  /** Null for an earlier revision: what its author meant then does not apply now. */
  settings: { expiresAt: Date | null; burnAfter: number | null } | null;
}

export type OpenFault = EncryptionFault | TransferFault;

/** Its contents are complete and checked, or there are none. */
export type OpenAnswer =
  | { kind: 'opened'; title: string; files: SecretFile[]; differences: Difference[] }
  | { kind: 'checked' }
  | { kind: 'packed'; archive: Uint8Array<ArrayBuffer> }
  | { kind: 'failed'; fault: OpenFault };
