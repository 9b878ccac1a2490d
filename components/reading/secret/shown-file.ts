import type { PageText } from '@/lib/core/i18n/page-text';
import type { SecretFile } from '@/lib/encryption/archive';
import { storedNames } from '@/lib/encryption/stored-names';
import { countLines } from '@/lib/text/highlight/lines';
import { fileLabels } from '../file-labels';
import { type FileContent, readContent } from './file-content';

/** A decrypted file, ready to be shown. */
export interface ShownFile {
  number: number;
  label: string;
  /** As its author named it; may be empty. */
  name: string;
  /** Under which it is saved. */
  savedName: string;
  language: string | null;
  bytes: number;
  /** 0 for a file that is not text. */
  lines: number;
  content: FileContent;
  /** An address of its bytes in this page; what is saved under it never opens in the browser. */
  url: string;
}

export function toShownFiles(files: readonly SecretFile[], text: PageText): ShownFile[] {
  const labels = fileLabels(files, text);
  const savedNames = storedNames(files.map(({ name }) => name));
  return files.map(({ name, language, content: bytes }, index) => {
    const content = readContent(bytes);
    return {
      number: index + 1,
      label: labels[index] ?? '',
      name,
      savedName: savedNames[index] ?? '',
      language,
      bytes: bytes.length,
      lines: content.kind === 'text' ? countLines(content.text) : 0,
      content,
      url: objectUrl(bytes, content.kind === 'image' ? content.type : 'application/octet-stream'),
    };
  });
}

export function objectUrl(content: Uint8Array | string, type: string): string {
  const part = typeof content === 'string' ? content : new Uint8Array(content);
  return URL.createObjectURL(new Blob([part], { type }));
}
