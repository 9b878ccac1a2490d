import 'server-only';
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError, type FieldError } from '../core/errors';
import { maxPasteBytes } from '../core/instance-rules';
import { PAUSE_ABOVE } from '../core/time-slicing';
import { MAX_PAYLOAD_BYTES } from '../encryption/limits';
import { maxPayloadBytes } from '../encryption/padding';
import { newBlobKey } from '../storage/blob-key';
import { blobStore } from '../storage/blob-store';
import { requireFreeSpace } from '../storage/free-space';
import { detectLanguage } from '../text/highlight/detect-language';
import { PLAIN_TEXT } from '../text/highlight/languages';
import { countLines } from '../text/highlight/lines';
import { previewOf } from '../text/preview';
import { isOverCap } from './policy';
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

/**
 * Stores the bodies of a new revision, for a paste of a member or of an anonymous author.
 * @throws AppError too_large, storage_full, storage_unavailable
 */
export async function storeBodies(inputs: readonly FileInput[], isMember: boolean): Promise<NewFile[]> {
  // Before any work on texts that are too large.
  const bytes = textBytes(inputs);
  if (bytes > MAX_TEXT_BYTES) throw tooLarge({ path: 'files', message: 'text_too_large' });
  if (isOverCap({ bytes, isMember })) throw overCap('files', isMember);
  await requireFreeSpace();
  const files: NewFile[] = [];
  for (const input of inputs) {
    if (bytes > PAUSE_ABOVE) await nextTurn();
    files.push(toNewFile(input));
  }
  const store = blobStore();
  await Promise.all(files.map((file) => store.put(file.blobKey, file.body)));
  return files;
}

export function textBytes(inputs: readonly FileInput[]): number {
  return inputs.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
}

/** As `storeBodies`, for the ciphertext of a secret paste, which is larger than its text. */
export async function storePayload(payload: Uint8Array, isMember: boolean): Promise<NewFile> {
  if (payload.length > MAX_PAYLOAD_BYTES) throw tooLarge({ path: 'payload', message: 'payload_too_large' });
  if (payload.length > maxPayloadBytes(maxPasteBytes(isMember))) throw overCap('payload', isMember);
  await requireFreeSpace();
  const body = Buffer.from(payload);
  const file = { name: '', language: PLAIN_TEXT, lines: 0, preview: null, ...placed(body) };
  await blobStore().put(file.blobKey, body);
  return file;
}

function overCap(path: string, isMember: boolean): AppError {
  const message = isMember ? 'text_over_cap_member' : 'text_over_cap_anonymous';
  return tooLarge({ path, message, values: { max: maxPasteBytes(isMember) / 1024 } });
}

function tooLarge(fault: FieldError): AppError {
  return new AppError('too_large', { fields: [fault] });
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
