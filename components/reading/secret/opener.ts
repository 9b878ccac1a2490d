import { fetchBytes, TransferError } from '@/components/secret/transfer';
import { packFiles, type SecretFile } from '@/lib/encryption/archive';
import { EncryptionError } from '@/lib/encryption/errors';
import type { SecretKey } from '@/lib/encryption/key-shape';
import { MAX_LOCK_BYTES, MAX_PAYLOAD_BYTES } from '@/lib/encryption/limits';
import { checkLock, openLock } from '@/lib/encryption/lock';
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
    const { revision, settings } = paste;
    const opened = await openPayload(payload, { contentKey, revision, isExact: settings === null });
    files = opened.files;
    const differences = settings ? compareWithServer(opened.intention, settings) : [];
    return { kind: 'opened', title: opened.title, files: opened.files, differences };
  }

  async function findContentKey({ key, password, paths }: ClosedPaste): Promise<SecretKey> {
    if (paths.lock === null) return key;
    return openLock(await getLock(paths.lock), { linkKey: key, password });
  }

  async function getLock(path: string): Promise<Uint8Array> {
    lock ??= await fetchBytes(path, { maxBytes: MAX_LOCK_BYTES });
    return lock;
  }

  return async (request) => {
    try {
      if (request.kind === 'open') return await open(request.paste);
      if (request.kind === 'check') {
        await checkLock(await getLock(request.lock), request.key);
        return { kind: 'checked' };
      }
      // The worker that opened the paste may have failed since.
      if (files.length === 0) return { kind: 'failed', fault: 'unsupported' };
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

function faultOf(error: unknown): OpenFault {
  if (error instanceof EncryptionError) return error.code;
  if (error instanceof TransferError) return error.fault;
  return 'unsupported';
}
