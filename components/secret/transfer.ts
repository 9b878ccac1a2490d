import { EncryptionError } from '@/lib/encryption/errors';

export type TransferFault =
  /** Deleted, expired, burned, or no longer for this reader. */
  | 'gone'
  /** The paste has other settings than when the page was made, or the page is too old. */
  | 'changed'
  | 'proof_refused'
  | 'rate_limited'
  /** No answer, or none to be used: worth another try. */
  | 'unreachable'
  /** This browser cannot run the script that decrypts. */
  | 'unsupported';

/** Why the bytes of a secret paste did not arrive. */
export class TransferError extends Error {
  constructor(readonly fault: TransferFault) {
    super(fault);
    this.name = 'TransferError';
  }
}

interface TransferOptions {
  /** Rejects longer answers without reading on. */
  maxBytes: number;
  init?: RequestInit;
}

/** @throws TransferError; EncryptionError too_large */
export async function fetchBytes(
  path: string,
  { maxBytes, init }: TransferOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const options: RequestInit = { cache: 'no-store', redirect: 'error', ...init };
  const answer = await fetch(path, options).catch(() => {
    throw new TransferError('unreachable');
  });
  if (!answer.ok) throw new TransferError(await faultOf(answer));
  return readBody(answer, maxBytes);
}

async function faultOf(answer: Response): Promise<TransferFault> {
  const { status } = answer;
  if (status === 404 || status === 410) return 'gone';
  if (status === 429) return 'rate_limited';
  if (status !== 403) return 'unreachable';
  const problem: unknown = await answer.json().catch(() => null);
  const code = typeof problem === 'object' && problem !== null && 'code' in problem ? problem.code : null;
  if (code === 'proof_required') return 'proof_refused';
  // Also for a nonce that is too old: a new page has a new one.
  return code === 'reveal_required' ? 'changed' : 'unreachable';
}

async function readBody(answer: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(answer.headers.get('content-length') ?? 0) > maxBytes) throw new EncryptionError('too_large');
  const reader = answer.body?.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const step = await reader?.read().catch(() => {
      throw new TransferError('unreachable');
    });
    if (!step || step.done) return joinChunks(chunks, length);
    length += step.value.length;
    if (length > maxBytes) {
      void reader?.cancel();
      throw new EncryptionError('too_large');
    }
    chunks.push(step.value);
  }
}

function joinChunks(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
