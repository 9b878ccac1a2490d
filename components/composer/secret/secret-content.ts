import { expiryOf } from '@/lib/core/lifetime';
import type { SecretContent, SecretFile } from '@/lib/encryption/archive';
import { MAX_CONTENT_BYTES, MAX_FILES, MAX_NAME_LENGTH, MAX_TITLE_LENGTH } from '@/lib/encryption/limits';
import { readUtf8 } from '@/lib/text/unicode/read-utf8';
import { fromBase64, toBase64 } from './base64';
import type { ContentFault, ContentFaults, WrittenFile, WrittenPaste } from './seal-messages';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is rejected here
const CONTROL = /[\u0000-\u001f\u007f]/;

/** What is to be encrypted, or what is wrong with it: the server, which checks other pastes, will not see it. */
export function toContent({ title, files }: WrittenPaste): SecretContent | { faults: ContentFaults } {
  const content = {
    title: title.trim(),
    files: files.map(({ name, language, text, base64 }) => ({
      name: name.trim(),
      language: language === '' ? null : language,
      content: base64 === undefined ? new TextEncoder().encode(text) : fromBase64(base64),
    })),
  };
  const faults: [string, ContentFault | undefined][] = [
    ['title', lineFault(content.title, MAX_TITLE_LENGTH, 'title_too_long')],
    ...content.files.map(({ name }, index): [string, ContentFault | undefined] => [
      `files.${index}.name`,
      nameFault(name),
    ]),
    ...files.map(({ text }, index): [string, ContentFault | undefined] => [
      `files.${index}.content`,
      text.isWellFormed() ? undefined : 'not_unicode',
    ]),
    ['files.0.content', wholeFault(files, content.files)],
  ];
  const found = faults.filter((fault): fault is [string, ContentFault] => fault[1] !== undefined);
  return found.length > 0 ? { faults: Object.fromEntries(found) } : content;
}

/** The files of an opened paste, for the composer. */
export function toWritten({ name, language, content }: SecretFile): WrittenFile {
  const label = { name, language: language ?? '' };
  const text = readUtf8(content);
  return text === null ? { ...label, text: '', base64: toBase64(content) } : { ...label, text };
}

/**
 * When a paste that is saved at `now` is to expire; null is never, undefined is not a time.
 * @param kept the expiry that it has
 */
export function intendedExpiry(
  { lifetime, expiresAt }: Pick<WrittenPaste, 'lifetime' | 'expiresAt'>,
  { now, kept }: { now: Date; kept: Date | null },
): Date | null | undefined {
  if (lifetime === 'keep' || lifetime === '') return kept;
  if (lifetime !== 'at') return expiryOf(lifetime, now);
  const at = new Date(expiresAt);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

function wholeFault(
  written: readonly WrittenFile[],
  files: readonly { content: Uint8Array }[],
): ContentFault | undefined {
  if (files.length > MAX_FILES) return 'files_too_many';
  const isEmpty = written.every(({ text, base64 = '' }) => text.trim() === '' && base64 === '');
  if (isEmpty) return 'text_empty';
  const bytes = files.reduce((sum, { content }) => sum + content.length, 0);
  return bytes > MAX_CONTENT_BYTES ? 'text_too_large' : undefined;
}

function nameFault(name: string): ContentFault | undefined {
  if (/[\\/]/.test(name) || name === '.' || name === '..') return 'name_has_path';
  return lineFault(name, MAX_NAME_LENGTH, 'name_too_long');
}

function lineFault(text: string, max: number, tooLong: ContentFault): ContentFault | undefined {
  if (text.length > max) return tooLong;
  if (CONTROL.test(text)) return 'control_characters';
  return text.isWellFormed() ? undefined : 'not_unicode';
}
