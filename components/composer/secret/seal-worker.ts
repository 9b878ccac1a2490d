import { EncryptionError } from '@/lib/encryption/errors';
import { checkLock, openLock } from '@/lib/encryption/lock';
import { openPayload } from '@/lib/encryption/open';
import { sha256Of } from '@/lib/encryption/proof';
import { sealPaste, sealRevision } from '@/lib/encryption/seal';
import type { OpenSecret, SealAnswer, SealNew, SealRequest, SealRevision } from './seal-messages';
import { intendedExpiry, toContent, toWritten } from './secret-content';

const BAD_TIME: SealAnswer = { kind: 'faults', faults: { expires_at: 'expiry_not_a_time' } };

addEventListener('message', ({ data }: MessageEvent<SealRequest>) => {
  void answer(data)
    .catch((error: unknown): SealAnswer => {
      return { kind: 'error', code: error instanceof EncryptionError ? error.code : 'failed' };
    })
    .then((said) => postMessage(said));
});

async function answer(request: SealRequest): Promise<SealAnswer> {
  if (request.kind === 'open') return open(request);
  if (request.kind === 'check') {
    await checkLock(request.lock, request.linkKey);
    return { kind: 'checked' };
  }
  return request.kind === 'seal' ? seal(request) : reseal(request);
}

async function seal({ paste, password }: SealNew): Promise<SealAnswer> {
  const content = toContent(paste);
  if ('faults' in content) return { kind: 'faults', ...content };
  const expiresAt = intendedExpiry(paste, { now: new Date(), kept: null });
  if (expiresAt === undefined) return BAD_TIME;
  const burnAfter = paste.burnAfter === '' ? null : Number(paste.burnAfter);
  const { contentKey: _, ...sealed } = await sealPaste(content, {
    intention: { expiresAt, burnAfter },
    password,
  });
  return { kind: 'sealed', sealed: { ...sealed, expiresAt } };
}

async function reseal({ paste, opened, revision }: SealRevision): Promise<SealAnswer> {
  const content = toContent(paste);
  if ('faults' in content) return { kind: 'faults', ...content };
  const expiresAt = intendedExpiry(paste, { now: new Date(), kept: opened.expiresAt });
  if (expiresAt === undefined) return BAD_TIME;
  const { contentKey, payload: before } = opened;
  const intention = { revision, previous: sha256Of(before), expiresAt, burnAfter: null };
  return { kind: 'resealed', payload: await sealRevision(content, { intention, contentKey }), expiresAt };
}

async function open({ payload, lock, linkKey, revision, expiresAt }: OpenSecret): Promise<SealAnswer> {
  const contentKey = lock ? await openLock(lock.bytes, { linkKey, password: lock.password }) : linkKey;
  const { title, files, intention } = await openPayload(payload, { contentKey, revision });
  const opened = { contentKey, payload, expiresAt: intention ? intention.expiresAt : expiresAt };
  return { kind: 'opened', opened, title, files: files.map(toWritten) };
}
