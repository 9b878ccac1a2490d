import 'server-only';
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../core/errors';
import { MAX_PAYLOAD_BYTES } from '../encryption/limits';
import { newBlobKey } from '../storage/blob-key';
import { blobStore } from '../storage/blob-store';
import { requireFreeSpace } from '../storage/free-space';
import { detectLanguage, PLAIN_TEXT } from '../text/highlight/languages';
import { countLines } from '../text/highlight/lines';
import { previewOf } from '../text/preview';
import { type FileInput, MAX_TEXT_BYTES } from './schema';

/** A file, or a ciphertext, whose body is stored and whose row is not yet. */
export interface NewFile {
  name: string;
  language: string;
  lines: number;
  /** For lists. */
  preview: string | null;
  body: Buffer<ArrayBuffer>;
  sha256: Uint8Array<ArrayBuffer>;
  blobKey: string;
}

/** Stores the bodies of a new revision. @throws AppError too_large, storage_full, storage_unavailable */
export async function storeBodies(inputs: readonly FileInput[]): Promise<NewFile[]> {
  // Before any work on texts that are too large.
  const bytes = inputs.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
  if (bytes > MAX_TEXT_BYTES) {
    throw new AppError('too_large', { fields: [{ path: 'files', message: 'text_too_large' }] });
  }
  await requireFreeSpace();
  const files: NewFile[] = [];
  for (const input of inputs) {
    await nextTurn();
    files.push(toNewFile(input));
  }
  const store = blobStore();
  await Promise.all(files.map((file) => store.put(file.blobKey, file.body)));
  return files;
}

/** As `storeBodies`, for the ciphertext of a secret paste. */
export async function storePayload(payload: Uint8Array): Promise<NewFile> {
  if (payload.length > MAX_PAYLOAD_BYTES) {
    throw new AppError('too_large', { fields: [{ path: 'payload', message: 'payload_too_large' }] });
  }
  await requireFreeSpace();
  const body = Buffer.from(payload);
  const file = { name: '', language: PLAIN_TEXT, lines: 0, preview: null, ...placed(body) };
  await blobStore().put(file.blobKey, body);
  return file;
}

function toNewFile(input: FileInput): NewFile {
  const body = Buffer.from(input.content, 'utf8');
  const name = input.name ?? '';
  return {
    name,
    language: languageOf(name, input),
    lines: countLines(input.content),
    preview: previewOf(input.content),
    ...placed(body),
  };
}

function placed(body: Buffer<ArrayBuffer>): Pick<NewFile, 'body' | 'sha256' | 'blobKey'> {
  const sha256 = new Uint8Array(createHash('sha256').update(body).digest());
  return { body, sha256, blobKey: newBlobKey() };
}

/** An unknown language is `null`: the text is then plain. */
function languageOf(name: string, { language, content }: FileInput): string {
  if (language === null) return PLAIN_TEXT;
  return language ?? detectLanguage({ name, text: content });
}

/** The row of a file, at its place in the revision. Lists show the preview of the first one. */
export function toFileRow(file: NewFile, index: number) {
  return {
    position: index + 1,
    name: file.name,
    language: file.language,
    bytes: file.body.length,
    lines: file.lines,
    sha256: file.sha256,
    blobKey: file.blobKey,
    preview: index === 0 ? file.preview : null,
  };
}
