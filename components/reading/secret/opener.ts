import { fetchBytes, TransferError } from '@/components/secret/transfer';
import { packFiles, type SecretFile } from '@/lib/encryption/archive';
import { EncryptionError } from '@/lib/encryption/errors';
import type { SecretKey } from '@/lib/encryption/key-shape';
import { MAX_LOCK_BYTES, MAX_PAYLOAD_BYTES } from '@/lib/encryption/limits';
import { openLock } from '@/lib/encryption/lock';
import { compareWithServer, openPayload } from '@/lib/encryption/open';
import { proofOf } from '@/lib/encryption/proof';
import type { ClosedPaste, OpenAnswer, OpenFault, OpenRequest } from './open-messages';

/** Answers the requests of one page; keeps the lock, and what was opened. */
export function createOpener(): (request: OpenRequest) => Promise<OpenAnswer> {
  let lock: Uint8Array | undefined;
  let files: readonly SecretFile[] = [];

  async function open(paste: ClosedPaste): Promise<OpenAnswer> {
    const contentKey = await findContentKey(paste);
    const payload = await fetchPayload(paste, contentKey);
    const opened = await openPayload(payload, { contentKey });
    requireRevision(opened.intention?.revision, paste);
    files = opened.files;
    const differences = paste.settings ? compareWithServer(opened.intention, paste.settings) : [];
    return { kind: 'opened', title: opened.title, files: opened.files, differences };
  }

  async function findContentKey({ key, password, paths }: ClosedPaste): Promise<SecretKey> {
    if (paths.lock === null) return key;
    lock ??= await fetchBytes(paths.lock, { maxBytes: MAX_LOCK_BYTES });
    return openLock(lock, { linkKey: key, password });
  }

  return async (request) => {
    try {
      if (request.kind === 'open') return await open(request.paste);
      return { kind: 'packed', archive: await packFiles(files) };
    } catch (error) {
      return { kind: 'failed', fault: faultOf(error) };
    }
  };
}

function fetchPayload(
  { paths, nonce }: ClosedPaste,
  contentKey: SecretKey,
): Promise<Uint8Array<ArrayBuffer>> {
  if (paths.reveal === null) return fetchBytes(paths.raw, { maxBytes: MAX_PAYLOAD_BYTES });
  const body = new URLSearchParams({ nonce, proof: proofOf(contentKey) });
  return fetchBytes(paths.reveal, { maxBytes: MAX_PAYLOAD_BYTES, init: { method: 'POST', body } });
}

/** The author may have saved a newer one since the page was made; an older one is not what they published. */
function requireRevision(opened: number | undefined, { revision, settings }: ClosedPaste): void {
  if (opened === undefined || opened === revision) return;
  if (settings === null || opened < revision) throw new EncryptionError('other_revision');
}

function faultOf(error: unknown): OpenFault {
  if (error instanceof EncryptionError) return error.code;
  if (error instanceof TransferError) return error.fault;
  return 'unsupported';
}
